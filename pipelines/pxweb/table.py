"""What a table has to choose from: its variables with codes and names, as the service's metadata give them."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from assets.sources.json_stat import BrokenDataSet, dimensions_of
from pipelines.failures import FetchFailed
from pipelines.pxweb.wording import plain

MOST_NAMED = 8


@dataclass(frozen=True)
class Variable:
    """One variable: its codes in order, their names, and whether the service answers for the whole without it."""

    code: str
    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    may_be_left_out: bool

    def near(self, text: str) -> list[str]:
        """A few codes like the text, or whose name holds it, each with its name."""
        named = dict(zip(self.codes, self.names, strict=True))
        found = get_close_matches(text, self.codes, n=3, cutoff=0.5)
        found += [code for code, name in named.items() if text.lower() in name.lower() and code not in found]
        return [as_named(code, named[code]) for code in found[:5]]

    def some(self) -> str:
        """The first codes with their names, and how many there are."""
        shown = [as_named(code, name) for code, name in zip(self.codes[:MOST_NAMED], self.names, strict=False)]
        more = f" og {len(self.codes) - MOST_NAMED} til" if len(self.codes) > MOST_NAMED else ""
        return ", ".join(shown) + more


def as_named(code: str, name: str) -> str:
    return plain(code if name in ("", code) else f"{code} ({name})")



@dataclass(frozen=True)
class Table:
    """A table's name and its variables in the order of the service."""

    table_id: str
    title: str
    variables: tuple[Variable, ...]

    def variable(self, code: str) -> Variable | None:
        return next((variable for variable in self.variables if variable.code == code), None)


def table_of_v0(table_id: str, document: dict[str, Any]) -> Table:
    """The table of v0's metadata. Raises FetchFailed when they are not what they should be."""
    try:
        variables = [Variable(
            _text(node["code"]), str(node.get("text") or ""), tuple(map(_text, node["values"])),
            tuple(map(str, node.get("valueTexts") or node["values"])), node.get("elimination") is True)
            for node in document["variables"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise _unreadable() from error
    return _checked(table_id, str(document.get("title") or ""), variables)


def table_of_v2(table_id: str, document: dict[str, Any]) -> Table:
    """The table of v2's metadata, a data set of JSON-stat 2 without cells. Raises FetchFailed as above."""
    try:
        dimensions = dimensions_of(document)
        nodes = [document["dimension"][dimension.name] for dimension in dimensions]
        variables = [Variable(
            dimension.name, str(node.get("label") or ""), dimension.codes,
            tuple(dimension.labels.get(code, "") for code in dimension.codes),
            (node.get("extension") or {}).get("elimination") is True)
            for dimension, node in zip(dimensions, nodes, strict=True)]
    except (BrokenDataSet, KeyError, TypeError, AttributeError) as error:
        raise _unreadable() from error
    return _checked(table_id, str(document.get("label") or ""), variables)


def _text(node: Any) -> str:
    if not isinstance(node, str):
        raise TypeError("en kode er ikke tekst")
    return node


def _checked(table_id: str, title: str, variables: Iterable[Variable]) -> Table:
    table = Table(table_id, plain(title), tuple(variables))
    codes = [variable.code for variable in table.variables]
    broken = not codes or len(set(codes)) != len(codes) or any(
        not variable.codes or len(set(variable.codes)) != len(variable.codes) or len(variable.names) != len(variable.codes)
        for variable in table.variables)
    if broken:
        raise _unreadable()
    return table


def _unreadable() -> FetchFailed:
    return FetchFailed("tjenestens beskrivelse av tabellen kan ikke leses. Kontroller adressen og --api.")
