-- Grain: one interview year, informant group and problemstilling.
-- How many informants of the group have at least one coding of a code that answers the problemstilling; every
-- combination of the groups asked that year and the problemstillinger of the codebook, also where nobody has.
-- Leaves out: the municipality, which must never stand beside a code; codes without mapping; totals, so that no cell
-- can be worked out from the others.
WITH asked AS (
    SELECT DISTINCT interview_year, informant_group FROM core.interview_document
),
problemstilling AS (
    SELECT DISTINCT delmaal, problemstilling_no FROM reference.code_mapping
),
coded AS (
    SELECT interview_year, informant_group, problemstilling_no, count(DISTINCT document_key) AS informant_count
    FROM core.interview_coding
    WHERE problemstilling_no IS NOT NULL
    GROUP BY interview_year, informant_group, problemstilling_no
)
SELECT
    asked.interview_year,
    asked.informant_group,
    problemstilling.delmaal,
    problemstilling.problemstilling_no,
    coalesce(coded.informant_count, 0) AS informant_count
FROM asked
CROSS JOIN problemstilling
LEFT JOIN coded
    ON coded.interview_year = asked.interview_year
    AND coded.informant_group = asked.informant_group
    AND coded.problemstilling_no = problemstilling.problemstilling_no
