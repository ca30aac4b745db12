"""A data set as a cube: dimensions, and every cell with its codes, value and status sign.

How a cube is read from a file belongs in `json_stat.py`; what its dimensions mean, in the readers of the sources.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Dimension:
    """One dimension: category codes in order, their labels, and units where it is the metric dimension."""

    name: str
    codes: tuple[str, ...]
    labels: dict[str, str]
    units: dict[str, str]


def place_of(index: int) -> str:
    """How a cell's place is written for a person."""
    return f"value[{index}]"


class CubeCell(NamedTuple):
    """One cell as delivered: its index in the flat value list, codes by dimension, value and sign."""

    index: int
    keys: dict[str, str]
    value: float | int | None
    sign: str | None

    @property
    def place(self) -> str:
        return place_of(self.index)


@dataclass(frozen=True)
class Cube:
    """A data set. `values` and `signs` have one entry per cell in row-major order of the dimensions."""

    dimensions: tuple[Dimension, ...]
    values: tuple[float | int | None, ...]
    signs: tuple[str | None, ...]
    label: str = ""
    updated: str | None = None
    extension: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def metrics(self) -> tuple[Dimension, ...]:
        """The dimensions whose categories have units."""
        return tuple(dimension for dimension in self.dimensions if dimension.units)

    @cached_property
    def by_name(self) -> dict[str, Dimension]:
        return {dimension.name: dimension for dimension in self.dimensions}

    def cells(self) -> Iterator[CubeCell]:
        """Every cell, also the missing ones, in the order of the value list."""
        names = [dimension.name for dimension in self.dimensions]
        codes = product(*(dimension.codes for dimension in self.dimensions))
        for index, (keys, value, sign) in enumerate(zip(codes, self.values, self.signs, strict=True)):
            yield CubeCell(index, dict(zip(names, keys, strict=True)), value, sign)
