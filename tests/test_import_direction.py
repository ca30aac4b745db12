"""Imports go one way between the rooms, and each heavy library has one door."""

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "warehouse": set(),
    "expectations": {"warehouse"},
    "dashboards": {"warehouse"},
    "assets": {"warehouse", "expectations", "dashboards"},
    "pipelines": {"warehouse", "expectations", "dashboards", "assets"},
}
RUNNER = "expectations/great_expectations_runner.py"
SETTINGS = "pipelines/settings.py"
DOORS = {  # library: the paths that may import it, as beginnings
    "duckdb": ("warehouse/database.py",),
    "great_expectations": (RUNNER,),
    "plotly": ("dashboards/",),
    "dagster": ("assets/", "pipelines/"),
}
ONLY_INSIDE_A_FUNCTION = {"great_expectations"}
FROM_OS = {"environ", "environb", "getenv", "putenv", "unsetenv"}


@dataclass(frozen=True)
class Use:
    """A name used in a module: `os.environ` or `warehouse.tables`, on a line, inside a function or not.

    `for_types` marks what stands under `if TYPE_CHECKING`: it is never run.
    """

    name: str
    line: int
    in_function: bool
    for_types: bool = False


def complaints(modules: Mapping[str, str]) -> list[str]:
    """What is wrong in the modules, given as path -> text."""
    return [f"{path}:{complaint}" for path, text in modules.items() for complaint in _complaints(path, text)]


def _complaints(path: str, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    imported = list(_imports(tree))
    for use in imported:
        yield from _room_complaints(path, use)
        yield from _door_complaints(path, use)
    for use in (*imported, *_attributes_of_os(tree)):
        if use.name in {f"os.{name}" for name in FROM_OS} and (path != SETTINGS or not use.in_function):
            yield f"{use.line}: {use.name} hører hjemme i en funksjon i {SETTINGS}"
    names = {use.name for use in imported}
    if "__future__.annotations" in names and any(name.split(".")[0] == "dagster" for name in names):
        yield "1: utsatte annotasjoner gjør Dagster-aktiva uleselige"


def _room_complaints(path: str, use: Use) -> Iterator[str]:
    room, other = path.split("/")[0], use.name.split(".")[0]
    if other in MAY_IMPORT and other != room and other not in MAY_IMPORT[room]:
        yield f"{use.line}: {room} kan ikke importere {use.name}"
    if other == "tests":
        yield f"{use.line}: produktet kan ikke importere prøvene"


def _door_complaints(path: str, use: Use) -> Iterator[str]:
    library = use.name.split(".")[0]
    door = next((name for name in DOORS if library == name or library.startswith(f"{name}_")), None)
    if door is None:
        return
    if not path.startswith(DOORS[door]):
        yield f"{use.line}: {library} importeres bare i {', '.join(DOORS[door])}"
    if door in ONLY_INSIDE_A_FUNCTION and not use.in_function and not use.for_types:
        yield f"{use.line}: {library} importeres bare inne i en funksjon"


def _imports(tree: ast.AST) -> Iterator[Use]:
    """Every import, also those made by name; `from a import b` counts as `a.b`."""
    for node, in_function, for_types in _walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and node.args and _last_name(node.func) in {"import_module", "__import__"}:
            names = [_leading_text(node.args[0])]
        yield from (Use(name, node.lineno, in_function, for_types) for name in names)


def _attributes_of_os(tree: ast.AST) -> Iterator[Use]:
    for node, in_function, _ in _walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            yield Use(f"os.{node.attr}", node.lineno, in_function)


def _walk(node: ast.AST, in_function: bool = False, for_types: bool = False) -> Iterator[tuple[ast.AST, bool, bool]]:
    yield node, in_function, for_types
    in_function = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    types_only = isinstance(node, ast.If) and _last_name(node.test) == "TYPE_CHECKING"
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, in_function, for_types or (types_only and child in node.body))


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _leading_text(node: ast.AST) -> str:
    """The text of a constant, or what an f-string begins with."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def our_modules() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
            for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))}


def test_our_rooms_import_one_way_through_one_door_per_library():
    modules = our_modules()
    assert {path.split("/")[0] for path in modules} == set(MAY_IMPORT)
    assert complaints(modules) == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_is_our_folder_and_not_a_package_of_the_same_name(room):
    specification = importlib.util.find_spec(room)
    assert Path(specification.origin).resolve() == ROOT / room / "__init__.py"


def test_relative_imports_are_not_used_so_that_a_module_tells_where_it_reads():
    relative = [path for path, text in our_modules().items() for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.ImportFrom) and node.level]
    assert relative == []


@pytest.mark.parametrize(("path", "text"), [
    ("warehouse/x.py", "from expectations.finding import Finding"),
    ("warehouse/x.py", "import assets"),
    ("expectations/x.py", "import dashboards.release"),
    ("dashboards/x.py", "from expectations import finding"),
    ("dashboards/pages/x.py", "from assets.sources import reading"),
    ("assets/x.py", "def run():\n    from pipelines.settings import home"),
    ("assets/x.py", "from importlib import import_module\nimport_module('pipelines.settings')"),
    ("assets/x.py", "import importlib\ndef load(n):\n    return importlib.import_module(f'pipelines.commands.{n}')"),
    ("expectations/x.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import assets.raw"),
    ("assets/x.py", "from tests.conftest import home"),
    ("assets/x.py", "import duckdb"),
    ("warehouse/tables.py", "import duckdb"),
    ("expectations/x.py", "def run():\n    import great_expectations as gx"),
    (RUNNER, "import great_expectations"),
    (RUNNER, "from great_expectations import ExpectationSuite"),
    ("assets/x.py", "import plotly.graph_objects as go"),
    ("dashboards/x.py", "from dagster import asset"),
    ("warehouse/x.py", "import dagster_webserver"),
    ("assets/x.py", "from __future__ import annotations\nimport dagster as dg"),
    ("warehouse/x.py", "import os\nhome = os.environ['HOME']"),
    ("pipelines/x.py", "import os\ndef home():\n    return os.getenv('HOME')"),
    ("pipelines/x.py", "from os import environ"),
    (SETTINGS, "import os\nHOME = os.environ.get('HOME')"),
])
def test_a_house_broken_on_purpose_is_complained_about(path, text):
    assert len(complaints({path: text})) == 1


@pytest.mark.parametrize(("path", "text"), [
    ("warehouse/x.py", "import os\nfrom warehouse.tables import Table\nos.replace('a', 'b')"),
    ("warehouse/database.py", "import duckdb"),
    ("expectations/x.py", "from warehouse.tables import Table"),
    (RUNNER, "def run():\n    import great_expectations\n    from great_expectations import ExpectationSuite"),
    (RUNNER, "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from great_expectations import Batch"),
    ("dashboards/x.py", "import plotly.graph_objects as go\nfrom warehouse.units import UNITS"),
    ("assets/x.py", "import dagster as dg\nfrom dashboards.release import Release\nimport expectations.finding"),
    ("pipelines/x.py", "from importlib import import_module\nname = 'x'\nimport_module(f'pipelines.commands.{name}')"),
    ("pipelines/x.py", "from __future__ import annotations\nimport assets.raw"),
    (SETTINGS, "import os\ndef home():\n    return os.environ.get('HOME')"),
    ("dashboards/x.py", "environment = {}\nprint(environment)"),
])
def test_an_innocent_module_is_not_complained_about(path, text):
    assert complaints({path: text}) == []
