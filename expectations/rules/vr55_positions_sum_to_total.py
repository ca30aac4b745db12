"""VR55: the positions told by service sum to the positions told in all, within what is lost by writing one decimal."""

from expectations.finding import Finding
from expectations.form_parts import parts_select, sum_differs
from expectations.rule import Row, Rule


def judge(row: Row) -> Finding | None:
    """A finding when the services and the total cannot both be true. A total that is missing is another rule's."""
    return sum_differs("VR55", row) if row["status"] == "ok" else None


RULE = Rule("VR55", parts_select("VR55"), judge)
