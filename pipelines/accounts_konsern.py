"""SSB's concepts for a municipality or county as a group (konsern): the treasury and its companies, less their own trade.

The treasury's operation is account class 1 (0A, 0C), the companies' and the consolidated accounts' class 3 (0I, 0K, 0M,
0P). What the group's parts buy from each other is taken out by the formula of class 3, not by comparing lines.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from expectations.finding import Finding
from expectations.kostra_accounts.code_lists import form_of
from pipelines.accounts import ConceptAmount, Number, by_account, concept_names
from warehouse.reference_data import reference_rows

GROUPS = (frozenset({"0A", "0I"}), frozenset({"0C", "0K"}), frozenset({"0M"}), frozenset({"0P"}))
"""Forms that together are one group; consolidated accounts are one already."""
CHILD_WELFARE = frozenset({"244", "251", "252"})

TREASURIES = frozenset({"0A", "0C"})

Row = dict[str, Any]
Key = tuple[str, int, str | None]


class Konsern(NamedTuple):
    """The groups' amounts; the accounts that make no group, refused; and what a reader of the amounts must know."""

    amounts: list[ConceptAmount]
    refusals: list[Finding]
    notes: list[str]


def konsern_amounts(files: Iterable[tuple[str, list[Row]]]) -> Konsern:
    """The concepts of all the files (name and lines) together, for each municipality, year and quarter in them.

    A concept whose group formula is not known for the year is left out. Refused are forms that do not make one group,
    such as consolidated accounts beside the accounts they are made of; the other groups go on.
    """
    accounts: dict[Key, list[tuple[str, Row]]] = defaultdict(list)
    for file_name, rows in files:
        for key, lines in by_account(rows).items():
            accounts[key] += [(file_name, line) for line in lines]
    konsern = Konsern([], [], [])
    for key, named in accounts.items():
        _add(konsern, key, named)
    return konsern


def konsern_names(year: int) -> dict[str, str | None]:
    """The concepts with their names; None where the group formula is not known for the year."""
    defined = set(_formula(year))
    return {code: name if code in defined else None for code, name in concept_names(year).items()}


def _add(konsern: Konsern, key: Key, named: list[tuple[str, Row]]) -> None:
    files = ", ".join(dict.fromkeys(file_name for file_name, _ in named))
    lines = [line for _, line in named]
    forms = {line["form_code"] for line in lines}
    if not any(forms <= group for group in GROUPS):
        konsern.refusals.append(_no_group(forms, key, files))
        return
    if forms <= TREASURIES:
        konsern.notes.append(f"{files}: konsernet for kommune {key[0]}, {key[1]}, er regnet av kassen alene; ingen "
                             "særbedrift er gitt.")
    konsern.amounts.extend(_amounts(key, files, lines))


def _amounts(key: Key, files: str, lines: list[Row]) -> Iterator[ConceptAmount]:
    sums: dict[tuple[str, str], Number] = defaultdict(int)
    formula = _formula(key[1])
    for line in lines:
        if line["account_class"] == form_of(line["form_code"]).operation_class:
            for concept in _concepts_of(line, formula):
                for function in _functions_of(line):
                    sums[function, concept] += _whole(line["amount_thousand_nok"])
    functions = sorted({function for line in lines for function in _functions_of(line)} | {"FGK13"})
    for function in functions:
        for concept in formula:
            yield ConceptAmount(files, *key, function, concept, sums[function, concept])


def _no_group(forms: set[str], key: Key, files: str) -> Finding:
    found = ", ".join(sorted(forms))
    return Finding(
        "R003", "kritisk_feil", f"{files}: skjema {found} for kommune {key[0]}, {key[1]}, er ikke ett konsern. Gi "
        "kassens og særbedriftenes filer (0A og 0I, 0C og 0K), eller den konsoliderte alene (0M, 0P).",
        unit_code=key[0], period=str(key[1]), source="kostra_accounts", file=files, found=found,
        expected="0A og 0I, 0C og 0K, 0M eller 0P")


def _formula(year: int) -> dict[str, list[tuple[frozenset[str], str, str]]]:
    """By concept, in the order of the concepts: the account classes and the species from and to."""
    parts = defaultdict(list)
    for row in reference_rows("concept_konsern_formula"):
        if int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]):
            parts[row["concept_code"]].append(
                (frozenset(row["account_classes"].split()), row["species_from"], row["species_to"]))
    return {code: parts[code] for code in concept_names(year) if code in parts}


def _concepts_of(line: Row, formula: dict[str, list[tuple[frozenset[str], str, str]]]) -> list[str]:
    species = line["species_code"]
    if not species.isdecimal():
        return []
    return [concept for concept, parts in formula.items()
            if any(line["account_class"] in classes and first <= species <= last for classes, first, last in parts)]


def _functions_of(line: Row) -> tuple[str, ...]:
    function = line["function_code"]
    return (function, "FGK13") if function in CHILD_WELFARE else (function,)


def _whole(amount: Number) -> Number:
    return int(amount) if float(amount).is_integer() else amount
