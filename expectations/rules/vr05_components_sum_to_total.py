"""VR05: the parts of a total sum to it; a part that overlaps others is at least not more than the total."""

from expectations.finding import Finding
from expectations.form_fields import Field, indicators_of, label_text, number_text, place_text, sum_text
from expectations.form_parts import is_whole, known, parts_select, tolerance
from expectations.rule import Row, Rule, found_in
from expectations.slips import slip_among, slip_sentence
from expectations.wording import some
from warehouse.number_format import format_number

_EPSILON = 1e-9
"""Numbers read from a workbook are binary: 6.5 + 4 + 12 may differ from 22.5 in the last bit."""


def judge(row: Row) -> Finding | None:
    """A finding when the parts cannot be true together with the total. A total that is missing is another rule's."""
    if row["status"] != "ok":
        return None
    return _sum_differs(row) if row["relation"] == "sum" else _part_exceeds(row)


def _sum_differs(row: Row) -> Finding | None:
    parts = known(row["parts"])
    total, summed, allowed = row["value"], sum(part["value"] for part in parts), tolerance(row) + _EPSILON
    whole = is_whole(row["parts"])
    if not parts or (abs(summed - total) <= allowed if whole else summed - total <= allowed):
        return None
    decimals = 1 if row["field_kind"] == "fte" else 0
    gives = format_number(summed, decimals, pad=False)
    message = (f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}). Delsummene {sum_text(parts)} gir {gives}, "
               f"men totalen er {number_text(row)}; forskjellen er {format_number(summed - total, decimals, pad=False)}. "
               f"Delene står i celle {some([part['cell'] for part in parts])}. {_slip(row, parts, decimals) if whole else ''}Rett "
               "totalen eller en av delene, eller forklar avviket i forklaringsfeltet.")
    return _finding(row, message, gives if whole else f"minst {gives}")


def _slip(row: Row, parts: list[Field], decimals: int) -> str:
    """The slip that explains the difference: in the total, or in one of the parts."""
    values = [part["value"] for part in parts]
    in_total, in_part = slip_sentence(row["value"], sum(values), decimals), slip_among(values, row["value"], decimals)
    if in_total or not in_part:
        return in_total
    index, value, words = in_part
    return (f"Mulig grunn: {words} i celle {parts[index]['cell']}. Med {format_number(value, decimals, pad=False)} der "
            "stemmer summen. ")


def _part_exceeds(row: Row) -> Finding | None:
    above = [part for part in known(row["parts"]) if part["value"] > row["value"] + _EPSILON]
    if not above:
        return None
    return _finding(row, (
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}). {some([_part_text(part) for part in above])} er "
        "regnet med i dette tallet og kan ikke være større. Rett totalen eller delen, eller forklar avviket i "
        "forklaringsfeltet."), f"minst {max(above, key=lambda part: part['value'])['value']:.0f}")


def _part_text(part: Field) -> str:
    return f"«{label_text(part)}» ({number_text(part)} i celle {part['cell']})"


def _finding(row: Row, message: str, expected: str) -> Finding:
    touched = indicators_of(row["stem"], [row["field_id"], *(part["field_id"] for part in row["parts"])])
    return found_in("VR05", row, message, found=number_text(row), expected=expected, indicators=touched)


RULE = Rule("VR05", parts_select("VR05"), judge)
