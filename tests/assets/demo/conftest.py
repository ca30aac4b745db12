"""The demo files read back with small parsers of their own, so that the product's readers cannot hide a fault."""

import json
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import pytest

from assets.demo import DemoDelivery, demo_deliveries

CODES_OF_UNIT = {"2012": ("2012",), "0627": ("0627",), "0729": ("0722", "0723", "0729")}
TRIAL_PROJECT = "28516"


class AccountsLine(NamedTuple):
    path: str
    municipality: str
    year: int
    account_class: str
    function: str
    species: str
    thousand: int


class LedgerLine(NamedTuple):
    path: str
    municipality: str
    year: int
    date: str
    function: str
    species: str
    responsibility: str
    project: str
    purpose: str
    invoice: str
    supplier: str
    text: str
    nok: Decimal
    area: str


def counts_in_net(species: str, year: int) -> bool:
    """Net operating expenditure of those years: 010–480 without 490, 590 and 600–895; internal trade only in 2015."""
    if species in ("490", "728"):
        return False
    if species in ("290", "790") and year > 2015:
        return False
    return "010" <= species <= "480" or species == "590" or "600" <= species <= "895"


@pytest.fixture(scope="session")
def files() -> dict[str, DemoDelivery]:
    return {delivery.path: delivery for delivery in demo_deliveries()}


@pytest.fixture(scope="session")
def accounts(files) -> tuple[AccountsLine, ...]:
    return tuple(
        AccountsLine(path, line[7:11], int(line[2:6]), line[31], line[32:36].strip(), line[36:39], int(line[39:48]))
        for path, file in files.items() if path.endswith(".dat")
        for line in file.content.decode("iso-8859-1").splitlines())


@pytest.fixture(scope="session")
def ledger(files) -> tuple[LedgerLine, ...]:
    return tuple(_ledger_line(path, line) for path, file in files.items() if "hovedbok" in path
                 for line in ledger_text(path, file.content).splitlines()[1:])


def ledger_text(path: str, content: bytes) -> str:
    """0722 delivers ISO-8859-1, the others UTF-8, some with a byte order mark."""
    return content.decode("iso-8859-1" if path.startswith("0722") else "utf-8-sig")


def _ledger_line(path: str, line: str) -> LedgerLine:
    (municipality, year, _, date, function, species, responsibility, project, purpose, invoice, supplier, text, amount,
     area) = line.split(";")
    return LedgerLine(path, municipality, int(year), date, function, species, responsibility, project, purpose, invoice,
                      supplier, text, Decimal(amount.replace("\u00a0", "").replace(",", ".")), area)


@pytest.fixture(scope="session")
def grants(files) -> dict[tuple[str, int, str], int]:
    lines = files["tilskudd.csv"].content.decode("utf-8-sig").splitlines()[1:]
    return {(code, int(year), name): int(thousand) for code, year, name, thousand, _ in
            (line.split(";") for line in lines)}


@pytest.fixture(scope="session")
def inhabitants(files) -> dict[tuple[str, str, str], int]:
    """Inhabitants by region, age and year."""
    cells = _cells(json.loads(files["befolkning_07459.json"].content))
    return {(region, age, year): value for (region, age, _, year), (value, _) in cells.items()}


@pytest.fixture(scope="session")
def key_figures(files) -> dict[tuple[str, str, str], tuple[float | None, str | None]]:
    """Value and sign by region, key figure and year, from both files."""
    return {key: cell for name in ("nokkeltall_kommuner.json", "nokkeltall_kostragrupper.json")
            for key, cell in _cells(json.loads(files[name].content)).items()}


def _cells(document: dict) -> dict[tuple[str, ...], tuple[float | None, str | None]]:
    codes = [document["dimension"][name]["category"]["index"] for name in document["id"]]
    return {key: (_at(document["value"], place), _at(document.get("status", {}), place))
            for place, key in enumerate(product(*codes))}


def _at(entries: list | dict, place: int) -> object:
    return entries.get(str(place)) if isinstance(entries, dict) else entries[place]


class Money:
    """Sums of the files in thousand kroner, by unit and year."""

    def __init__(self, accounts: tuple[AccountsLine, ...], ledger: tuple[LedgerLine, ...],
                 grants: dict[tuple[str, int, str], int], inhabitants: dict[tuple[str, str, str], int]) -> None:
        self._accounts, self._ledger, self._grants, self._inhabitants = accounts, ledger, grants, inhabitants

    def net_in_accounts(self, unit: str, year: int, function: str) -> int:
        return sum(line.thousand for line in self._accounts
                   if line.municipality in CODES_OF_UNIT[unit] and line.year == year and line.account_class == "1"
                   and line.function == function and counts_in_net(line.species, year))

    def unaccompanied_minors(self, unit: str, year: int, function: str) -> Decimal:
        return sum((line.nok for line in self._ledger if self._of(line, unit, year) and line.area == "EM"
                    and line.function == function and counts_in_net(line.species, year)), Decimal(0)) / 1000

    def ordinary(self, unit: str, year: int, function: str) -> Decimal:
        """Net on an ordinary function, unaccompanied minors taken out."""
        return self.net_in_accounts(unit, year, function) - self.unaccompanied_minors(unit, year, function)

    def ordinary_total(self, unit: str, year: int) -> Decimal:
        return sum(self.ordinary(unit, year, function) for function in ("244", "251", "252"))

    def trial(self, unit: str, year: int, purpose: str | None = None) -> Decimal:
        """M2: net of the ledger's 285 lines that bear the trial's project."""
        return sum((line.nok for line in self._ledger if self._of(line, unit, year) and line.function == "285"
                    and line.project == TRIAL_PROJECT and counts_in_net(line.species, year)
                    and purpose in (None, line.purpose)), Decimal(0)) / 1000

    def net(self, unit: str, year: int) -> Decimal:
        return self.ordinary_total(unit, year) + self.trial(unit, year)

    def purchases(self, unit: str, year: int, species: str) -> int:
        return sum(line.thousand for line in self._accounts
                   if line.municipality in CODES_OF_UNIT[unit] and line.year == year and line.account_class == "1"
                   and line.function in ("244", "251", "252", "285") and line.species == species)

    def own_production(self, unit: str, year: int) -> int:
        """010–285 (290 in 2015), 429 and 590, less 690, 710, 729 and 790, on 251, 252 and 285."""
        last = "290" if year == 2015 else "285"
        return sum(line.thousand for line in self._accounts
                   if line.municipality in CODES_OF_UNIT[unit] and line.year == year and line.account_class == "1"
                   and line.function in ("251", "252", "285")
                   and ("010" <= line.species <= last or line.species in ("429", "590", "690", "710", "729", "790")))

    def compensation(self, unit: str, year: int) -> int:
        return sum(self._grants.get((code, year, "kompensasjon"), 0) for code in CODES_OF_UNIT[unit])

    def children(self, unit: str, year: int) -> int:
        return sum(self._inhabitants[code, f"{age:03d}", str(year)]
                   for code in CODES_OF_UNIT[unit] for age in range(18))

    def self_financing(self, unit: str, year: int) -> float:
        return float(1000 * (self.net(unit, year) - self.compensation(unit, year)) / self.children(unit, year))

    @staticmethod
    def _of(line: LedgerLine, unit: str, year: int) -> bool:
        return line.municipality in CODES_OF_UNIT[unit] and line.year == year


@pytest.fixture(scope="session")
def money(accounts, ledger, grants, inhabitants) -> Money:
    return Money(accounts, ledger, grants, inhabitants)
