"""Whether a text that is to go to one municipality names another: a rule may hold one municipality's numbers against another's.
"""

import re
from collections.abc import Iterable
from functools import cache

from warehouse.reference_data import reference_rows


def names_another(text: str, own: Iterable[str]) -> bool:
    """Whether the text names a municipality, or gives its number as one, that is none of the units of `own`."""
    return any(pattern.search(text) for code, pattern in _names() if code not in set(own))


@cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every municipality's name, and its number where it is said to be one, with the unit it belongs to."""
    return tuple((row["unit_code"], re.compile(
        rf"\b{re.escape(row['municipality_name'])}\b|\bkommune(?:n|nr|nummer)?\.? {row['source_municipality_code']}\b"))
        for row in reference_rows("municipality_code"))
