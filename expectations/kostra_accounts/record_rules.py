"""R003–R009: the key of each line agrees with what the file was announced as."""

import re
from collections.abc import Iterator

from expectations.kostra_accounts.account_line import AccountLine, Accounts, Violation, grouped, numbers_of
from expectations.kostra_accounts.account_rule import NEVER, AccountRule, of_lines
from expectations.kostra_accounts.code_lists import PLACEHOLDERS
from expectations.kostra_accounts.line_picks import ANY, Picks, class_in
from expectations.wording import lines_text, some

NINE_DIGITS = "[0-9]{9}"

HAS_ORG_NUMBER = Picks(lambda line: line.org_number is not None, "(org_number IS NOT NULL)")
IS_A_COMPANY = Picks(lambda line: bool(re.fullmatch(NINE_DIGITS, line.org_number or "")),
                     f"regexp_full_match(coalesce(org_number, ''), '{NINE_DIGITS}')")
IS_ANOTHER_COMPANY = Picks(
    lambda line: line.company_number not in (None, line.org_number),
    "(company_number IS NOT NULL AND company_number IS DISTINCT FROM org_number)")


def announced(field: str, expected: str, label: str, advice: str) -> AccountRule:
    """R003–R006: each line has what was announced (an attribute of the accounts); annual accounts have no quarter.

    A delivery is announced by its first line, so only one of several keys can break these, and such are judged whole.
    """
    def judge(accounts: Accounts) -> Iterator[Violation]:
        wanted = getattr(accounts, expected)
        wrong = [line for line in accounts.lines if getattr(line, field) != wanted]
        yield from _differing(wrong, field, wanted, label, advice)
    return AccountRule(judge, lambda accounts: ANY, lambda accounts: NEVER)


def org_number_is_wrong(accounts: Accounts) -> Picks:
    """R007: blank for municipality and county; a company's in every line. One file may hold several companies."""
    return ~IS_A_COMPANY if accounts.form.has_org_number else HAS_ORG_NUMBER


def tell_org_number(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    if not accounts.form.has_org_number:
        yield from _differing(wrong, "org_number", None, "organisasjonsnummer",
                              "La feltet stå tomt for kommunekassen, eller lever selskapet i sitt eget skjema")
        return
    for number, lines in grouped(wrong, lambda line: line.org_number).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har organisasjonsnummer {number or 'tomt'}. Skriv selskapets ni sifre i hver "
            "linje.", numbers_of(lines), number or "tomt", "ni sifre")


def tell_company_number(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    """R008: blank, or the line's organisation number."""
    for number, lines in grouped(wrong, lambda line: line.company_number).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har foretaksnummer {number}, som ikke er linjens organisasjonsnummer. "
            "La feltet stå tomt, eller skriv samme nummer i begge.", numbers_of(lines), number, "tomt eller likt")


def classes_of(accounts: Accounts) -> list[str]:
    """R009; a form without classes (health trusts) has a blank one, a quarterly balance may have a placeholder."""
    valid = sorted(accounts.form.account_classes) or [" "]
    return valid + sorted(PLACEHOLDERS) if accounts.quarter and accounts.form.is_balance else valid


def tell_class(accounts: Accounts, wrong: list[AccountLine]) -> Iterator[Violation]:
    valid = classes_of(accounts)
    for account_class, lines in grouped(wrong, lambda line: line.account_class).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har kontoklasse «{account_class}», men skjema {accounts.form_code} har "
            f"bare {some(valid)}. Rett kontoklassen.", numbers_of(lines), account_class, ", ".join(valid))


def _differing(wrong: list[AccountLine], field: str, expected: object, label: str, advice: str) -> Iterator[Violation]:
    for found, lines in grouped(wrong, lambda line: getattr(line, field)).items():
        yield Violation(
            f"{lines_text(numbers_of(lines))} har {label} {found or 'tomt'}, men filen gjelder {label} "
            f"{expected or 'tomt'}. {advice}.", numbers_of(lines), str(found or "tomt"), str(expected or "tomt"))


RULES = {
    "R003": announced("form_code", "form_code", "skjema",
                      "Ta bort linjene, eller lever dem i en egen fil for skjemaet de hører til"),
    "R004": announced("accounting_year", "year", "årgang", "Ta uttrekket på nytt for rapporteringsåret"),
    "R005": announced("quarter", "quarter", "kvartal", "Ta uttrekket på nytt for perioden"),
    "R006": announced("region_code", "region_code", "region",
                      "Kontroller at filen er kommunens egen, og ta uttrekket på nytt"),
    "R007": of_lines(org_number_is_wrong, tell_org_number),
    "R008": of_lines(IS_ANOTHER_COMPANY, tell_company_number),
    "R009": of_lines(lambda accounts: ~class_in(*classes_of(accounts)), tell_class),
}
