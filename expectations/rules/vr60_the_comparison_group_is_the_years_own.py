"""VR60: a municipality is compared with the KOSTRA group it belongs to that year, in kroner per inhabitant 0–17.

A property of our own lists: the group we show beside a municipality (`unit.csv`) is the one it is a member of
(`kostra_group_member.csv`) in every year both have a number. The groups were drawn anew in 2020: a later year has no
member row until somebody has looked it up.
"""

from expectations.finding import Finding
from expectations.key_figures import figure_text
from expectations.rule import Row, Rule, found_in

PER_CHILD = "NOK per innb 0-17"

SELECT = f"""
WITH told AS (
    SELECT DISTINCT unit_code, year FROM core.key_figure WHERE status = 'ok'
)
SELECT 'group' AS what, unit.unit_code, unit.unit_name, CAST(own.year AS VARCHAR) AS period,
    shown.unit_name AS shown_name, member.kostra_group_code AS member_code, member_group.unit_name AS member_name,
    CAST(NULL AS VARCHAR) AS key_figure_code, CAST(NULL AS VARCHAR) AS unit
FROM reference.unit
INNER JOIN reference.unit AS shown ON shown.unit_code = unit.kostra_group_code
INNER JOIN told AS own ON own.unit_code = unit.unit_code
INNER JOIN told AS compared ON compared.unit_code = unit.kostra_group_code AND compared.year = own.year
LEFT JOIN reference.kostra_group_member AS member
    ON member.unit_code = unit.unit_code AND own.year BETWEEN member.valid_from_year AND member.valid_to_year
LEFT JOIN reference.unit AS member_group ON member_group.unit_code = member.kostra_group_code
WHERE member.kostra_group_code IS DISTINCT FROM unit.kostra_group_code
UNION ALL
SELECT 'unit', NULL, NULL, NULL, NULL, NULL, NULL, key_figure.key_figure_code, key_figure.unit
FROM reference.key_figure
WHERE key_figure.kind = 'money' AND key_figure.unit <> '{PER_CHILD}'
ORDER BY 1, 2, 4
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: another group than the year's own, or money per something else than a child."""
    if row["what"] == "unit":
        return found_in(
            "VR60", row,
            f"Fant enheten {row['unit']} for {figure_text(row['key_figure_code'])}. Penger sammenlignes med KOSTRA-gruppen per "
            f"innbygger 0–17 år ({PER_CHILD}). Rett enheten i listen over nøkkeltall.",
            cell=f"nøkkeltall {row['key_figure_code']}", found=row["unit"], expected=PER_CHILD)
    own = row["member_name"] or row["member_code"]
    belongs = f"hører til {own} det året" if own else "har ingen kjent gruppe det året; inndelingen er en annen fra 2020"
    return found_in(
        "VR60", row,
        f"{row['unit_name']}, {row['period']}: fant sammenligning med {row['shown_name']}, men kommunen {belongs}. Sammenlign "
        "ikke før gruppen er slått opp i SSBs inndeling og ført inn i listen over KOSTRA-grupper.",
        cell="KOSTRA-gruppe", found=row["shown_name"], expected=own or "en kjent gruppe")


RULE = Rule("VR60", SELECT, judge)
