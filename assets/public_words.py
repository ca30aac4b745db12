"""Words of the senders in a finding's text: names of files and of sheets, told outside only where they tell nothing."""

from collections.abc import Callable

from assets.public_file_names import OTHER_SHEET, form_sheets, public_file_name
from warehouse.database import Connection, rows
from warehouse.harmless_text import on_one_line

Replaced = Callable[[str], str]

_FORMS = ("tertial_reports_cell", "data_requests_cell")


def words_to_replace(connection: Connection) -> Replaced:
    """The function that gives a text with every delivered name that is not plain put as the house calls it."""
    names = {shown: public_file_name(name, stem, delivery_id) for name, stem, delivery_id in rows(
        connection, "SELECT file_name, stem, delivery_id FROM register.delivery ORDER BY delivery_id DESC")
        for shown in (name, on_one_line(name))}
    sheets = {sheet for table in _FORMS for (sheet,) in rows(
        connection, f"SELECT DISTINCT sheet FROM raw.{table} WHERE sheet IS NOT NULL")} - form_sheets()
    told = {**{f"«{shown}»": f"«{OTHER_SHEET}»" for sheet in sheets for shown in (sheet, on_one_line(sheet))},
            **{name: public for name, public in names.items() if public != name}}

    def replaced(text: str) -> str:
        for word in sorted(told, key=len, reverse=True):
            text = text.replace(word, told[word])
        return text

    return replaced
