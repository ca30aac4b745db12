"""What a table contract demands, as expectations and as SQL that counts the rows which break them.

Both are derived from the contract, so they cannot disagree about what is demanded. Nothing here knows Great
Expectations; foreign keys and code lists above `LONGEST_LIST` values are left to SQL.
"""

from dataclasses import dataclass
from typing import Any

from warehouse.constraints import Constraint, OneOf
from warehouse.tables import Table

LONGEST_LIST = 200


@dataclass(frozen=True)
class ExpectationSpec:
    """One demand. `type_name` and `kwargs` are Great Expectations' names; `id` is unique among all contracts.

    `column` is None for what is demanded of the table; `needs` are the columns without which it cannot be judged;
    `count_sql` is an SQL expression over the table's rows: how many of them break the demand. A `critical` demand is our
    contract with ourselves; one of `severity` warning is a rule about what was delivered, with the `rule_id` of its finding.
    """

    id: str
    type_name: str
    kwargs: dict[str, Any]
    column: str | None
    needs: frozenset[str]
    count_sql: str
    severity: str = "critical"
    rule_id: str | None = None


def expectations_of(contract: Table) -> list[ExpectationSpec]:
    """Every demand of the contract: the columns present, none missing a value, each constraint, the unique key."""
    return [
        _columns_present(contract),
        *(_not_null(contract, name) for name in contract.column_names if name not in contract.nullable),
        *(_constrained(contract, column.name, constraint)
          for column in contract.columns for constraint in column.constraints if _is_short(constraint)),
        _unique_key(contract),
    ]


def violation_counts_sql(contract: Table) -> str:
    """A SELECT that reads the table once and gives `expectation_id, unexpected_count`, one row per demand.

    A table that lacks one of the contract's columns makes the database refuse the query.
    """
    specs = expectations_of(contract)
    counts = ",\n    ".join(f"{spec.count_sql} AS count_{number}" for number, spec in enumerate(specs))
    lines = "\nUNION ALL\n".join(
        f"SELECT {_text(spec.id)} AS expectation_id, count_{number} AS unexpected_count FROM counted"
        for number, spec in enumerate(specs))
    return f"WITH counted AS (\nSELECT\n    {counts}\nFROM {contract.full_name}\n)\n{lines}"


def _is_short(constraint: Constraint) -> bool:
    return not isinstance(constraint, OneOf) or len(constraint.values) <= LONGEST_LIST


def _columns_present(contract: Table) -> ExpectationSpec:
    type_name = "ExpectTableColumnsToMatchSet"
    names = ", ".join(_text(name) for name in contract.column_names)
    strangers = f"count(*) FILTER (WHERE column_name NOT IN ({names}))"
    absent = f"{len(contract.column_names)} - count(*) FILTER (WHERE column_name IN ({names}))"
    return ExpectationSpec(
        _id(contract, None, type_name), type_name,
        {"column_set": list(contract.column_names), "exact_match": True}, None, frozenset(),
        f"(SELECT {strangers} + {absent} FROM information_schema.columns"
        f" WHERE table_schema = {_text(contract.schema)} AND table_name = {_text(contract.name)})")


def _not_null(contract: Table, column: str) -> ExpectationSpec:
    type_name = "ExpectColumnValuesToNotBeNull"
    return ExpectationSpec(_id(contract, column, type_name), type_name, {"column": column}, column,
                           frozenset({column}), f"count(*) FILTER (WHERE {column} IS NULL)")


def _constrained(contract: Table, column: str, constraint: Constraint) -> ExpectationSpec:
    type_name, kwargs = constraint.expectation(column)
    return ExpectationSpec(_id(contract, column, type_name), type_name, kwargs, column, frozenset({column}),
                           f"count(*) FILTER (WHERE NOT ({constraint.check_sql(column)}))")


def _unique_key(contract: Table) -> ExpectationSpec:
    """Great Expectations has one expectation for a single column and another for several together.

    Every row of a repeated key counts; rows without any key are the business of the not-null demands.
    """
    single = len(contract.key) == 1
    type_name = "ExpectColumnValuesToBeUnique" if single else "ExpectCompoundColumnsToBeUnique"
    kwargs = {"column": contract.key[0]} if single else {"column_list": list(contract.key)}
    stated = " OR ".join(f"{name} IS NOT NULL" for name in contract.key)
    repeated = (f"SELECT count(*) AS n FROM {contract.full_name} WHERE {stated}"
                f" GROUP BY {', '.join(contract.key)} HAVING count(*) > 1")
    return ExpectationSpec(_id(contract, None, type_name), type_name, kwargs, contract.key[0] if single else None,
                           frozenset(contract.key), f"(SELECT coalesce(sum(n), 0) FROM ({repeated}) AS repeated)")


def _id(contract: Table, column: str | None, type_name: str) -> str:
    return f"{contract.full_name}|{column or ''}|{type_name}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
