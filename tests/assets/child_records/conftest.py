"""Form 15F drawn in a few words, made when the test runs; no file with individuals lies in the project.

    child 2014-05 start=2017-02-01          an individual: month of birth (`-` for no number), then attributes
    report 2018-01-10 2018-01-15 2 by=11 of=7,8      received, concluded (- for not), conclusion, reporters, contents
    study 2018-01-15 2018-03-01 1 why=7     an investigation inside the report above: conclusion and grounds
    plan 2018-01-01 - 1
    measure 2018-02-01 - 4.1 law=BVL/4/4/2 also=BVL/4/12 lift=1
    move 2018-06-01 1.1.1 to=6

`+` after a code gives it a specification. An identity number is put together here from a date with 80 added to the
month, as in numbers made for testing: it belongs to nobody, and no whole number stands in any file of the project. A
dash in a given `id` or `duf` is left out.
"""

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

import pytest

PLANTED_TEXT = "hemmelig presisering om planteglass"
_FIRST, _SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def identity_number(year, month, serial, *, day=1, synthetic=80):
    """A number whose check digits are right, of somebody who cannot be."""
    for individual in range(100 + serial, 500):
        digits = f"{day:02}{month + synthetic:02}{year % 100:02}{individual}"
        for weights in (_FIRST, _SECOND):
            digits += "0123456789X"[-sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
            if digits.endswith("X"):
                break
        else:
            return digits
    raise AssertionError("ingen ledige numre")


def duf_number(serial):
    digits = f"{2010000000 + serial}"
    return digits + f"{sum(int(d) * w for d, w in zip(digits, (4, 6, 3, 2, 4, 6, 3, 2, 7, 5), strict=True)) % 11:02}"


def element(name, inside="", **attributes):
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items() if value not in (None, "-"))
    return f"<{name}{said}>{inside}</{name}>\n" if inside else f"<{name}{said}/>\n"


def coded(name, codes):
    return "".join(
        element(name, f"<Presisering>{PLANTED_TEXT}</Presisering>" if code.endswith("+") else "", Kode=code.rstrip("+"))
        for code in codes.split(",") if code)


def law(name, text):
    act, chapter, paragraph, *section = text.split("/")
    return element(name, Lov=act, Kapittel=chapter, Paragraf=paragraph, Ledd=section[0] if section else None)


@dataclass
class Child:
    """One drawn individual, its parts by kind in the order of the form."""

    attributes: dict
    parts: dict = field(default_factory=lambda: {"report": [], "plan": [], "measure": [], "move": []})

    def xml(self):
        inside = "".join(self._report(one) if kind == "report" else one
                         for kind, several in self.parts.items() for one in several)
        return element("Individ", "\n" + inside if inside else "", **self.attributes)

    def _report(self, one):
        return element("Melding", "\n" + one["inside"] if one["inside"] else "", **one["attributes"])


def child_of(number, born, said):
    start = said.pop("start", "2015-01-01")
    digits = None
    if born != "-":
        year, month = (int(part) for part in born.split("-"))
        digits = identity_number(year, month, number)
    named = {"id": "Fodselsnummer", "duf": "DUFnummer", "end": "SluttDato", "closed": "Avslutta3112",
             "journal": "Journalnummer", "district": "Bydelsnummer", "name": "Bydelsnavn"}
    given = {named[key]: value.replace("-", "") if key in ("id", "duf") else value for key, value in said.items()}
    return Child({"Id": f"i{number}", "StartDato": start, "Journalnummer": f"J-{number}-planteglass",
                  "Fodselsnummer": digits, "Saksbehandler": "planteglass", "Avslutta3112": "2", **given})


def add(child, kind, words, said):
    if kind == "report":
        received, concluded, *conclusion = words
        child.parts["report"].append({
            "attributes": {"Id": "m", "StartDato": received, "SluttDato": concluded,
                           "Konklusjon": " ".join(conclusion) or None},
            "inside": coded("Melder", said.get("by", "11")) + coded("Saksinnhold", said.get("of", "7"))})
    elif kind == "study":
        first, last, *conclusion = words
        specified = said.get("said", "") == "yes"
        child.parts["report"][-1]["inside"] += element(
            "Undersokelse", (f"<Presisering>{PLANTED_TEXT}</Presisering>" if specified else "") + coded(
                "Vedtaksgrunnlag", said.get("why", "7")), Id="u", StartDato=first, SluttDato=last,
            Konklusjon=" ".join(conclusion) or None)
    elif kind == "plan":
        child.parts["plan"].append(element("Plan", Id="p", StartDato=words[0], SluttDato=words[1], Plantype=words[2]))
    elif kind == "measure":
        inside = law("Lovhjemmel", said.get("law", "BVL/4/4/2"))
        inside += law("JmfrLovhjemmel", said["also"]) if "also" in said else ""
        inside += coded("Kategori", words[2]) + coded("Opphevelse", said.get("lift", ""))
        child.parts["measure"].append(element("Tiltak", inside, Id="t", StartDato=words[0], SluttDato=words[1]))
    else:
        child.parts["move"].append(element(
            "Flytting", element("ArsakFra", Kode=words[1]) + element("FlyttingTil", Kode=said.get("to", "6")), Id="f",
            SluttDato=words[0]))


def individuals(text):
    children = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        kind, *rest = line.split()
        words, said = [w for w in rest if "=" not in w], dict(w.split("=", 1) for w in rest if "=" in w)
        if kind == "child":
            children.append(child_of(len(children) + 1, words[0], said))
        else:
            add(children[-1], kind, words, said)
    return children


class Drawing:
    """What tests draw files with."""

    identity_number = staticmethod(identity_number)
    duf_number = staticmethod(duf_number)
    planted_text = PLANTED_TEXT

    def file(self, text, *, municipality="2012", year=2018, encoding="iso-8859-1", declared=None, head="", **sender):
        """The bytes of a file with these individuals; `sender` replaces the sender's attributes."""
        declared = declared or encoding.upper()
        said = {"Organisasjonsnummer": "9" * 9, "Versjon": year, "Kommunenummer": municipality,
                "Kommunenavn": "Prøvebø", **sender}
        inside = element("Avgiver", **said) + "".join(child.xml() for child in individuals(text))
        text = f'<?xml version="1.0" encoding="{declared}"?>\n{head}<Barnevern>\n{inside}</Barnevern>\n'
        return text.encode(encoding)

    def planted(self, text):
        """The numbers, dates of birth, journal numbers and words that stand in a drawn file."""
        children = individuals(text)
        numbers = [child.attributes["Fodselsnummer"] for child in children if child.attributes["Fodselsnummer"]]
        journals = [child.attributes["Journalnummer"] for child in children]
        return [*numbers, *(number[:6] for number in numbers), *journals, "planteglass", PLANTED_TEXT]


@pytest.fixture(scope="session")
def draw():
    return Drawing()


@pytest.fixture(scope="session")
def read(draw):
    """The function that reads a drawn text, or bytes as they are."""
    from assets.sources import child_records

    def reading(given, file_name="15f.xml", *, announced=(None, None), **drawn):
        content = given if isinstance(given, bytes) else draw.file(given, **drawn)
        return child_records.read(content, file_name, year=announced[0], municipality_code=announced[1])

    return reading


@pytest.fixture(scope="session")
def refusals(read):
    """The function that gives the rules and messages a file is refused with."""
    from expectations.finding import DeliveryRefused

    def found(given, file_name="15f.xml", **drawn):
        with pytest.raises(DeliveryRefused) as refused:
            read(given, file_name, **drawn)
        return [(finding.rule_id, finding.message) for finding in refused.value.findings]

    return found
