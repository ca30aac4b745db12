"""300 filled forms read by our readers, with safety, checks and places, beside python-calamine alone."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assets.forms.entry import Entry
from assets.forms.layout import form_fields
from assets.forms.periods import period_days
from assets.forms.workbook import workbook
from assets.sources import reader_of
from warehouse.reference_data import reference_rows

WORKBOOKS = 300
MUNICIPALITIES = ("2012", "0729", "0627")
READINGS = 3
"""Times each reading is timed; the least disturbed one counts."""

LARGEST_RATIO = 12.0
LARGEST_GROWTH = 20
"""MiB more a process may need for all the workbooks than for a tenth of them."""

READER = """
import sys
from pathlib import Path
from assets.sources import reader_of
from peak_memory import peak_mebibytes as peak
for line in sys.stdin.read().splitlines():
    stem, path = line.split(" ", 1)
    reader_of(stem).read(Path(path).read_bytes(), "x.xlsx")
print(peak())
"""


def filled(number: int) -> tuple[str, bytes]:
    """A form as a municipality fills it in: most figures, some signs and explanations, a page of text."""
    is_year = number % 3 == 0
    stem, code = ("data_requests" if is_year else "tertial_reports"), MUNICIPALITIES[number % 3]
    periods = [row["period"] for row in reference_rows("reporting_period") if "2018" <= row["period"] < "2019"]
    period = "2018" if is_year else periods[number % len(periods)]
    first, last = period_days(stem, period)
    entries = {"periode_fra": Entry(first), "periode_til": Entry(last), "dateringsgrunnlag": Entry("vedtaksdato")}
    for field in form_fields(stem):
        if field.kind == "text":
            entries[field.field_id] = Entry("Ingen endring siden forrige tertial. " * 20)
        elif field.is_figure and field.number % 7 == 0:
            entries[field.field_id] = Entry(sign="..", explanation="ikke talt")
        elif field.is_figure:
            entries[field.field_id] = Entry((number + field.number) % 90)
    return stem, workbook(stem, code, period, entries, entries)


@pytest.fixture(scope="module")
def forms(tmp_path_factory) -> Iterator[list[tuple[str, Path]]]:
    """The workbooks on disk, each with its source; taken away afterwards."""
    folder = tmp_path_factory.mktemp("skjemaer")
    paths = []
    for number in range(WORKBOOKS):
        stem, content = filled(number)
        path = folder / f"{number}.xlsx"
        path.write_bytes(content)
        paths.append((stem, path))
    yield paths
    for _, path in paths:
        path.unlink()


def with_ours(forms: list[tuple[str, Path]]) -> int:
    """The fields read."""
    return sum(reader_of(stem).read(path.read_bytes(), path.name).rows.num_rows for stem, path in forms)


def with_calamine(forms: list[tuple[str, Path]]) -> int:
    """The cells of every sheet."""
    from python_calamine import CalamineWorkbook

    cells = 0
    for _, path in forms:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        for name in book.sheet_names:
            cells += sum(map(len, book.get_sheet_by_name(name).to_python(skip_empty_area=False)))
    return cells


def least_seconds(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(READINGS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def peak_mebibytes(forms: list[tuple[str, Path]]) -> float:
    """The most memory a process of its own has had when it has read these."""
    done = subprocess.run([sys.executable, "-c", READER], input="\n".join(f"{stem} {path}" for stem, path in forms),
                          capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": ":".join([str(Path(__file__).parent), *sys.path])})
    return float(done.stdout)


@pytest.mark.benchmark
def test_three_hundred_forms_beside_calamine_alone(forms, capsys):
    """Prints seconds, ratio and memory. Fails when the ratio, or the growth of the memory, is out of hand."""
    expected = sum(len(form_fields(stem)) for stem, _ in forms)
    assert with_ours(forms[:3]) == sum(len(form_fields(stem)) for stem, _ in forms[:3])
    assert with_calamine(forms[:3]) > 0
    assert with_ours(forms) == expected
    ours, alone = least_seconds(lambda: with_ours(forms)), least_seconds(lambda: with_calamine(forms))
    few, all_of_them = peak_mebibytes(forms[:WORKBOOKS // 10]), peak_mebibytes(forms)
    with capsys.disabled():
        print(f"\n{WORKBOOKS} utfylte skjemaer, {sum(path.stat().st_size for _, path in forms) / 2**20:.1f} MiB, "
              f"{os.cpu_count()} kjerner")
        print(f"lesere med sikring og kontroll: {ours:.2f} s ({1000 * ours / WORKBOOKS:.1f} ms hver)")
        print(f"python-calamine alene:          {alone:.2f} s ({1000 * alone / WORKBOOKS:.1f} ms hver)")
        print(f"Forhold: {ours / alone:.1f} ganger python-calamine")
        print(f"Minne på det meste: {few:.0f} MiB for {WORKBOOKS // 10}, {all_of_them:.0f} MiB for {WORKBOOKS}")
    assert ours / alone < LARGEST_RATIO and all_of_them - few < LARGEST_GROWTH
