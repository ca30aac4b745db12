"""What stands in words in a demo form: progress texts, choices, and the municipality's explanations of its numbers.

The words are data (`warehouse/reference/demo_text.csv`). A row without a period holds for all periods.
"""

from warehouse.reference_data import reference_rows


def words_of(stem: str, unit_code: str, period: str) -> dict[str, str]:
    """The words by field id: the answer itself in text and choice fields, the explanation beside a figure."""
    found: dict[str, str] = {}
    for row in reference_rows("demo_text"):
        if (row["stem"], row["unit_code"]) == (stem, unit_code) and row["period"] in ("", period):
            found[row["field_id"]] = row["text_nb"]
    return found


def texts_to_approve() -> list[str]:
    """The progress texts the demo lets through the review; the others wait for a reader."""
    return [row["text_nb"] for row in reference_rows("demo_text") if row["is_approved"] == "true"]
