"""A project of 200 MB through the door: its peak memory and time beside those of a plain reading of the whole file.

Most of such a file is sound and pictures, stored as they are; its project.qde is large by long quotations. Each reading
is a process of its own, so that its peak is its own.
"""

import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from warehouse.number_format import format_number

pytestmark = pytest.mark.benchmark

MEDIA_FILES, MEDIA_BYTES = 10, 15_000_000
INTERVIEWS, CODINGS_EACH = 60, 500
QUOTATION = "Et konstruert utsnitt som ingen har sagt. " * 40
HIGHEST_PEAK_MB = 250
"""Of the whole process, with pyarrow and the 30 060 rows that are kept; the file and project.qde are larger each."""

_PEAK = """import json, time
start = time.perf_counter()
{}
from peak_memory import peak_mebibytes
peak = peak_mebibytes()
print(json.dumps([count, time.perf_counter() - start, peak]))
"""
OURS = _PEAK.format("""
import sys
from pathlib import Path
from assets.inbox_file import read_once
from assets.sources import recognise
path = Path(sys.argv[1])
content = read_once(path).content
reader = recognise(content, path.name)
reading = reader.read(content, path.name)
extract = reader.extract(reading)
count = sum(kind == "coding" for kind in reading.rows.column("record_kind").to_pylist())
""")
IMPORTS_ONLY = _PEAK.format("import pyarrow, assets.intake, defusedxml.ElementTree; count = 0")
PLAIN = _PEAK.format("""
import hashlib, io, sys, zipfile
from pathlib import Path
from xml.etree import ElementTree
content = Path(sys.argv[1]).read_bytes()
hashlib.sha256(content).hexdigest()
root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("project.qde"))
count = sum(element.tag.endswith("}Coding") for element in root.iter())
""")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    path = tmp_path_factory.mktemp("project") / "stort.qdpx"
    noise = random.Random(1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        with archive.open("project.qde", "w") as file:
            file.writelines(_project())
        for number in range(MEDIA_FILES):
            archive.writestr(f"sources/{number}.m4a", noise.randbytes(MEDIA_BYTES))
    yield path
    path.unlink()


def _project():
    names = {"Informantgruppe": "ungdom", "Intervjuår": "2019", "Samtykke": "gitt", "Verifisert": "ja"}
    said = "".join(f'<VariableValue><VariableRef targetGUID="{name}"/><TextValue>{value}</TextValue></VariableValue>'
                   for name, value in names.items())
    variables = "".join(f'<Variable guid="{name}" name="{name}"/>' for name in names)
    yield ('<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes><Code guid="k" name="Tidlig hjelp"/></Codes>'
           f"</CodeBook><Variables>{variables}</Variables><Sources>").encode()
    for interview in range(INTERVIEWS):
        yield f'<TextSource guid="kilde-{interview}" name="x">{said}'.encode()
        for place in range(CODINGS_EACH):
            yield (f'<PlainTextSelection startPosition="{place}" endPosition="{place + 40}"><Description>{QUOTATION}'
                   f'</Description><Coding guid="{interview}-{place}"><CodeRef targetGUID="k"/></Coding>'
                   "</PlainTextSelection>").encode()
        yield b"</TextSource>"
    yield b"</Sources></Project>"


def measured(script: str, path: Path) -> tuple[int, float, float]:
    """How many codings were found, in how many seconds, and the process's peak in MB."""
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True,
                          timeout=300, env={**os.environ, "PYTHONPATH": ":".join([str(Path(__file__).parent), *sys.path])})
    return tuple(json.loads(done.stdout))


def test_a_project_of_200_mb_is_read_without_being_held_in_memory(project):
    size = project.stat().st_size / 1e6
    with zipfile.ZipFile(project) as archive:
        xml = archive.getinfo("project.qde").file_size / 1e6
    (_, _, base), ours, plain = (measured(script, project) for script in (IMPORTS_ONLY, OURS, PLAIN))
    print(f"\nFil {format_number(size, 0)} MB, project.qde {format_number(xml, 0)} MB, "
          f"{format_number(ours[0], 0)} kodinger")
    for name, (_, seconds, peak) in (("følgeeval, med sum og uttrekk", ours), ("zipfile og ElementTree", plain)):
        print(f"{name:<30} {format_number(seconds, 1):>6} s  {format_number(peak, 0):>5} MB på det meste")
    print(f"{'bare bibliotekene':<30} {'':>8}  {format_number(base, 0):>5} MB")
    assert ours[0] == plain[0] == INTERVIEWS * CODINGS_EACH and size > 195 and xml > 45
    assert ours[2] < HIGHEST_PEAK_MB < plain[2]
