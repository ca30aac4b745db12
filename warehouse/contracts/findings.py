"""The contracts of findings: what is wrong, where, and what became of it."""

from warehouse.tables import table

FINDINGS = (
    table("findings", "delivery_finding", "Et funn som leveransen alene viser, også når den siden er erstattet.",
          "finding_id rule_id level unit_code period stem file_name sheet cell line_numbers found expected message "
          "state delivery_id indicator_ids", "finding_id delivery_id",
          "unit_code period stem file_name sheet cell line_numbers found expected indicator_ids"),
    table("findings", "finding", "Et funn: en regel som ikke holder, med sted, verdi og råd.",
          "finding_id rule_id level unit_code period stem file_name sheet cell line_numbers found expected message "
          "state explanation_nb explained_by delivery_id indicator_ids", "finding_id",
          "unit_code period stem file_name sheet cell line_numbers found expected explanation_nb explained_by "
          "delivery_id indicator_ids"),
    table("findings", "finding_event", "En tilstand et funn gikk over i, og når; historikken slettes aldri.",
          "event_number finding_id event_at state rule_id level unit_code period message",
          "event_number", "unit_code period"),
    table("findings", "expectation_result", "Utfallet av én forventning til én tabell i siste oppdatering.",
          "table_name column_name expectation success unexpected_count examples severity rule_id observed",
          "table_name column_name expectation", "column_name examples rule_id observed"),
)
