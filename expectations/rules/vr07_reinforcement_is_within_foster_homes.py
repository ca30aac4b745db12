"""VR07: no kind of reinforcement concerns more foster homes than the municipality has had. The kinds overlap: no sum."""

from expectations.finding import Finding
from expectations.form_fields import indicators_of, label_text, number_text, place_text
from expectations.form_parts import known, parts_select
from expectations.rule import Row, Rule, found_in
from expectations.wording import some


def judge(row: Row) -> Finding | None:
    """A finding when a reinforcement row is above the number of foster homes in all."""
    above = [part for part in known(row["parts"]) if row["status"] == "ok" and part["value"] > row["value"]]
    if not above:
        return None
    kinds = some([f"{number_text(part)} i celle {part['cell']} ({label_text(part)})" for part in above])
    most = max(above, key=lambda part: part["value"])
    return found_in(
        "VR07", row,
        f"Fant {number_text(row)} i {place_text(row)} ({label_text(row)}), men {kinds}. Forsterkning kan ikke gjelde flere "
        "fosterhjem enn kommunen har hatt i året. Rett antallet fosterhjem eller raden med forsterkningen.",
        found=number_text(row), expected=f"minst {number_text(most)}",
        indicators=indicators_of(row["stem"], [row["field_id"], *(part["field_id"] for part in above)]))


RULE = Rule("VR07", parts_select("VR07"), judge)
