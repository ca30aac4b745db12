"""VR05: the parts of a total sum to it; a part that overlaps others is at least not more than the total.

Positions are VR55's.
"""

from expectations.finding import Finding
from expectations.form_fields import Field, indicators_of, label_text, number_text, place_text
from expectations.form_parts import EPSILON, known, parts_select, sum_differs
from expectations.rule import Row, Rule, found_in
from expectations.wording import some


def judge(row: Row) -> Finding | None:
    """A finding when the parts cannot be true together with the total. A total that is missing is another rule's."""
    if row["status"] != "ok":
        return None
    return sum_differs("VR05", row) if row["relation"] == "sum" else _part_exceeds(row)


def _part_exceeds(row: Row) -> Finding | None:
    above = [part for part in known(row["parts"]) if part["value"] > row["value"] + EPSILON]
    if not above:
        return None
    touched = indicators_of(row["stem"], [row["field_id"], *(part["field_id"] for part in row["parts"])])
    return found_in("VR05", row, (
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}). {some([_part_text(part) for part in above])} er "
        "regnet med i dette tallet og kan ikke være større. Rett totalen eller delen, eller forklar avviket i "
        "forklaringsfeltet."), found=number_text(row),
        expected=f"minst {max(above, key=lambda part: part['value'])['value']:.0f}", indicators=touched)


def _part_text(part: Field) -> str:
    return f"«{label_text(part)}» ({number_text(part)} i celle {part['cell']})"


RULE = Rule("VR05", parts_select("VR05"), judge)
