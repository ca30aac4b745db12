"""VR72: what users say in interviews is told for at least five informants together, never by municipality.

An indicator made of codings stands for the whole trial only, of at least five; and no code says where the informant lives,
or every count of it would be a count by municipality.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in
from expectations.wording import some
from warehouse.number_format import format_number

FEWEST_INFORMANTS = 5
WHOLE_TRIAL = "FORSOK"

# A name in a code is a word of its own: «Alta», not «alta» in «kvalitativ».
SELECT = f"""
SELECT 'unit' AS what, part.unit_code, part.period, 'D1-04' AS indicator_id, NULL AS code_names, NULL AS informants_count,
    max(part.delivery_id) AS delivery_id
FROM indicators.d1_04 AS part
WHERE part.unit_code <> '{WHOLE_TRIAL}'
GROUP BY part.unit_code, part.period
UNION ALL
SELECT 'few', part.unit_code, part.period, 'D1-04', NULL, sum(part.amount) FILTER (WHERE part.role = 'count_denominator'),
    max(part.delivery_id)
FROM indicators.d1_04 AS part
WHERE part.unit_code = '{WHOLE_TRIAL}'
GROUP BY part.unit_code, part.period
HAVING coalesce(sum(part.amount) FILTER (WHERE part.role = 'count_denominator'), 0) < {FEWEST_INFORMANTS}
UNION ALL
SELECT 'code', '{WHOLE_TRIAL}', CAST(coding.interview_year AS VARCHAR), max(coding.indicator_id),
    list_sort(list(DISTINCT coding.code_name)), NULL, coding.delivery_id
FROM core.interview_coding AS coding
WHERE EXISTS (
    SELECT 1 FROM reference.municipality_code
    WHERE regexp_matches(coding.code_name, '(?i)(^|[^[:alnum:]æøåÆØÅ])' || municipality_code.municipality_name || 's?($|[^[:alnum:]æøåÆØÅ])')
)
GROUP BY coding.interview_year, coding.delivery_id
ORDER BY 1, 2, 3, 7
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding."""
    if row["what"] == "code":
        names = some([f"«{name}»" for name in row["code_names"]])
        return _finding(row, f"Fant koden {names} i intervjukodingene for {row['period']}. En kode med kommunens navn deler "
                        "intervjuene etter kommune. Gi koden et navn uten kommune, og lever prosjektet på nytt.",
                        names, "koder uten kommune")
    if row["what"] == "unit":
        return _finding(row, f"Fant {row['indicator_id']} for {row['unit_code']} i {row['period']}. Det brukerne sier, vises "
                        "bare for forsøkskommunene samlet. Ingenting av dette vises.", row["unit_code"], WHOLE_TRIAL)
    count = format_number(row["informants_count"] or 0, 0)
    return _finding(row, f"{row['indicator_id']}, {row['period']}: fant kodinger av {count} informanter; det må være minst "
                    f"{FEWEST_INFORMANTS}. Tallet vises ikke. Vent til flere er intervjuet, eller slå sammen år.",
                    count, f"minst {FEWEST_INFORMANTS}")


def _finding(row: Row, message: str, found: str, expected: str) -> Finding:
    return found_in("VR72", row, message, source="interview_codings", cell=f"{row['what']}, {row['indicator_id'] or 'koder'}",
                    found=found, expected=expected, indicators=(row["indicator_id"],) if row["indicator_id"] else ())


RULE = Rule("VR72", SELECT, judge)
