"""What is delivered as a form: the product's own workbook, or one of somebody else's together with its mapping.

Which form it is, and its reading. Shared by `tertial_reports` and `data_requests`.
"""

from assets.forms.layout import HIDDEN_SHEET
from assets.forms.periods import FORM_OF_TERTIAL
from assets.sources.form_mapping import read_mapping
from assets.sources.form_reading import read_fields
from assets.sources.form_table import form_named, form_table
from assets.sources.mapped_pair import Pair, pair_in
from assets.sources.mapped_places import mapped_table
from assets.sources.reading import Reading
from assets.sources.refusals import MAPPING_LINE, refusal
from assets.sources.workbook import OpenedWorkbook
from assets.sources.workbook_archive import looks_like_workbook
from expectations.finding import DeliveryRefused


def form_in(content: bytes, file_name: str) -> str | None:
    """The form a delivery says it is; empty text for a workbook that says nothing, None for what is no workbook."""
    try:
        if pair := pair_in(content):
            return read_mapping(pair.mapping, pair.mapping_name).stem
        if looks_like_workbook(content, file_name):
            return form_named(OpenedWorkbook(content, FORM_OF_TERTIAL, file_name)) or ""
    except DeliveryRefused:
        return ""
    return None


def read_form(stem: str, content: bytes, file_name: str) -> Reading:
    """The form read.

    Raises DeliveryRefused for a workbook that cannot be opened safely, without a sound hidden table or mapping, without
    period and dating basis (VR09), with a period that is none (VR43), or with a cell that cannot hold what is in it.
    """
    if pair := pair_in(content):
        return _read_mapped(stem, pair)
    book = OpenedWorkbook(content, stem, file_name)
    return read_fields(stem, book, form_table(book, stem, file_name), file_name)


def _read_mapped(stem: str, pair: Pair) -> Reading:
    mapping = read_mapping(pair.mapping, pair.mapping_name)
    book = OpenedWorkbook(pair.workbook, stem, pair.workbook_name)
    if HIDDEN_SHEET in book.sheet_names:
        raise refusal(MAPPING_LINE, stem, pair.workbook_name,
                      "arbeidsboken er et skjema fra «folgeeval template» og leses uten "
                      f"mapping. Lever den alene, og slett {pair.mapping_name}.")
    return read_fields(stem, book, mapped_table(mapping, book, pair.mapping_name), pair.workbook_name)
