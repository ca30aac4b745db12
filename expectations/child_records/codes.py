"""The code lists of form 15F (`child_record_code.csv`), by list: which codes there are, and what is said of each."""

from collections.abc import Iterable
from functools import cache

from warehouse.reference_data import reference_rows


@cache
def codes_of(code_list: str) -> tuple[str, ...]:
    """The codes of a list, in its order. Raises KeyError for a list that is not there."""
    found = tuple(row["code"] for row in reference_rows("child_record_code") if row["code_list"] == code_list)
    if not found:
        raise KeyError(code_list)
    return found


def needs_specification(code_list: str, codes: Iterable[str]) -> bool:
    """Whether any of the codes must be explained in words."""
    return not _marked(code_list, "needs_specification").isdisjoint(codes)


def is_placement(measure_code: str) -> bool:
    """Whether a child with the measure lives outside its home."""
    return measure_code in _marked("measure_category", "is_placement")


@cache
def _marked(code_list: str, mark: str) -> frozenset[str]:
    return frozenset(row["code"] for row in reference_rows("child_record_code")
                     if row["code_list"] == code_list and row[mark] == "true")
