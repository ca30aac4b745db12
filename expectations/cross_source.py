"""Rules across sources: what two deliveries say of the same thing must agree."""

from collections.abc import Iterable, Mapping
from typing import Any

from expectations.finding import Finding
from warehouse.number_format import format_number

ROUNDING_THOUSAND_NOK = 0.5


def accounts_and_ledger_agree_on_285(pairs: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """The accounts' net on function 285 equals the ledger's, within rounding of each accounts line.

    Each pair has unit_code, source_municipality_code, accounting_year, accounts_thousand_nok, ledger_thousand_nok
    (all projects; None where no line was delivered) and line_count (accounts lines, each rounded to 1000 NOK).
    """
    return [_disagreement(pair) for pair in pairs if _differs(pair)]


def _differs(pair: Mapping[str, Any]) -> bool:
    tolerance = ROUNDING_THOUSAND_NOK * max(1, pair["line_count"])
    return abs((pair["accounts_thousand_nok"] or 0) - (pair["ledger_thousand_nok"] or 0)) > tolerance


def _disagreement(pair: Mapping[str, Any]) -> Finding:
    accounts, ledger = pair["accounts_thousand_nok"] or 0, pair["ledger_thousand_nok"] or 0
    in_accounts, in_ledger, difference = (
        format_number(amount, 0) for amount in (accounts, ledger, accounts - ledger))
    return Finding(
        "FE285", "feil",
        f"Kommune {pair['source_municipality_code']}, {pair['accounting_year']}: regnskapet har netto {in_accounts} "
        f"tusen kroner på funksjon 285, hovedboken {in_ledger}; forskjellen er {difference}. Finn linjene "
        "som mangler i hovedboken eller regnskapet, og lever det som er feil på nytt.",
        unit_code=pair["unit_code"], period=str(pair["accounting_year"]), source="ledger",
        cell=f"funksjon 285, {pair['source_municipality_code']}", found=in_ledger, expected=in_accounts)


def money_of_every_year_is_whole(years: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """A unit's year with accounts or ledger has all of its files and, from 2016, the trial's lines.

    Each year has unit_code, accounting_year and is_whole (the year is in core.complete_year).
    """
    return [Finding(
        "FE286", "advarsel",
        f"{year['accounting_year']}: netto driftsutgifter og merkostnad vises ikke for enheten {year['unit_code']}, fordi "
        "et regnskap (0A) eller en hovedbok mangler, eller fordi hovedboken ikke har linjer på funksjon 285 med "
        "forsøkets prosjekt. Lever det som mangler.",
        unit_code=year["unit_code"], period=str(year["accounting_year"]), source="ledger",
        cell=f"regnskapsår {year['accounting_year']}") for year in years if not year["is_whole"]]
