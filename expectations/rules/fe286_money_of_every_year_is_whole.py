"""FE286: a unit's year with accounts or ledger has all of its files and, from 2016, the trial's lines."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in

SELECT = """
SELECT DISTINCT code.unit_code, force.period, complete_year.unit_code IS NOT NULL AS is_whole
FROM core.delivery_in_force AS force
INNER JOIN reference.municipality_code AS code
    ON code.source_municipality_code = force.source_unit_code
    AND CAST(force.period AS INTEGER) BETWEEN code.valid_from_year AND code.valid_to_year
LEFT JOIN core.complete_year
    ON complete_year.unit_code = code.unit_code AND complete_year.accounting_year = CAST(force.period AS INTEGER)
WHERE force.stem IN ('kostra_accounts', 'ledger')
ORDER BY 1, 2
"""


def judge(row: Row) -> Finding | None:
    """A finding when the year is not in core.complete_year."""
    if row["is_whole"]:
        return None
    return found_in(
        "FE286", row,
        f"{row['period']}: netto driftsutgifter og merkostnad vises ikke for enheten {row['unit_code']}, fordi "
        "et regnskap (0A) eller en hovedbok mangler, eller fordi hovedboken ikke har linjer på funksjon 285 med "
        "forsøkets prosjekt. Lever det som mangler.",
        source="ledger", cell=f"regnskapsår {row['period']}")


RULE = Rule("FE286", SELECT, judge)
