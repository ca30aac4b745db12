"""Whether a file that could be read is one the platform takes in: whose it is, for which year, of which form.

Readers judge the form of any municipality's file; these rules judge whether this home may keep it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from assets.forms.layout import FORM_VERSION
from assets.forms.periods import period_days
from assets.sources.reading import Reading, ScopeKey
from assets.sources.regions import known_regions, unknown_regions
from assets.sources.units import host_of, unit_of
from expectations.finding import Finding
from expectations.wording import lines_text
from warehouse.reference_data import reference_rows


def reasons_to_refuse(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    """Every reason this home cannot take the file in; empty when it can. All are Kritisk feil."""
    rules = [*_COMMON_RULES, *_RULES_BY_STEM.get(reading.stem, ())]
    return [finding for rule in rules for finding in rule(reading, sender_code, file_name, now)]


def _refusal(rule_id: str, file_name: str, message: str, **details) -> Finding:
    return Finding(rule_id, "kritisk_feil", f"{file_name}: {message}", file=file_name, **details)


def trial_unit_of(source_code: str, year: int) -> str | None:
    """The trial unit a municipality code belongs to in a year, or None."""
    for row in reference_rows("municipality_code"):
        in_time = int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])
        if row["source_municipality_code"] == source_code and in_time:
            return row["unit_code"]
    return None


def _bufetat_regions() -> set[str]:
    return {row["unit_code"] for row in reference_rows("unit") if row["unit_type"] == "bufetat_region"}


def last_trial_year(unit_code: str) -> int:
    """The last year the unit takes part in the trial."""
    return next(int(row["last_trial_year"]) for row in reference_rows("unit") if row["unit_code"] == unit_code)


def _unit_of_any_year(source_code: str) -> str | None:
    return next((row["unit_code"] for row in reference_rows("municipality_code")
                 if row["source_municipality_code"] == source_code), None)


def _year(period: str) -> int:
    return int(period[:4])


def _sender_owns_it(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    return strangers_to_sender(reading.stem, reading.scope_keys, sender_code, file_name)


def strangers_to_sender(stem: str, scope_keys: Iterable[ScopeKey], sender_code: str | None,
                        file_name: str) -> list[Finding]:
    """A municipality delivers for itself, or for the municipalities it was merged from; else why it may not."""
    if sender_code is None:
        return []
    units = sorted({key.source_unit_code for key in scope_keys})
    strangers = [unit for unit in units if _unit_of_any_year(unit) != _unit_of_any_year(sender_code)]
    if not strangers:
        return []
    return [_refusal(
        "A01", file_name, f"filen gjelder {', '.join(strangers)}, men lå i mappen til {sender_code}. "
        "Legg filen i riktig kommunes mappe, eller rett kommunenummeret i filen.",
        unit_code=sender_code, source=stem, found=", ".join(strangers), expected=sender_code)]


def _municipality_in_trial(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    """Every municipality is one of the trial's, in a year it takes part. Bufetat's regions are known to their reader."""
    findings, regions = [], _bufetat_regions()
    for key in reading.scope_keys:
        year, code = _year(key.period), key.source_unit_code
        if code in regions:
            continue
        unit = trial_unit_of(code, year)
        if unit is None:
            findings.append(_refusal(
                "A02", file_name, f"kommune {code} er ikke en forsøkskommune i {year}. Kontroller kommunenummer og "
                "årstall; Færder er 0722 og 0723 til og med 2017 og 0729 fra 2018.",
                source=reading.stem, period=key.period, found=code))
        elif year > last_trial_year(unit):
            findings.append(_refusal(
                "VR62", file_name, f"{year} er etter at forsøket sluttet for kommune {code}. Kontroller årstallet.",
                unit_code=unit, source=reading.stem, period=key.period, found=str(year)))
    return findings


def _year_has_come(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    """An annual account or form 15F cannot be delivered before its year is over; other figures not before it has begun.

    A form's whole period must be over: `_period_is_over`.
    """
    if reading.stem in FORM_VERSION:
        return []
    latest = now.year - 1 if reading.stem in _WHOLE_YEAR_ONLY else now.year
    late = sorted({key.period for key in reading.scope_keys if _year(key.period) > latest})
    return [_refusal("R004", file_name, f"årgangen {period} er ikke avsluttet ennå (i dag er det {now:%d.%m.%Y}). "
                     "Rett årgangen i filen.", source=reading.stem, period=period, found=period,
                     expected=f"høyst {latest}") for period in late]


_WHOLE_YEAR_ONLY = ("kostra_accounts", "child_records")


def _one_annual_account(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    lines = reading.rows.to_pydict()
    findings = []
    if other_forms := _lines_where(lines, "form_code", lambda form: form != "0A"):
        forms = ", ".join(sorted(set(lines["form_code"]) - {"0A"}))
        findings.append(_refusal(
            "R003", file_name, f"{lines_text(other_forms)} er skjema {forms}, men her ventes 0A (bevilgningsregnskap "
            "for kommunekassen). Lever filuttrekket 0A.", source=reading.stem, line_numbers=other_forms, found=forms,
            expected="0A"))
    if quarterly := _lines_where(lines, "quarter", lambda quarter: quarter is not None):
        findings.append(_refusal(
            "R005", file_name, f"{lines_text(quarterly)} er kvartalsregnskap. Lever årsregnskapet (blank i posisjon 7); "
            "de to blandes aldri.", source=reading.stem, line_numbers=quarterly, found="kvartal", expected="blank"))
    if misplaced := _lines_where(lines, "function_code", lambda code: code.startswith(" ")) + _lines_where(
            lines, "species_code", lambda code: " " in code):
        findings.append(_refusal(
            "R002", file_name, f"{lines_text(misplaced)} har funksjon eller art forskjøvet. Funksjonen begynner i "
            "posisjon 33 og arten har tre sifre fra posisjon 37; rett linjene.", source=reading.stem,
            line_numbers=misplaced, found="mellomrom i koden", expected="«252 » og «010»"))
    for rule_id, column, what in (("R004", "accounting_year", "årgang"), ("R006", "region_code", "region")):
        findings.extend(_mixed(reading, file_name, lines, rule_id, column, what))
    return findings


def _mixed(reading: Reading, file_name: str, lines: dict, rule_id: str, column: str, what: str) -> list[Finding]:
    """One file is one municipality and one year; the lines that differ from the most common value are named."""
    usual, count = Counter(lines[column]).most_common(1)[0]
    if count == len(lines[column]):
        return []
    odd = _lines_where(lines, column, lambda value: value != usual)
    strange = next(value for value in lines[column] if value != usual)
    return [_refusal(
        rule_id, file_name, f"{lines_text(odd)} har {what} {strange}, resten av filen har {usual}. Rett linjene, eller "
        "lever én fil per kommune og år.", source=reading.stem, line_numbers=odd, found=str(strange),
        expected=str(usual))]


def _lines_where(lines: dict, column: str, is_odd: Callable[[Any], bool]) -> tuple[int, ...]:
    return tuple(number for number, value in zip(lines["line_number"], lines[column], strict=True) if is_odd(value))


def _grants_are_known(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    known = {row["grant_name"] for row in reference_rows("grant_kind")}
    names, lines = reading.rows.column("grant_name").to_pylist(), reading.rows.column("line_number").to_pylist()
    return [_refusal("A03", file_name, f"linje {line}: tilskuddet «{name}» er ukjent. Kjente tilskudd: "
                     f"{', '.join(sorted(known))}.", source=reading.stem, line_numbers=(line,), found=name)
            for line, name in zip(lines, names, strict=True) if name not in known]


def _regions_are_known(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    return unknown_regions(reading, known_regions(), file_name)


def _period_is_over(reading: Reading, sender_code: str | None, file_name: str, now: datetime) -> list[Finding]:
    """A form tells of a whole tertial or year; what is delivered before it is over cannot be complete.

    A form dated by status says how things are so far, and that the rest comes later; its period must have begun.
    """
    findings = []
    for key in reading.scope_keys:
        first_day, last_day = period_days(reading.stem, key.period)
        if now.date() > last_day or (now.date() >= first_day and _is_dated_by_status(reading)):
            continue
        findings.append(_refusal(
            "A05", file_name, f"skjemaet gjelder {key.period}, som ikke er over før {last_day:%d.%m.%Y} (i dag er "
            f"det {now:%d.%m.%Y}). Lever det når perioden er over, eller lag et skjema for riktig periode med "
            "«folgeeval template».", unit_code=unit_of(key.source_unit_code), source=reading.stem,
            period=key.period, found=key.period))
    return findings


def _is_dated_by_status(reading: Reading) -> bool:
    answers = zip(reading.rows.column("field_id").to_pylist(), reading.rows.column("value_text").to_pylist(), strict=True)
    return ("dateringsgrunnlag", "status") in answers


def _no_guest_beside_its_host(reading: Reading, sender_code: str | None, file_name: str,
                              now: datetime) -> list[Finding]:
    """Where one municipality does child welfare for another, its report holds both; a second would count twice."""
    findings = []
    for key in reading.scope_keys:
        code = key.source_unit_code
        if host := host_of(code, _year(key.period)):
            findings.append(_refusal(
                "A04", file_name, f"kommune {code} hadde barneverntjenesten felles med vertskommunen {host} i "
                f"{key.period}, og {host} rapporterer for begge. Lever ikke et eget skjema for {code}; ta tallene med i skjemaet til "
                f"{host}.", unit_code=unit_of(code), source=reading.stem, period=key.period, found=code, expected=host))
    return findings


Rule = Callable[[Reading, str | None, str, datetime], list[Finding]]
_COMMON_RULES: tuple[Rule, ...] = (_sender_owns_it, _year_has_come)
_RULES_OF_FORMS: tuple[Rule, ...] = (_municipality_in_trial, _no_guest_beside_its_host, _period_is_over)
_RULES_BY_STEM: dict[str, tuple[Rule, ...]] = {
    "kostra_accounts": (_one_annual_account, _municipality_in_trial),
    "ledger": (_municipality_in_trial,),
    "supplier_invoices": (_municipality_in_trial,),
    "grants": (_municipality_in_trial, _grants_are_known),
    "bufetat": (_municipality_in_trial,),
    "surveys": (_municipality_in_trial,),
    "supervision": (_municipality_in_trial,),
    "population": (_regions_are_known,),
    "kostra_statistics": (_regions_are_known,),
    "child_records": (_municipality_in_trial, _no_guest_beside_its_host),
    "tertial_reports": _RULES_OF_FORMS,
    "data_requests": _RULES_OF_FORMS,
}
