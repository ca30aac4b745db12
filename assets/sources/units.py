"""What stands behind a municipality number in a delivery: the platform's unit, and the municipality that hosts it.

Whether a file may be taken in is admission's to say.
"""

from warehouse.reference_data import reference_rows


def unit_of(municipality_code: str) -> str:
    """The platform's code for a municipality number; strangers keep their own."""
    by_code = {row["source_municipality_code"]: row["unit_code"] for row in reference_rows("municipality_code")}
    return by_code.get(municipality_code, municipality_code)


def host_of(municipality_code: str, year: int) -> str | None:
    """The municipality that does child welfare for this one that year and reports for both; None for all others."""
    return next((row["host_municipality_code"] for row in reference_rows("service_host")
                 if row["guest_municipality_code"] == municipality_code
                 and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"])), None)
