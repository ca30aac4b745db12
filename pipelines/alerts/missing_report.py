"""The form a municipality is asked for when its report is missing: which file it is, and the command that makes it."""

from warehouse.reference_data import reference_rows

MISSING_REPORT_RULE = "VR63"


def reporting_code(unit_code: str, period: str) -> str:
    """The municipality number that reports for a unit in a period: before 2018 Nøtterøy's for Færder."""
    year = int(period[:4])
    guests = {row["guest_municipality_code"] for row in reference_rows("service_host") if _holds(row, year)}
    codes = [row["source_municipality_code"] for row in reference_rows("municipality_code")
             if row["unit_code"] == unit_code and _holds(row, year)]
    return next((code for code in codes if code not in guests), unit_code)


def template_file(unit_code: str, period: str) -> str:
    """The file `folgeeval template` makes of itself for the report."""
    return f"tertialrapport_{reporting_code(unit_code, period)}_{period}.xlsx"


def template_command(unit_code: str, period: str) -> str:
    return f"folgeeval template --unit {reporting_code(unit_code, period)} --period {period}"


def _holds(row: dict[str, str], year: int) -> bool:
    return int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])
