"""What a municipality reported in the period before a form's, as it stands in the home's snapshot."""

from typing import TYPE_CHECKING

from warehouse.home import Home

if TYPE_CHECKING:
    from assets.forms.entry import Entry

_QUERY = """
SELECT field_id, value, status, is_confirmed_zero FROM core.form_value
WHERE stem = ? AND unit_code = ? AND period = ? ORDER BY field_id
"""


def figures_before(home: Home, stem: str, municipality_code: str, period: str) -> dict[str, "Entry"]:
    """The figures of the period before by field id; none when the home has no such delivery, or is not there.

    A unit's own earlier codes count: before Færder's first tertial stands Nøtterøy's last.
    """
    from assets.forms.entry import Entry
    from assets.forms.periods import previous_period
    from assets.sources.numbers import plain
    from assets.sources.signs import CONFIRMED_ZERO, STATUS_OF_SIGN
    from assets.sources.units import unit_of
    from warehouse.database import reading, records

    if not home.snapshot.exists():
        return {}
    sign_of = {status: sign for sign, status in STATUS_OF_SIGN.items()}
    with reading(home) as connection:
        found = records(connection, _QUERY, [stem, unit_of(municipality_code), previous_period(stem, period)])
    signs = [CONFIRMED_ZERO if row["is_confirmed_zero"] else sign_of.get(row["status"]) for row in found]
    return {row["field_id"]: Entry(plain(row["value"]), sign) for row, sign in zip(found, signs, strict=True)}
