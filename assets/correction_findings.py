"""What the corrections themselves give rise to: a fault that is mended at its source, a place that is not there, a mark.

The level, name and advice of each rule stand in `rule.csv`. The numbers a finding touches are those that the corrected
value takes part in.
"""

import re
from typing import Any

from assets.places import named_cells, placed
from assets.sql_files import indicator_union
from expectations.finding import Finding
from warehouse.database import Connection, records, rows
from warehouse.rule_table import rule_of

_CORRECTIONS = """
SELECT correction.*, delivery.file_name FROM core.correction
LEFT JOIN register.delivery ON delivery.delivery_id = correction.delivery_id
WHERE correction_state IN ('source_changed', 'not_found', 'ambiguous', 'conflict', 'expired')
OR (correction_state = 'in_force' AND correction_action = 'flag')
ORDER BY correction_id
"""
_RULES = {"source_changed": "RT01", "not_found": "RT02", "ambiguous": "RT02", "expired": "RT03", "in_force": "RT04",
          "conflict": "RT05"}


def correction_findings(connection: Connection) -> list[Finding]:
    """One finding for each correction that is not simply applied, and for each mark."""
    corrections = records(connection, _CORRECTIONS)
    touched = _touched(connection) if corrections else {}
    return [_finding(connection, one, touched) for one in corrections]


def _touched(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The indicators each correction's place takes part in."""
    found = rows(
        connection, "SELECT correction.correction_id, list_sort(list(DISTINCT part.indicator_id)) "
        f"FROM core.correction INNER JOIN ({indicator_union()}) AS part "
        "ON part.delivery_id = correction.delivery_id AND part.place_number = correction.place_number "
        "GROUP BY correction.correction_id")
    return {correction_id: tuple(indicators) for correction_id, indicators in found}


def _finding(connection: Connection, one: dict[str, Any], touched: dict[str, tuple[str, ...]]) -> Finding:
    rule_id = _RULES[one["correction_state"]]
    return Finding(
        rule_id, rule_of(rule_id).level, f"Rettelse {one['correction_id']}: {_words(one)}",
        unit_code=one["source_unit_code"], period=one["period"], source=one["stem"], file=one["file_name"],
        found=one["delivered_text"], expected=one["expected"], delivery_id=one["delivery_id"],
        indicators=touched.get(one["correction_id"], ()), **_place(connection, one))


def _place(connection: Connection, one: dict[str, Any]) -> dict[str, Any]:
    """Where the finding is; a correction without a place is known by its own key."""
    if one["place_number"] is None:
        return {"cell": f"rettelse {one['correction_id']}"}
    named = named_cells(connection, one["stem"], [one["delivery_id"]])
    place = placed(one["stem"], one["delivery_id"], one["place_number"], named)
    lines = () if place["line"] is None else (place["line"],)
    return {"sheet": place["sheet"], "cell": place["cell"], "line_numbers": lines}


def _words(one: dict[str, Any]) -> str:
    expected, delivered = (shown_text(one[name]) for name in ("expected", "delivered_text"))
    place = f"{one['stem']} {one['source_unit_code']} {one['period']} ({one['place_key']}), {one['column_name']}"
    return {
        "source_changed": f"kilden er rettet; fjern rettelsen. {place} er nå levert som {delivered}; rettelsen er for "
                          f"{expected} og er ikke brukt. Sett sluttdato (valid_until), så kommer eldre tall ut igjen.",
        "not_found": f"finner ikke stedet {place} i leveransen som gjelder. Den er ikke brukt; rett place_key.",
        "ambiguous": f"stedet {place} er flere linjer i leveransen som gjelder. Den er ikke brukt; nevn flere felt i "
                     "place_key, om nødvendig linjenummeret.",
        "expired": f"gjaldt til {one['valid_until']}, men kilden er ikke rettet: {place} er fortsatt {delivered}. "
                   "Den er ikke brukt; forleng den, eller følg opp hos den som leverer.",
        "conflict": f"stedet {place} er rettet flere ganger. Ingen av rettelsene er brukt; behold én.",
        "in_force": f"{place} er merket: {one['correction_reason_nb']}",
    }[one["correction_state"]]


def shown_text(text: str | None) -> str:
    """A delivered or corrected value in running text: 25500.0 is `25500` and 100.50 is `100,5`."""
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", text or ""):
        return text.rstrip("0").rstrip(".").replace(".", ",")
    return text or "tomt"
