"""Columns that stand together in more than one table."""

CORRECTION_COLUMNS = (
    "correction_id stem source_unit_code period dataset_code place_key correction_action expected_value corrected_value "
    "reason_nb told_to told_on recorded_on valid_until")
"""What is written of a correction: which number, what is done to it, why, who was told, and how long it holds."""
