"""The evaluators' own yearly form (dataforespørsel): the product's own workbook, one municipality and year a file."""

from assets.sources.form_delivery import form_in, read_form
from assets.sources.reading import Reading

STEM = "data_requests"


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the content is a workbook whose hidden sheet says that it is this form."""
    return form_in(content, file_name) == STEM


def read(content: bytes, file_name: str) -> Reading:
    """The form read. Raises DeliveryRefused as `read_form`."""
    return read_form(STEM, content, file_name)
