"""The municipalities' own words that may be shown: only texts somebody has read and approved, and how many wait."""

from typing import Any

from warehouse.database import Connection, records, rows
from warehouse.harmless_text import visible


def public_texts(connection: Connection) -> list[dict[str, Any]]:
    """One dict per approved text: unit_code, period, delmaal, text, basis; newest tertial first, then by delmål.

    What cannot be seen in a text is written out, so that nobody reads another text than the one that was approved.
    """
    found = records(
        connection, "SELECT text.unit_code, text.period, text.delmaal, text.value_text AS text, "
        "coalesce(provenance.basis, 'delivered') AS basis FROM core.progress_text AS text "
        "LEFT JOIN register.provenance ON provenance.delivery_id = text.delivery_id "
        "AND text.cell_number BETWEEN provenance.place_from AND provenance.place_to "
        "WHERE text.is_reviewed ORDER BY text.unit_code, text.period DESC, text.delmaal")
    return [{**text, "text": visible(text["text"])} for text in found]


def texts_waiting(connection: Connection) -> dict[str, int]:
    """How many texts of each unit nobody has decided about; one that is withheld does not wait."""
    return dict(rows(connection, "SELECT unit_code, count(*) FROM core.progress_text WHERE NOT is_reviewed "
                     "AND sha256(value_text) NOT IN (SELECT text_sha256 FROM register.text_review) "
                     "GROUP BY unit_code ORDER BY unit_code"))
