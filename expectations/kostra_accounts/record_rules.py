"""R003–R009: the key of each line agrees with what the file was announced as."""

import re
from collections.abc import Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of
from expectations.kostra_accounts.code_lists import PLACEHOLDERS
from expectations.wording import lines_text, some

NINE_DIGITS = re.compile("[0-9]{9}")


def form_is_announced(accounts: Accounts) -> Iterator[Violation]:
    """R003."""
    yield from _differing(accounts, "form_code", accounts.form_code, "skjema",
                          "Ta bort linjene, eller lever dem i en egen fil for skjemaet de hører til")


def year_is_announced(accounts: Accounts) -> Iterator[Violation]:
    """R004."""
    yield from _differing(accounts, "accounting_year", accounts.year, "årgang",
                          "Ta uttrekket på nytt for rapporteringsåret")


def quarter_is_announced(accounts: Accounts) -> Iterator[Violation]:
    """R005; annual accounts have no quarter."""
    yield from _differing(accounts, "quarter", accounts.quarter, "kvartal", "Ta uttrekket på nytt for perioden")


def region_is_announced(accounts: Accounts) -> Iterator[Violation]:
    """R006."""
    yield from _differing(accounts, "region_code", accounts.region_code, "region",
                          "Kontroller at filen er kommunens egen, og ta uttrekket på nytt")


def org_number_is_announced(accounts: Accounts) -> Iterator[Violation]:
    """R007: blank for municipality and county; a company's in every line. One file may hold several companies."""
    if not accounts.form.has_org_number:
        yield from _differing(accounts, "org_number", None, "organisasjonsnummer",
                              "La feltet stå tomt for kommunekassen, eller lever selskapet i sitt eget skjema")
        return
    wrong = [line for line in accounts.lines if not NINE_DIGITS.fullmatch(line.org_number or "")]
    for number, lines in grouped(wrong, lambda line: line.org_number).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har organisasjonsnummer {number or 'tomt'}. Skriv selskapets ni sifre i hver "
            "linje.", numbers_of(lines), number or "tomt", "ni sifre")


def company_number_is_blank_or_org_number(accounts: Accounts) -> Iterator[Violation]:
    """R008."""
    wrong = [line for line in accounts.lines if line.company_number not in (None, line.org_number)]
    for number, lines in grouped(wrong, lambda line: line.company_number).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har foretaksnummer {number}, som ikke er linjens organisasjonsnummer. "
            "La feltet stå tomt, eller skriv samme nummer i begge.", numbers_of(lines), number, "tomt eller likt")


def account_class_belongs_to_form(accounts: Accounts) -> Iterator[Violation]:
    """R009; a form without classes (health trusts) has a blank one, a quarterly balance may have a placeholder."""
    valid = sorted(accounts.form.account_classes) or [" "]
    if accounts.quarter and accounts.form.is_balance:
        valid += sorted(PLACEHOLDERS)
    wrong = [line for line in accounts.lines if line.account_class not in valid]
    for account_class, lines in grouped(wrong, lambda line: line.account_class).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har kontoklasse «{account_class}», men skjema {accounts.form_code} har "
            f"bare {some(valid)}. Rett kontoklassen.", numbers_of(lines), account_class, ", ".join(valid))


def _differing(accounts: Accounts, field: str, expected: object, label: str, advice: str) -> Iterator[Violation]:
    def value(line: AccountLine) -> object:
        return getattr(line, field)

    wrong = [line for line in accounts.lines if value(line) != expected]
    for found, lines in grouped(wrong, value).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har {label} {found or 'tomt'}, men filen gjelder {label} "
            f"{expected or 'tomt'}. {advice}.", numbers_of(lines), str(found or "tomt"), str(expected or "tomt"))


RULES = {
    "R003": form_is_announced, "R004": year_is_announced, "R005": quarter_is_announced, "R006": region_is_announced,
    "R007": org_number_is_announced, "R008": company_number_is_blank_or_org_number,
    "R009": account_class_belongs_to_form,
}
