"""The municipality's ledger (hovedbok): one accounting line a row, in kroner, with project, purpose and invoice.

Whether the trial's project stands on the right lines is judged in `expectations/`; here only the form is.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of
from assets.sources.fields import Field, day, kroner, matching, municipality, optional, text, year
from assets.sources.numbers import is_organisation_number
from assets.sources.reading import Reading
from assets.sources.refusals import ORGANISATION_NUMBER
from expectations.finding import Finding
from warehouse.reference_data import reference_rows

STEM = "ledger"
PROJECT_MISSING = "VR27"
AREA_MISSING = "VR30"
UNIT_WITH_UNACCOMPANIED_MINORS = "0729"
SIGNATURE = ("bilagsnr", "funksjon", "art", "prosjekt", "ansvar", "formaal_funksjon")

_function = matching(r"[0-9A-Z]{1,4}[a-z]?", "ikke er en funksjon", "Skriv KOSTRA-funksjonen, for eksempel 252.")
_species = matching(r"[0-9]{3}", "ikke er en art på tre sifre",
                    "Skriv KOSTRA-arten med ledende null, for eksempel 010.")
_purpose = matching(r"244|251|252", "ikke er et formål", "Skriv 244, 251 eller 252, eller la feltet stå tomt.")
_area = matching(r"EM", "ikke er et område", "Skriv EM for enslige mindreårige, eller la feltet stå tomt.")

FIELDS = (
    Field("municipality_code", "kommunenr", municipality),
    Field("accounting_year", "regnskapsaar", year),
    Field("voucher_number", "bilagsnr", text),
    optional("voucher_date", "bilagsdato", day),
    Field("function_code", "funksjon", _function),
    Field("species_code", "art", _species),
    optional("responsibility_code", "ansvar", text),
    Field("project_code", "prosjekt", text, value_required=False, missing_rule=PROJECT_MISSING,
          missing_advice="Funksjon 285 brukes til mer enn forsøket, så linjene kan bare skilles på prosjekt. "
                         "Ta uttrekket på nytt med prosjekt og lever filen igjen."),
    optional("purpose_function_code", "formaal_funksjon", _purpose),
    optional("invoice_number", "fakturanr", text),
    optional("supplier_org_number", "leverandoer_orgnr", lambda cell: "".join(cell.split())),
    optional("line_text", "tekst", text),
    Field("amount_nok", "beloep_kr", kroner),
    optional("area_code", "omraade", lambda cell: _area(cell.upper())),
)


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the first line carries headings only a ledger has."""
    return has_headings(content, STEM, SIGNATURE)


def read(content: bytes, file_name: str) -> Reading:
    """The ledger read. Raises DeliveryRefused for missing columns (VR27 for the project) and faulty cells.

    A supplier number with a wrong check digit is a finding and kept; one without nine digits is a finding and not
    kept.
    """
    lines = read_lines(STEM, FIELDS, content, file_name)
    findings = [*_wrong_suppliers(lines.rows, file_name), *_area_column_missing(lines.rows, lines.columns, file_name)]
    for row in lines.rows:
        if not _nine_digits(row["supplier_org_number"]):
            row["supplier_org_number"] = None
    return reading_of(STEM, lines, scope=("municipality_code", "accounting_year"), value="amount_nok", unit="NOK",
                      findings=findings)


def _nine_digits(number: str | None) -> bool:
    return number is not None and len(number) == 9 and number.isascii() and number.isdigit()


def _unit_of(municipality_code: str) -> str:
    """The platform's code for a municipality number; strangers keep their own."""
    by_code = {row["source_municipality_code"]: row["unit_code"] for row in reference_rows("municipality_code")}
    return by_code.get(municipality_code, municipality_code)


def _wrong_suppliers(rows: tuple[dict[str, Any], ...], file_name: str) -> Iterator[Finding]:
    """One finding per wrong organisation number, with every line it stands on."""
    faulty: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for row in rows:
        number = row["supplier_org_number"]
        if number is not None and not is_organisation_number(number):
            faulty[number, row["municipality_code"], row["accounting_year"]].append(row["line_number"])
    for (number, municipality_code, accounting_year), lines in faulty.items():
        yield Finding(
            ORGANISATION_NUMBER, "feil",
            f"{file_name}, linje {', '.join(map(str, lines[:5]))}{' med flere' if len(lines) > 5 else ''}: "
            f"organisasjonsnummeret «{number}» er ikke gyldig (ni sifre med riktig kontrollsiffer). "
            "Rett det i leverandørregisteret og lever hovedboken på nytt.",
            unit_code=_unit_of(municipality_code), period=str(accounting_year), source=STEM, file=file_name,
            line_numbers=tuple(lines), found=number)


def _area_column_missing(rows: tuple[dict[str, Any], ...], columns: frozenset[str],
                         file_name: str) -> Iterator[Finding]:
    """Without the area column the cost of unaccompanied minors cannot be taken out, and net cost is too high."""
    if "omraade" in columns:
        return
    for municipality_code, accounting_year in sorted({(r["municipality_code"], r["accounting_year"]) for r in rows}):
        if _unit_of(municipality_code) == UNIT_WITH_UNACCOMPANIED_MINORS:
            yield Finding(
                AREA_MISSING, "feil",
                f"{file_name}: kolonnen «omraade» mangler, så enslige mindreårige (EM) kan ikke trekkes ut for "
                f"{municipality_code} i {accounting_year}. Legg kolonnen til og lever hovedboken på nytt.",
                unit_code=_unit_of(municipality_code), period=str(accounting_year), source=STEM, file=file_name,
                cell=f"omraade {municipality_code}", expected="omraade")
