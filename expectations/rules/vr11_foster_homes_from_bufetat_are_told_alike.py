"""VR11: foster homes got through Bufetat are as many among the recruited as in the list of purchases."""

from expectations.finding import Finding
from expectations.form_fields import indicators_of, label_text, number_text, place_text
from expectations.form_parts import known, parts_select
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number


def judge(row: Row) -> Finding | None:
    """A finding when the two numbers, each counted by the municipality, differ."""
    (told,) = row["parts"]
    if len(known([row, told])) < 2 or told["value"] == row["value"]:
        return None
    return found_in(
        "VR11", row,
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}) og {number_text(told)} i {place_text(told)} "
        f"({label_text(told)}). De to skal være like; forskjellen er "
        f"{format_number(abs(told['value'] - row['value']), 0)}. Kontroller listen over kjøp, og rett det tallet som er feil, "
        "eller forklar avviket.",
        found=number_text(row), expected=number_text(told),
        indicators=indicators_of(row["stem"], [row["field_id"], told["field_id"]]))


RULE = Rule("VR11", parts_select("VR11"), judge)
