"""Forms to test with: sound ones from the writer, and the same with one thing changed by somebody else's hand."""

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest

from assets.forms.entry import Entry
from assets.forms.layout import FORM_VERSION, form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook

DATING = {"tertial_reports": "vedtaksdato", "data_requests": "status"}
PERIOD = {"tertial_reports": "2018-T3", "data_requests": "2018"}


def _filled(stem: str = "tertial_reports", code: str = "2012", period: str | None = None,
            entries: Mapping[str, Entry] | None = None) -> bytes:
    period = period or PERIOD[stem]
    first, last = period_days(stem, period)
    return workbook(stem, code, period, {
        "periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry(DATING[stem]),
        **(entries or {})})


def _edited(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _repacked(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


@pytest.fixture
def filled() -> Callable[..., bytes]:
    """A form with period and dating basis and the given entries."""
    return _filled


@pytest.fixture
def edited() -> Callable[..., bytes]:
    """A workbook after somebody has changed it in a spreadsheet (openpyxl) and saved it."""
    return _edited


@pytest.fixture
def repacked() -> Callable[..., bytes]:
    """A workbook whose zip members somebody has changed."""
    return _repacked


@pytest.fixture(params=tuple(FORM_VERSION))
def stem(request) -> str:
    """Each of the forms."""
    return request.param


@pytest.fixture
def fields(stem) -> dict:
    """The fields of the form by id."""
    return {field.field_id: field for field in form_fields(stem)}
