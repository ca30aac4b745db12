"""Figures from Bufetat: co-payments, income requirement, budget changes, stay-days and purchases, one number a line.

A line is about a municipality, or about the region when it names none. Bufetat's own change since 2015 is a delivered
field, so that it can be wrong: whether it is, is judged in `expectations/`.
"""

from typing import Any

from assets.sources.bufetat_fields import FIELDS, POST_PATTERN, UNIT_MANDATORY, UNITS_OF_FIGURE
from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of, refuse_the_same_twice
from assets.sources.reading import Reading
from assets.sources.refusals import UNKNOWN_REGION, VALUE_MISSING, Faults
from assets.sources.signs import meaning
from warehouse.reference_data import reference_rows

STEM = "bufetat"
SIGNATURE = ("region", "tertial", "post", "maal", "endring_fra_2015")
CO_PAYMENT_POST = "3855.60"
_ON_CO_PAYMENT_POST = ("egenandel", "inntektskrav")
_BY_MEASURE = ("oppholdsdager", "kjøp")
_SAME_LINE = ("source_unit_code", "period", "bufetat_figure_code", "budget_post_code", "measure_type_code")


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the first line carries headings only Bufetat's figures have."""
    return has_headings(content, STEM, SIGNATURE)


def read(content: bytes, file_name: str) -> Reading:
    """The figures read. Raises DeliveryRefused naming each faulty line.

    VR43 a period that is no tertial, VR44 a post outside 0855 and 3855, VR45 a line without its unit, F13 a region
    that does not hold the municipality, F15 the same number told twice.
    """
    lines = read_lines(STEM, FIELDS, content, file_name)
    _refuse_lines_that_contradict_themselves(lines.rows, file_name)
    for row in lines.rows:
        _complete(row)
    refuse_the_same_twice(STEM, file_name, lines.rows, _SAME_LINE, "tallet")
    return reading_of(STEM, lines, scope=("source_unit_code", "period"), value="value", dataset="bufetat_figure_code")


def _complete(row: dict[str, Any]) -> None:
    """Unit and period as the register writes them; a sign in place of a number goes into a field of its own."""
    tertial = row["tertial_number"]
    row["source_unit_code"] = row["municipality_code"] or row["bufetat_region_code"]
    row["period"] = f"{row['year']}-T{tertial}" if tertial else str(row["year"])
    row["value"], row["status_sign"] = _number_and_sign(row["value"])
    row["change_since_2015"], _ = _number_and_sign(row["change_since_2015"])


def _number_and_sign(delivered: float | str | None) -> tuple[float | None, str | None]:
    sign = delivered if isinstance(delivered, str) else None
    number, _ = meaning(None if sign else delivered, sign)
    return (None if number is None else float(number)), sign


def _refuse_lines_that_contradict_themselves(rows: tuple[dict[str, Any], ...], file_name: str) -> None:
    faults = Faults(STEM, file_name)
    for row in rows:
        _region_holds_the_municipality(row, faults)
        _figure_has_its_unit(row, faults)
        _figure_has_its_post_or_measure(row, faults)
    faults.stop()


def _region_holds_the_municipality(row: dict[str, Any], faults: Faults) -> None:
    """Municipalities outside the trial are not known here; whether they are taken in is a matter of admission."""
    holds = _region_of(row["municipality_code"])
    if holds is not None and holds != row["bufetat_region_code"]:
        faults.add(UNKNOWN_REGION, f": kommune {row['municipality_code']} hører til {_region_name(holds)}, men linjen "
                   f"gjelder {_region_name(row['bufetat_region_code'])}. Rett regionen eller kommunenummeret.",
                   line=row["line_number"], cell=f"region[{row['line_number']}]", found=row["bufetat_region_code"],
                   expected=holds)


def _region_of(municipality_code: str | None) -> str | None:
    region_of_unit = {row["unit_code"]: row["bufetat_region_code"] for row in reference_rows("unit")}
    return next((region_of_unit[row["unit_code"]] for row in reference_rows("municipality_code")
                 if row["source_municipality_code"] == municipality_code), None)


def _region_name(code: str) -> str:
    return next(row["unit_name"] for row in reference_rows("unit") if row["unit_code"] == code)


def _figure_has_its_unit(row: dict[str, Any], faults: Faults) -> None:
    figure, allowed = row["bufetat_figure_code"], UNITS_OF_FIGURE[row["bufetat_figure_code"]]
    if row["unit"] not in allowed:
        faults.add(UNIT_MANDATORY, f", kolonne «enhet»: {figure} kan ikke stå i «{row['unit']}». "
                   f"Skriv {' eller '.join(allowed)}.", line=row["line_number"], cell=f"enhet[{row['line_number']}]",
                   found=row["unit"], expected=allowed[0])


def _figure_has_its_post_or_measure(row: dict[str, Any], faults: Faults) -> None:
    figure, line = row["bufetat_figure_code"], row["line_number"]
    post = row["budget_post_code"]
    if figure in _BY_MEASURE and row["measure_type_code"] is None:
        faults.add(VALUE_MISSING, f", kolonne «tiltakstype»: feltet er tomt. {figure} telles per tiltakstype; fyll det "
                   "ut.", line=line, cell=f"tiltakstype[{line}]")
    if figure in _ON_CO_PAYMENT_POST and post != CO_PAYMENT_POST:
        faults.add(POST_PATTERN, f", kolonne «post»: {figure} står på post {post or '(tom)'}. Kommunenes egenandeler "
                   f"føres på post {CO_PAYMENT_POST}; skriv den.", line=line, cell=f"post[{line}]", found=post,
                   expected=CO_PAYMENT_POST)
    if figure == "budsjettendring" and post is None:
        faults.add(POST_PATTERN, ", kolonne «post»: feltet er tomt. En budsjettendring gjelder én post; skriv for "
                   "eksempel 0855.01.", line=line, cell=f"post[{line}]")
