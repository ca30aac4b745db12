"""The municipality's ledger (hovedbok): one accounting line a row, in kroner, with project, purpose and invoice.

Whether the trial's project stands on the right lines is judged in `expectations/`; here only the form is.
"""

from collections.abc import Iterator
from typing import Any

from assets.sources.delimited import has_headings, read_lines
from assets.sources.delimited_reading import reading_of
from assets.sources.fields import Field, day, kroner, matching, municipality, optional, text, year
from assets.sources.reading import Reading
from assets.sources.supplier_numbers import SUPPLIER, drop_what_is_no_number, wrong_numbers
from assets.sources.units import unit_of
from expectations.finding import Finding

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
    SUPPLIER,
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
    findings = [*wrong_numbers(STEM, lines.rows, file_name, year="accounting_year", what="hovedboken"),
                *_area_column_missing(lines.rows, lines.columns, file_name)]
    drop_what_is_no_number(lines.rows)
    return reading_of(STEM, lines, scope=("municipality_code", "accounting_year"), value="amount_nok", unit="NOK",
                      findings=findings)


def _area_column_missing(rows: tuple[dict[str, Any], ...], columns: frozenset[str],
                         file_name: str) -> Iterator[Finding]:
    """Without the area column the cost of unaccompanied minors cannot be taken out, and net cost is too high."""
    if "omraade" in columns:
        return
    for municipality_code, accounting_year in sorted({(r["municipality_code"], r["accounting_year"]) for r in rows}):
        if unit_of(municipality_code) == UNIT_WITH_UNACCOMPANIED_MINORS:
            yield Finding(
                AREA_MISSING, "feil",
                f"{file_name}: kolonnen «omraade» mangler, så enslige mindreårige (EM) kan ikke trekkes ut for "
                f"{municipality_code} i {accounting_year}. Legg kolonnen til og lever hovedboken på nytt.",
                unit_code=unit_of(municipality_code), period=str(accounting_year), source=STEM, file=file_name,
                cell=f"omraade {municipality_code}", expected="omraade")
