"""The platform's unit behind a municipality number, whatever the year. Whether it was valid then is admission's."""

from warehouse.reference_data import reference_rows


def unit_of(municipality_code: str) -> str:
    """The platform's code for a municipality number; strangers keep their own."""
    by_code = {row["source_municipality_code"]: row["unit_code"] for row in reference_rows("municipality_code")}
    return by_code.get(municipality_code, municipality_code)
