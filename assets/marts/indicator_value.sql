-- Grain: one indicator, unit, period and breakdown; the evaluators' level.
-- value = sum over terms of (sum of numerators / sum of denominators, 1 where a term has none); rounded at the ninth
-- decimal so that the order of summing cannot change the last bits. A missing part makes the value missing, with the
-- most restrictive status; a share of nothing does not apply. Basis is the worst of the parts, with two exceptions:
-- constructed parts that add up to a printed figure within its last digit are `constrained` and carry the figure's
-- key, and so is a number computed from other indicators (`reference.indicator_input`) that are all printed or
-- constrained. A part that a correction has changed is no longer the printed or constrained one it was delivered as.
-- Leaves out: disclosure control, which happens at publication.
WITH part AS (
    {indicator_parts}
),
graded AS (
    SELECT
        part.*,
        CASE part.status
            WHEN 'suppressed' THEN 4 WHEN 'not_reported' THEN 3 WHEN 'not_yet' THEN 2 WHEN 'not_applicable' THEN 1
            ELSE 0
        END AS status_rank,
        CASE
            WHEN provenance.basis = 'constructed' THEN 3
            WHEN provenance.basis = 'constrained' THEN CASE WHEN corrected.delivery_id IS NULL THEN 2 ELSE 3 END
            WHEN provenance.basis = 'published' AND corrected.delivery_id IS NULL THEN 1
            ELSE 0
        END AS basis_rank,
        CASE WHEN corrected.delivery_id IS NULL THEN provenance.fact_id END AS fact_id,
        confirmed_zero.delivery_id IS NOT NULL AS is_confirmed_zero
    FROM part
    LEFT JOIN register.provenance
        ON provenance.delivery_id = part.delivery_id
        AND part.place_number BETWEEN provenance.place_from AND provenance.place_to
    LEFT JOIN (
        SELECT DISTINCT delivery_id, place_number
        FROM core.correction
        WHERE correction_state = 'in_force' AND correction_action = 'override'
    ) AS corrected
        ON corrected.delivery_id = part.delivery_id AND corrected.place_number = part.place_number
    LEFT JOIN core.confirmed_zero
        ON confirmed_zero.delivery_id = part.delivery_id AND confirmed_zero.place_number = part.place_number
),
term AS (
    SELECT
        indicator_id, unit_code, period, breakdown, term,
        sum(amount) FILTER (WHERE role = 'numerator') AS numerator,
        sum(amount) FILTER (WHERE role = 'denominator') AS denominator,
        max(status_rank) FILTER (WHERE role IN ('numerator', 'denominator')) AS status_rank,
        max(basis_rank) FILTER (WHERE role IN ('numerator', 'denominator')) AS basis_rank,
        min(fact_id) FILTER (WHERE role = 'numerator') AS fact_id,
        count(*) FILTER (WHERE role IN ('numerator', 'denominator')) AS part_count,
        bool_and(is_confirmed_zero) FILTER (WHERE role = 'numerator') AS is_confirmed_zero,
        CASE WHEN bool_and(amount IS NOT NULL) FILTER (WHERE role = 'count_numerator')
            THEN sum(amount) FILTER (WHERE role = 'count_numerator') END AS count_numerator,
        CASE WHEN bool_and(amount IS NOT NULL) FILTER (WHERE role = 'count_denominator')
            THEN sum(amount) FILTER (WHERE role = 'count_denominator') END AS count_denominator
    FROM graded
    GROUP BY indicator_id, unit_code, period, breakdown, term
),
figure AS (
    SELECT
        indicator_id, unit_code, period, breakdown,
        -- + 0 takes the sign off a zero, which would differ with the order of summing.
        round(sum(numerator / nullif(coalesce(denominator, 1), 0)), 9) + 0 AS value,
        greatest(max(status_rank), CASE WHEN bool_or(denominator = 0) THEN 1 ELSE 0 END) AS status_rank,
        max(basis_rank) AS basis_rank,
        CASE WHEN sum(part_count) = 1 THEN min(fact_id) END AS fact_id,
        bool_and(is_confirmed_zero) AS is_confirmed_zero,
        min(count_numerator) AS count_numerator,
        min(count_denominator - count_numerator) AS count_complement,
        min(count_denominator) AS count_denominator
    FROM term
    WHERE part_count > 0
    GROUP BY indicator_id, unit_code, period, breakdown
),
printed AS (
    SELECT figure.indicator_id, figure.unit_code, figure.period, figure.breakdown, min(published_figure.fact_id) AS fact_id
    FROM figure
    INNER JOIN reference.published_figure
        ON published_figure.indicator_id = figure.indicator_id
        AND published_figure.unit_code = figure.unit_code
        AND published_figure.period = figure.period
        AND coalesce(published_figure.breakdown, '') = figure.breakdown
    WHERE figure.status_rank = 0
    AND abs(figure.value * published_figure.scale - published_figure.published)
        <= 0.5 * power(10, -published_figure.decimals) + 1e-9
    GROUP BY figure.indicator_id, figure.unit_code, figure.period, figure.breakdown
),
compared AS (
    SELECT
        figure.*,
        printed.fact_id AS printed_fact_id,
        CASE WHEN printed.fact_id IS NOT NULL AND figure.basis_rank = 3 THEN 2 ELSE figure.basis_rank END AS own_rank
    FROM figure
    LEFT JOIN printed
        ON printed.indicator_id = figure.indicator_id
        AND printed.unit_code = figure.unit_code
        AND printed.period = figure.period
        AND printed.breakdown = figure.breakdown
),
computed_from AS (
    -- A trial year's ordinary cost needs M2; before the trial there is none, and the net cost alone decides.
    SELECT
        whole.indicator_id, whole.unit_code, whole.period, whole.breakdown,
        max(input.own_rank) AS input_rank
    FROM compared AS whole
    INNER JOIN reference.indicator_input
        ON indicator_input.indicator_id = whole.indicator_id
        AND coalesce(indicator_input.breakdown, '') = whole.breakdown
    INNER JOIN compared AS input
        ON input.indicator_id = indicator_input.input_indicator_id
        AND input.breakdown = coalesce(indicator_input.input_breakdown, '')
        AND input.unit_code = whole.unit_code
        AND input.period = CASE WHEN indicator_input.is_baseline THEN '2015' ELSE whole.period END
    GROUP BY whole.indicator_id, whole.unit_code, whole.period, whole.breakdown
),
graded_figure AS (
    SELECT
        compared.*,
        CASE
            WHEN compared.own_rank = 3 AND computed_from.input_rank <= 2 THEN 2
            ELSE compared.own_rank
        END AS final_rank
    FROM compared
    LEFT JOIN computed_from
        ON computed_from.indicator_id = compared.indicator_id
        AND computed_from.unit_code = compared.unit_code
        AND computed_from.period = compared.period
        AND computed_from.breakdown = compared.breakdown
)
SELECT
    figure.indicator_id,
    figure.unit_code,
    figure.period,
    figure.breakdown,
    CASE WHEN figure.status_rank = 0 THEN figure.value END AS value,
    indicator.unit,
    CASE figure.status_rank
        WHEN 4 THEN 'suppressed' WHEN 3 THEN 'not_reported' WHEN 2 THEN 'not_yet' WHEN 1 THEN 'not_applicable'
        ELSE 'ok'
    END AS status,
    CASE figure.final_rank
        WHEN 0 THEN 'delivered' WHEN 1 THEN 'published' WHEN 2 THEN 'constrained' ELSE 'constructed'
    END AS basis,
    CASE WHEN figure.basis_rank > 0 THEN coalesce(figure.printed_fact_id, figure.fact_id) END AS fact_id,
    figure.count_numerator,
    figure.count_complement,
    figure.count_denominator,
    coalesce(figure.is_confirmed_zero, FALSE) AS is_confirmed_zero
FROM graded_figure AS figure
INNER JOIN reference.indicator ON indicator.indicator_id = figure.indicator_id
