"""What may be shown of which problemstillinger the informant groups have spoken of: cells of at least five, and no
totals.

A cell tells the number rounded down to whole fives. An exact number that fell by one between two releases would tell
what the one who withdrew had spoken of.
"""

from typing import Any

from assets.disclosure import FEWEST_INFORMANTS
from warehouse.database import Connection, records


def public_coverage(connection: Connection) -> list[dict[str, Any]]:
    """One dict per year, group and problemstilling, in order; `at_least` is None where there are too few or none.

    Too few and none are told alike.
    """
    cells = records(connection, "SELECT interview_year, informant_group, delmaal, problemstilling_no, informant_count "
                    "FROM marts.interview_coverage ORDER BY interview_year, informant_group, problemstilling_no")
    return [{**{name: cell[name] for name in ("interview_year", "informant_group", "delmaal", "problemstilling_no")},
             "at_least": cell["informant_count"] // FEWEST_INFORMANTS * FEWEST_INFORMANTS or None} for cell in cells]
