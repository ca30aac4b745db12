"""Sound files of every source, that the fuzzing starts from: the demo's, the test deliveries, forms and drawn files."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

from assets.sources import recognise

TESTS = Path(__file__).resolve().parents[1]
LARGEST_SEED = 60_000
MOST_OF_ONE = 12
"""Files kept of one source: the smallest, since a change then meets more of what the reader does."""

Seed = tuple[str, bytes]


@cache
def seeds() -> dict[str, list[Seed]]:
    """Files (name and content) by what reads them; mapped workbooks and tables in workbooks have names of their own."""
    found: dict[str, list[Seed]] = {}
    for name, content in [*_demo_files(), *_test_deliveries(), ("15f.xml", _child_records())]:
        reader = recognise(content, name)
        found.setdefault(reader.STEM if reader else "unknown", []).append((name, _shortened(content)))
    chosen = {stem: sorted(files, key=lambda file: len(file[1]))[:MOST_OF_ONE] for stem, files in found.items()}
    return {**chosen, "mapped workbook": [_mapped()], "table in a workbook": _tables(chosen)}


def _demo_files() -> list[Seed]:
    from assets.demo import demo_deliveries

    return [(Path(delivery.path).name, delivery.content) for delivery in demo_deliveries()]


def _test_deliveries() -> list[Seed]:
    return [(path.name, path.read_bytes()) for path in sorted((TESTS / "deliveries").rglob("*")) if path.is_file()]


def _shortened(content: bytes) -> bytes:
    """A long text's first lines are as good; a workbook or project is kept whole."""
    if content.startswith(b"PK") or len(content) < LARGEST_SEED or content.lstrip()[:1] in b"{<":
        return content
    return b"\n".join(content.split(b"\n")[:200])


def _drawn(place: str) -> ModuleType:
    """What the tests of a source draw files with."""
    specification = importlib.util.spec_from_file_location(place.replace("/", "_"), TESTS / place)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _child_records() -> bytes:
    return _drawn("assets/child_records/conftest.py").Drawing().file("""
        child 2014-05 start=2017-02-01
        report 2018-01-10 2018-01-15 2 by=11,22+ of=7,8
        study 2018-01-15 2018-03-01 1 why=7
        measure 2018-02-01 - 4.1 law=BVL/4/4/2 also=BVL/4/12 lift=1
        move 2018-06-01 1.1.1 to=6
        child - start=2018-01-01
        report 2018-04-10 - by=1 of=2
        plan 2018-02-01 - 1""")


def _mapped() -> Seed:
    """A home-made workbook with its mapping, as the two are joined in the inbox."""
    import io

    import openpyxl

    from assets.forms.mapping_skeleton import mapping_skeleton
    from assets.sources.mapped_pair import PAIR_SUFFIX, paired

    book = openpyxl.Workbook()
    book.active.title = "Tall"
    for row in (("Vår oversikt", "T1"), ("meldinger", 12), ("undersøkelser", 7.5), ("ukjent", ".."), ("dato", "03.05.2018")):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    lines = mapping_skeleton("tertial_reports", "2012", "2018-T1").decode("utf-8-sig").split("\r\n")
    for at, (sheet, cell) in zip((8, 9, 10, 11), (("Tall", "B2"), ("Tall", "B3"), ("Tall", "B4"), ("Tall", "B5")), strict=True):
        fields = lines[at].split(";")
        lines[at] = ";".join([fields[0], sheet, cell, *fields[3:]])
    return "hjemmelaget.xlsx" + PAIR_SUFFIX, paired("hjemmelaget.xlsx", packed.getvalue(), "\r\n".join(lines).encode())


def _tables(chosen: dict[str, list[Seed]]) -> list[Seed]:
    """The smallest delimited file of each source as a sheet of a workbook."""
    import io

    import openpyxl

    made = []
    for stem in ("ledger", "grants", "rates", "bufetat", "surveys", "supervision", "supplier_invoices"):
        name, content = next(seed for seed in chosen[stem] if b";" in seed[1] and b'"' not in seed[1])
        book = openpyxl.Workbook()
        for line in content.decode("utf-8", errors="replace").lstrip("\ufeff").splitlines():
            book.active.append(line.split(";"))
        packed = io.BytesIO()
        book.save(packed)
        made.append((Path(name).stem + ".xlsx", packed.getvalue()))
    return made
