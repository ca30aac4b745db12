"""The contract of every table, layer by layer. A table that is not here does not exist.

One module a layer; indicator tables share one contract (`indicator_part`).
"""

from warehouse.contracts.core import CORE
from warehouse.contracts.findings import FINDINGS
from warehouse.contracts.indicators import MARTS, indicator_part
from warehouse.contracts.raw import RAW
from warehouse.contracts.reference import REFERENCE
from warehouse.contracts.register import REGISTER
from warehouse.tables import Table

FIXED_TABLES: tuple[Table, ...] = REGISTER + REFERENCE + RAW + CORE + MARTS + FINDINGS
RAW_BY_STEM: dict[str, Table] = {contract.name.rpartition("_")[0]: contract for contract in RAW}
"""The raw table of each source: `ledger` gives `raw.ledger_line`. Its rows are lines of a file or cells of a data set."""

BY_NAME: dict[str, Table] = {contract.full_name: contract for contract in FIXED_TABLES}


def contract_of(schema: str, name: str) -> Table:
    """The contract of a table. Raises KeyError for a table nobody has described."""
    if schema == "indicators":
        return indicator_part(name)
    return BY_NAME[f"{schema}.{name}"]
