"""VR70: the report's text counts as many informants as were interviewed. A rule on the report, not on a delivery."""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from warehouse.number_format import format_number
from warehouse.reference_data import reference_rows

UNIT = "FORSOK"  # informants are counted for the trial municipalities together

# The informant groups each printed count is about: parents and foster parents are counted together in the text.
SELECT = """
WITH told (fact_id, informant_group) AS (
    VALUES ('XX009', 'ungdom'), ('XX011', 'ungdom'), ('XX010', 'forelder'), ('XX010', 'fosterforelder')
),
interviewed AS (
    SELECT interview_year, informant_group, count(*) AS informant_count
    FROM core.interview_document
    GROUP BY interview_year, informant_group
),
year AS (SELECT DISTINCT interview_year FROM core.interview_document)
SELECT figure.fact_id, figure.period, figure.published, coalesce(sum(interviewed.informant_count), 0) AS interviewed
FROM reference.published_figure AS figure
INNER JOIN told ON told.fact_id = figure.fact_id
INNER JOIN year ON CAST(year.interview_year AS VARCHAR) = figure.period
LEFT JOIN interviewed
    ON interviewed.informant_group = told.informant_group AND interviewed.interview_year = year.interview_year
WHERE figure.published IS NOT NULL
GROUP BY figure.fact_id, figure.period, figure.published
ORDER BY figure.fact_id
"""


def judge(row: Row) -> Finding | None:
    """A finding when the printed count is not the number of verified interviews."""
    printed, interviewed = row["published"], float(row["interviewed"])
    if printed == interviewed:
        return None
    fact = next(line for line in reference_rows("published_figure") if line["fact_id"] == row["fact_id"])
    said, counted = format_number(printed, 0), format_number(interviewed, 0)
    return found_in(
        "VR70", row,
        f"Rapporten ({fact['origin_nb']}) oppgir {said} ({fact['description_nb'].lower()}), men intervjumaterialet for "
        f"{row['period']} har {counted}. Forskjellen er {format_number(interviewed - printed, 0)}. Rett teksten eller "
        "vedlegget, så de teller det samme.",
        unit_code=UNIT, source="interview_codings", cell=f"{fact['origin_nb']}, {row['fact_id']}", found=said, expected=counted)


RULE = Rule("VR70", SELECT, judge)
