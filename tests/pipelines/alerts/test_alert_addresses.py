"""Who gets messages where: what the file may say, and that nothing goes astray."""

import pytest

from pipelines.alerts.addresses import addresses_by_recipient
from pipelines.failures import WrongUsage


def read(tmp_path, text):
    path = tmp_path / "recipients.csv"
    path.write_text(text, encoding="utf-8")
    return addresses_by_recipient(path)


def test_without_the_file_nobody_has_an_address(tmp_path):
    assert addresses_by_recipient(tmp_path / "recipients.csv") == {}


@pytest.mark.parametrize(("text", "expected"), [
    ("recipient;address\n", {}),
    ("recipient;address\n2012;a@example.org\n", {"2012": ("a@example.org",)}),
    ("\ufeffrecipient;address\r\n2012;a@example.org\r\n\r\n", {"2012": ("a@example.org",)}),
    ("recipient;address\n0729; b@example.org \nevaluators;c@example.org\n0729;d@example.org\n",
     {"0729": ("b@example.org", "d@example.org"), "evaluators": ("c@example.org",)}),
])
def test_a_recipient_may_have_several_addresses(tmp_path, text, expected):
    assert read(tmp_path, text) == expected


@pytest.mark.parametrize(("text", "told"), [
    ("", "første linje skal være recipient;address"),
    ("mottaker;adresse\n", "første linje skal være recipient;address"),
    ("recipient,address\n2012,a@example.org\n", "første linje skal være recipient;address"),
    ("recipient;address\nbufdir;a@example.org\n", "linje 2: «bufdir;a@example.org» har ikke en kjent mottaker"),
    ("recipient;address\nR-NORD;a@example.org\n", "ikke en kjent mottaker"),
    ("recipient;address\n2012\n", "linje 2: «2012» har ikke en kjent mottaker og en adresse"),
    ("recipient;address\n2012;a@example.org;b\n", "har ikke en kjent mottaker og en adresse"),
    ("recipient;address\n\n2012;alta\n", "linje 3: «alta» er ikke en e-postadresse"),
    ("recipient;address\n2012;a@b@example.org\n", "er ikke en e-postadresse"),
    ("recipient;address\n2012;a@example.org,b@example.org\n", "er ikke en e-postadresse"),
    ("recipient;address\n2012;Alta <a@example.org>\n", "er ikke en e-postadresse"),
    ("recipient;address\n2012;\"a@example.org\nBcc: x@example.org\"\n", "er ikke en e-postadresse"),
])
def test_anything_else_is_wrong_usage_with_its_line(tmp_path, text, told):
    with pytest.raises(WrongUsage) as stop:
        read(tmp_path, text)
    assert told in str(stop.value) and "recipients.csv" in str(stop.value)
