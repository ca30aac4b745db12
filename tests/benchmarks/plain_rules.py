"""The rival of the rules across deliveries: each claim denied, by hand, over what the claim is about.

`SELECT count(*) FROM (what is to be judged) WHERE it is violated`: no row leaves the database, nothing is worded. A rule
nobody has written a denial for is counted as its SELECT stands: the database then does less than the claim asks, which
is to the rival's advantage.
"""

VIOLATED: dict[str, str] = {
    "FE285": "abs(accounts_thousand_nok - ledger_thousand_nok) > 0.5 * greatest(1, line_count)",
    "FE286": "NOT is_whole",
    "FE287": "abs(value - summed_value) > 1",
    "FE290": "NOT value BETWEEN low - CASE kind WHEN 'share' THEN 0.005 ELSE 0 END"
             " AND high + CASE kind WHEN 'share' THEN 0.005 ELSE 0 END",
    "FE291": "list_sum(list_transform(tertials, lambda one: one.value)) <> value",
    "VR01": "NOT kostra_count BETWEEN value AND value * 1.25",
    "VR02": "list_sum(list_transform(tertials, lambda one: one.value)) <> value",
    "VR08": "value > kostra_count",
    "VR10": "abs(listed_nok - booked_nok) > 0.02 * greatest(abs(listed_nok), abs(booked_nok))",
    "VR15": "mismatch_count > 0 AND dispute_count > 0",
    "VR17": "abs(booked - invoiced) > 0.05 * greatest(abs(booked), abs(invoiced))",
    "VR22": "wrong_count > 0",
    "VR24": "without_rate_count > 0",
    "VR26": "abs(total_nok - split_nok) > 0.005 * abs(total_nok)",
    "VR28": "period = '2016'",
    "VR30": "marked_count = 0",
    "VR32": "NOT has_said_so",
    "VR33": "is_one_off OR one_off_line IS NOT NULL",
    "VR34": "abs(value - on_285_thousand_nok) > 0.5",
    "VR37": "abs(change_since_2015 - (value - baseline_value)) > 1.000001",
    "VR38": "abs(value - summed_value) > 1.000001",
    "VR39": "NOT is_over OR first_tertial_value - value > 1.000001",
    "VR40": "derived IS NULL",
    "VR41": "abs(printed - amount) > greatest(0.01 * abs(amount), 500 * pow(10.0, -decimals))",
    "VR42": "abs(now - baseline - requirement) > 0.25 * requirement",
    "VR63": "NOT is_here",
    "VR69": "NOT is_listed",
    "VR70": "published <> interviewed",
}
BOUGHT = "list_sum(list_transform(purchases, lambda one: one.value))"
AS_INSTITUTION = ("list_sum(list_transform(purchases, lambda one: CASE WHEN one.field_id = 'kjoep_bufetat_institusjon'"
                  " THEN one.value ELSE 0 END))")
VIOLATED["VR03"] = (f"NOT list_sum(list_transform(tertials, lambda one: one.value)) BETWEEN"
                    f" greatest({AS_INSTITUTION}, {BOUGHT} - {AS_INSTITUTION}) AND {BOUGHT}")

PAIRS = """
FROM reference.field_part
INNER JOIN core.form_value AS total ON total.stem = field_part.stem AND total.field_id = field_part.total_field_id
INNER JOIN core.form_value AS part ON part.stem = total.stem AND part.unit_code = total.unit_code
    AND part.period = total.period AND part.field_id = field_part.part_field_id
WHERE total.status = 'ok'
"""
SUMMED = "sum(part.value) FILTER (WHERE part.status = 'ok')"
WITHOUT_PLACES: dict[str, str] = {
    "VR05": f"""SELECT count(*) FROM (
        SELECT total.delivery_id, total.cell_number {PAIRS} AND field_part.rule_id = 'VR05'
        AND field_part.relation IN ('sum', 'at_most')
        GROUP BY total.delivery_id, total.cell_number, total.value, total.field_id, field_part.relation
        HAVING CASE field_part.relation
            WHEN 'sum' THEN {SUMMED} > total.value + 0.5 * (count(*) + 1)
                OR {SUMMED} < total.value - 0.5 * (count(*) + 1) AND bool_and(part.status IN ('ok', 'not_applicable'))
            ELSE max(part.value) FILTER (WHERE part.status = 'ok') > total.value END)""",
    "VR07": f"""SELECT count(*) FROM (SELECT DISTINCT total.delivery_id, total.cell_number {PAIRS}
        AND field_part.rule_id = 'VR07' AND part.status = 'ok' AND part.value > total.value)""",
    "VR11": f"""SELECT count(*) {PAIRS} AND field_part.rule_id = 'VR11' AND part.status = 'ok'
        AND part.value <> total.value""",
}
"""Rules whose SELECT tells places that the claim does not need. VR05 with the widest of its tolerances for all fields."""

EVERY_ROW = frozenset("VR23 VR27 VR53 VR56 VR58".split())
"""Rules whose SELECT gives violations only."""

DENIED = frozenset(VIOLATED) | frozenset(WITHOUT_PLACES) | EVERY_ROW
"""The rules whose count is the number of violations; of the others it is the number of things judged."""


def counted(rule_id: str, select: str) -> str:
    """The bare SELECT of a rule."""
    if rule_id in WITHOUT_PLACES:
        return WITHOUT_PLACES[rule_id]
    return f"SELECT count(*) FROM (\n{select}\n) WHERE {VIOLATED.get(rule_id, 'true')}"
