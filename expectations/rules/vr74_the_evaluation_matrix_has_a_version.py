"""VR74: every problemstilling a number or a code answers stands, with the same words, in the matrix version in force.

The problemstillinger were adjusted between the reports; a version is a list (`evaluation_matrix.csv`), in force until the
next one begins. A word that is changed without a new version would change what old numbers answer.
"""

from expectations.finding import Finding
from expectations.rule import Row, Rule, found_in

SELECT = """
WITH known AS (
    SELECT matrix.* FROM reference.evaluation_matrix AS matrix CROSS JOIN register.clock
    WHERE matrix.valid_from_date <= CAST(clock.as_of AS DATE)
),
in_force AS (
    SELECT * FROM known WHERE valid_from_date = (SELECT max(valid_from_date) FROM known)
),
used AS (
    SELECT indicator.indicator_id AS used_by, 'indikator' AS kind, indicator.problemstilling_no, indicator.problemstilling_nb
    FROM reference.indicator
    UNION ALL
    SELECT code_mapping.code_name, 'intervjukode', code_mapping.problemstilling_no, NULL
    FROM reference.code_mapping
)
SELECT used.*, in_force.problemstilling_nb AS words_in_force, (
    SELECT string_agg(DISTINCT matrix_version, ', ' ORDER BY matrix_version) FROM in_force
) AS matrix_version
FROM used
LEFT JOIN in_force ON in_force.problemstilling_no = used.problemstilling_no
WHERE EXISTS (SELECT 1 FROM in_force)
AND (in_force.problemstilling_no IS NULL OR in_force.problemstilling_nb <> used.problemstilling_nb)
ORDER BY used.kind, used.used_by
"""


def judge(row: Row) -> Finding | None:
    """Every row is a finding: a problemstilling the version lacks, or tells in other words."""
    where = f"{row['kind']} {row['used_by']}"
    if row["words_in_force"] is None:
        message = (f"Fant problemstilling {row['problemstilling_no']} ved {where}, men den står ikke i matrisen som gjelder "
                   f"({row['matrix_version']}).")
        found, expected = row["problemstilling_no"], f"i {row['matrix_version']}"
    else:
        message = (f"Fant «{row['problemstilling_nb']}» som problemstilling {row['problemstilling_no']} ved {where}, men i "
                   f"matrisen som gjelder ({row['matrix_version']}), heter den «{row['words_in_force']}».")
        found, expected = row["problemstilling_nb"], row["words_in_force"]
    return found_in(
        "VR74", row, f"{message} Rett nummeret eller ordene, eller før en ny versjon inn i evaluation_matrix.csv.",
        cell=f"{where}, {row['problemstilling_no']}", found=found, expected=expected,
        indicators=(row["used_by"],) if row["kind"] == "indikator" else ())


RULE = Rule("VR74", SELECT, judge)
