"""From what a person asks for to the codes the service is asked for; nothing is asked that it does not have.

A code the service does not have gives no rows and no error there, so it must be caught here.
"""

import re
from collections.abc import Sequence

from assets.sources.fields import FIRST_YEAR
from assets.sources.statistics_tables import statistics_table
from pipelines.failures import WrongUsage
from pipelines.pxweb.service import Choice
from pipelines.pxweb.table import Table, Variable
from warehouse.reference_data import reference_rows

FIRST_YEAR_USED = 2013
SINGLE_YEAR_OF_AGE = r"[01][0-9]{2}\+?"
ALL = "*"


def asked(selections: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """`Region=2012,0729` as codes by variable; a variable named twice has both lists. Raises WrongUsage."""
    found: dict[str, tuple[str, ...]] = {}
    for selection in selections:
        code, equals, values = selection.partition("=")
        listed = tuple(value.strip() for value in values.split(",") if value.strip())
        if not code.strip() or not equals or not listed:
            raise WrongUsage(f"--select {selection}: skriv variabel, likhetstegn og koder, for eksempel Tid=2017,2018")
        found[code.strip()] = (*found.get(code.strip(), ()), *listed)
    return found


def ready_made(table: Table) -> dict[str, tuple[str, ...]]:
    """What the platform uses of the table, among the codes the service has; empty for tables it has no use for."""
    row = statistics_table(table.table_id)
    pieces = row["selection"].split(";") if row and row["selection"] else []
    chosen = {}
    for code, _, text in (piece.partition("=") for piece in pieces):
        variable = table.variable(code)
        if variable is not None and (codes := _used(variable, text)):
            chosen[code] = codes
    return chosen


def _used(variable: Variable, text: str) -> tuple[str, ...]:
    """The variable's codes that a ready-made selection means, in the variable's order."""
    if text == ALL:
        return variable.codes
    if text == "{years}":
        return tuple(code for code in variable.codes if re.fullmatch(r"[0-9]{4}", code)
                     and int(code) >= max(FIRST_YEAR, FIRST_YEAR_USED))
    if text == "{single_years}":
        return tuple(code for code in variable.codes if re.fullmatch(SINGLE_YEAR_OF_AGE, code))
    wanted = {"{municipalities}": _municipalities(), "{regions}": _municipalities() | _groups()}.get(
        text, set(text.split(",")))
    return tuple(code for code in variable.codes if code in wanted)


def _municipalities() -> set[str]:
    return {row["source_municipality_code"] for row in reference_rows("municipality_code")}


def _groups() -> set[str]:
    return {row["unit_code"] for row in reference_rows("unit") if row["unit_type"] in ("kostra_group", "country")}


def choice_of(table: Table, given: dict[str, tuple[str, ...]]) -> Choice:
    """The codes to ask for, by variable in the table's order: what is given, else ready-made, else the only one.

    A variable without any of them is left out where the service then answers for the whole. Raises WrongUsage with every
    code that is not there and those like it, and for a variable that must be chosen.
    """
    strangers = [f"tabell {table.table_id} har ikke variabelen «{code}»; den har {_variables(table)}"
                 for code in given if table.variable(code) is None]
    usual = ready_made(table)
    choice = {}
    for variable in table.variables:
        if variable.code in given:
            choice[variable.code], faults = _checked(variable, given[variable.code])
            strangers += faults
        elif variable.code in usual:
            choice[variable.code] = usual[variable.code]
        elif len(variable.codes) == 1:
            choice[variable.code] = variable.codes
        elif not variable.may_be_left_out:
            strangers.append(f"velg {variable.code} med --select {variable.code}=…; kodene er {variable.some()} "
                             f"({ALL} er alle)")
    if strangers:
        raise WrongUsage(". ".join(strangers) + ".")
    return choice


def left_out(table: Table, choice: Choice) -> list[str]:
    """The variables the service answers for the whole of."""
    return [variable.code for variable in table.variables if variable.code not in choice]


def _variables(table: Table) -> str:
    return ", ".join(variable.code for variable in table.variables)


def _checked(variable: Variable, given: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The codes once each in the variable's order, and what is wrong with those that are not there."""
    if ALL in given:
        return variable.codes, []
    unknown = [code for code in dict.fromkeys(given) if code not in variable.codes]
    faults = []
    for code in unknown:
        near = variable.near(code)
        hint = f"nær er {', '.join(near)}" if near else f"kodene er {variable.some()}"
        faults.append(f"«{code}» finnes ikke i {variable.code}, og ville gitt null rader; {hint}")
    return tuple(code for code in variable.codes if code in given), faults
