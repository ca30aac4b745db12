"""Sound files of every source, that the fuzzing starts from: the demo's, the test deliveries, forms and drawn files."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

from assets.sources import recognise
from expectations.finding import DeliveryRefused

TESTS = Path(__file__).resolve().parents[1]
LARGEST_SEED = 60_000
MOST_OF_ONE = 12
"""Files kept of one source: sound ones before faulty, small ones before large; a change then meets more of the reader."""

MAPPING = """felt_id;ark;celle;radtekst;kolonnetekst;enhet;verdi
skjema;;;;;;Tertialrapport
kommunenummer;;;;;;2012
periode;;;;;;2018-T3
periode_fra;;;;;;01.09.2018
periode_til;;;;;;31.12.2018
dateringsgrunnlag;;;;;;vedtaksdato
meldinger;Ark;;Meldinger;3. tertial;;
forsoek_i_alt;Ark;C3;;;kr;
"""

Seed = tuple[str, bytes]


@cache
def seeds() -> dict[str, list[Seed]]:
    """Files (name and content) by what reads them; mapped workbooks and tables in workbooks have names of their own."""
    found: dict[str, list[Seed]] = {}
    for name, content in [*_demo_files(), *_test_deliveries(), ("15f.xml", _child_records()), _project()]:
        reader = recognise(content, name)
        found.setdefault(reader.STEM if reader else "unknown", []).append((name, _shortened(content)))
    chosen = {stem: sorted(files, key=_sound_and_small)[:MOST_OF_ONE] for stem, files in found.items()}
    return {**chosen, "mapped workbook": [_mapped()], "table of codings": _codings(), "table in a workbook": _tables(chosen)}


def _sound_and_small(seed: Seed) -> tuple[bool, int]:
    name, content = seed
    return not is_read(content, name), len(content)


def is_read(content: bytes, name: str) -> bool:
    reader = recognise(content, name)
    try:
        return reader is not None and reader.read(content, name) is not None
    except DeliveryRefused:
        return False


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


def _project() -> Seed:
    drawing = _drawn("assets/interviews/conftest.py").Drawing()
    sources = [drawing.source(number, "own 0-5 A\nmeetings 2-4 B\nearly whole A") for number in (1, 2)]
    return "intervjuer.qdpx", drawing.qdpx(*sources)


def _codings() -> list[Seed]:
    """The tables of coding tools, each with its register of documents, and one without; and one as a workbook."""
    drawn = _drawn("assets/interviews/test_coding_tables.py")
    bundles = [("kodinger.csv.zip", drawn.delivered(table)) for table in drawn.TABLES.values()]
    book = drawn.delivered(drawn.workbook(drawn.TAGUETTE, ","), name="kodinger.xlsx")
    return [*bundles, ("kodinger.csv", drawn.TAGUETTE.encode()), ("kodinger.xlsx.zip", book)]


def _mapped() -> Seed:
    """A home-made workbook with its mapping, as the two are joined in the inbox."""
    import io

    import openpyxl

    from assets.sources.mapped_pair import PAIR_SUFFIX, paired

    book = openpyxl.Workbook()
    book.active.title = "Ark"
    for row in (("", "2. tertial", "3. tertial"), ("Meldinger", 200, 255), ("Forsøket", 1, 34_900_500), ("Akutt", 9, "..")):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return "hjemme.xlsx" + PAIR_SUFFIX, paired("hjemme.xlsx", packed.getvalue(), MAPPING.encode())


def _tables(chosen: dict[str, list[Seed]]) -> list[Seed]:
    """The smallest delimited file of each source as a sheet of a workbook."""
    import io

    import openpyxl

    made = []
    for stem in ("ledger", "grants", "rates", "bufetat", "surveys", "supervision", "supplier_invoices"):
        name, content = next(seed for seed in chosen[stem] if b";" in seed[1] and b'"' not in seed[1] and is_read(*seed[::-1]))
        book = openpyxl.Workbook()
        for line in content.decode("utf-8", errors="replace").lstrip("\ufeff").splitlines():
            book.active.append(line.split(";"))
        packed = io.BytesIO()
        book.save(packed)
        made.append((Path(name).stem + ".xlsx", packed.getvalue()))
    return made
