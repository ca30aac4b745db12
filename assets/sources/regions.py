"""The regions Statistics Norway has codes for: municipalities through the years, KOSTRA groups, the country.

An unknown code is answered with zero rows and no error by the statistics bank, so somebody must ask.
"""

from functools import cache

from assets.sources.reading import Reading
from assets.sources.refusals import UNKNOWN_REGION
from expectations.finding import Finding
from warehouse.reference_data import reference_rows


@cache
def known_regions() -> frozenset[str]:
    """Every region code a delivery may be about."""
    return frozenset(row["region_code"] for row in reference_rows("region_code"))


def is_valid_in(region_code: str, year: int) -> bool:
    """Whether the code was in use at some time of the year. An unknown code never is."""
    for row in reference_rows("region_code"):
        if row["region_code"] == region_code:
            first, last = row["valid_from"] or "0000", row["valid_to"] or "9999"
            return int(first[:4]) <= year <= int(last[:4])
    return False


def unknown_regions(reading: Reading, known: frozenset[str] | set[str],
                    file_name: str | None = None) -> list[Finding]:
    """One Kritisk feil per region code in the reading that is not known, with its first cell or line."""
    places: dict[str, tuple[str | None, int | None]] = {
        key.source_unit_code: (None, None) for key in reading.scope_keys}
    for cell in reversed(reading.cells):
        code = cell.keys.get("Region") or cell.keys.get("municipality_code")
        if code is not None:
            places[code] = (cell.cell, cell.line)
    return [_unknown(reading, code, *places[code], file_name) for code in sorted(set(places) - known)]


def _unknown(reading: Reading, code: str, cell: str | None, line: int | None, file_name: str | None) -> Finding:
    place = ", ".join(part for part in (file_name, cell, f"linje {line}" if line else None) if part)
    return Finding(
        UNKNOWN_REGION, "kritisk_feil",
        f"{place + ': ' if place else ''}regionen «{code}» finnes ikke i SSBs kodelister. "
        "Rett koden og hent tallene på nytt; en ukjent kode gir ingen tall.",
        source=reading.stem, file=file_name, cell=cell or f"Region={code}", line_numbers=(line,) if line else (),
        found=code)
