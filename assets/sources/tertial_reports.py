"""The municipality's tertial report (tertialrapport): the product's own workbook, one municipality and tertial a file.

A workbook that says nothing about which form it is also ends here, to be refused with a reason.
"""

from assets.sources.form_delivery import form_in, read_form
from assets.sources.reading import Reading

STEM = "tertial_reports"


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the content is a workbook that no other form has claimed, or is called one."""
    return form_in(content, file_name) in (STEM, "")


def read(content: bytes, file_name: str) -> Reading:
    """The report read. Raises DeliveryRefused as `read_form`."""
    return read_form(STEM, content, file_name)
