"""The contract all indicator tables share, and that of the values made from them."""

from warehouse.tables import Table, table

INDICATOR_PART_COLUMNS = "unit_code period breakdown term role amount status delivery_id place_number"


def indicator_part(name: str) -> Table:
    """The contract of one indicator's table: one row per delivered number that takes part in it.

    value = sum over terms of (sum of numerators / sum of denominators, 1 where a term has none).
    """
    return table("indicators", name, "Et levert tall som inngår i indikatoren, med rolle og fortegn.",
                 INDICATOR_PART_COLUMNS, "unit_code period breakdown term role delivery_id place_number", "amount")


MARTS = (
    table("marts", "indicator_value", "En indikator for en enhet, en periode og en fordeling; evaluatorenes nivå.",
          "indicator_id unit_code period breakdown value unit status basis fact_id count_numerator count_complement "
          "count_denominator is_confirmed_zero", "indicator_id unit_code period breakdown",
          "value fact_id count_numerator count_complement count_denominator"),
    table("marts", "corrected_number", "Et tall og en rettelse i kraft av noe det er laget av.",
          "indicator_id unit_code period breakdown correction_id correction_action",
          "indicator_id unit_code period breakdown correction_id"),
    table("marts", "interview_coverage",
          "Hvor mange i en informantgruppe som er kodet på en problemstilling; evaluatorenes nivå.",
          "interview_year informant_group delmaal problemstilling_no informant_count",
          "interview_year informant_group problemstilling_no"),
)
