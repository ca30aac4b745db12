"""The fields of the lines a finding names, as the file has them: for the person who is to mend the line.

Only of files that are kept as they came. What is known of an individual or an informant is never shown.
"""

from collections.abc import Iterable
from itertools import islice
from operator import itemgetter

from assets.sources import keeps_originals, reader_of
from assets.sources.delimited import table_of
from assets.sources.fixed_width import layout, numbered_lines
from expectations.finding import DeliveryRefused
from warehouse.harmless_text import on_one_line
from warehouse.reference_data import reference_rows

ACCOUNTS = "kostra_accounts"
MOST_LINES = 500
LONGEST_FIELD = 120

Fields = tuple[tuple[str, str], ...]


def line_fields(stem: str | None, content: bytes, file_name: str, numbers: Iterable[int]) -> dict[int, Fields]:
    """Heading and text of every field that is filled in, by line number; nothing for sources without such lines."""
    wanted = set(islice(sorted(set(numbers)), MOST_LINES))
    if not wanted or stem is None:
        return {}
    if stem == ACCOUNTS:
        return _of_accounts(content, wanted)
    reader = reader_of(stem)
    fields = getattr(reader, "FIELDS", None) if keeps_originals(reader) else None
    return {} if fields is None else _of_table(stem, fields, content, file_name, wanted)


def _of_accounts(content: bytes, wanted: set[int]) -> dict[int, Fields]:
    labels = {row["field"]: row["label_nb"] for row in reference_rows("accounts_record")}
    return {line.number: _filled((labels[field.name], line.text[field.start:field.end])
                                 for field in layout("accounts_record"))
            for line in numbered_lines(content) if line.number in wanted}


def _of_table(stem: str, fields, content: bytes, file_name: str, wanted: set[int]) -> dict[int, Fields]:
    try:
        table = table_of(stem, fields, content, file_name)
    except DeliveryRefused:
        return {}
    if table is None:
        return {}
    return {line: _filled(zip(table.headings, record, strict=False))
            for line, record in filter(lambda one: one[0] in wanted, table.records)}


def _filled(pairs: Iterable[tuple[str, str]]) -> Fields:
    shown = ((on_one_line(label.strip()), on_one_line(text.strip())[:LONGEST_FIELD]) for label, text in pairs)
    return tuple(filter(itemgetter(1), shown))
