"""The shipped reference tables: small CSV files in `warehouse/reference/`, read once."""

import csv
from functools import cache
from importlib.resources import files
from pathlib import Path


def reference_path(name: str) -> Path:
    """The path of `warehouse/reference/<name>.csv`. Raises FileNotFoundError for an unknown name."""
    path = Path(str(files("warehouse") / "reference" / f"{name}.csv"))
    if not path.exists():
        raise FileNotFoundError(f"Referansetabellen {name}.csv finnes ikke")
    return path


@cache
def reference_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a reference table as dictionaries of text; empty cells are empty strings."""
    with reference_path(name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
