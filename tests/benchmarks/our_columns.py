"""Our side of a speed test of column rules, as a process of its own: the contract counted in SQL, told by one summary.

python our_columns.py SAMPLE.parquet

Prints seconds to load and to validate, the demands that are broken, and the most memory held (MB), as JSON.
"""

import json
import sys
import time

from peak_memory import peak_mebibytes

from expectations.contract_suite import expectations_of, violation_counts_sql
from expectations.great_expectations_runner import validate_counts
from warehouse.contracts import contract_of
from warehouse.database import in_memory, rows

CONTRACT = contract_of("raw", "kostra_accounts_line")


def main(sample: str) -> dict:
    import great_expectations  # noqa: F401  (each side has imported its library before the clock starts)

    with in_memory() as connection:
        marks = [time.perf_counter()]
        connection.execute(f"CREATE OR REPLACE TABLE {CONTRACT.full_name} AS SELECT * FROM read_parquet('{sample}')")
        marks.append(time.perf_counter())
        outcomes = validate_counts({CONTRACT: rows(connection, violation_counts_sql(CONTRACT))})
        marks.append(time.perf_counter())
    broken = [f"{spec.column or ''}:{spec.type_name}" for spec, outcome in zip(
        expectations_of(CONTRACT), outcomes, strict=True) if not outcome.success]
    return {"load": marks[1] - marks[0], "validate": marks[2] - marks[1], "broken": sorted(broken)}


if __name__ == "__main__":
    print(json.dumps({**main(sys.argv[1]), "memory": peak_mebibytes()}))
