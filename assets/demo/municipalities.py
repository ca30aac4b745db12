"""The trial's municipalities as the demo needs them: unit, host and guest, predecessors, project."""

from functools import cache

from warehouse.reference_data import reference_rows


@cache
def unit_of(municipality_code: str) -> str:
    """The unit a municipality code belongs to."""
    return next(row["unit_code"] for row in reference_rows("municipality_code")
                if row["source_municipality_code"] == municipality_code)


def municipality_name(municipality_code: str) -> str:
    """The name of a municipality code."""
    return next(row["municipality_name"] for row in reference_rows("municipality_code")
                if row["source_municipality_code"] == municipality_code)


def last_years_codes(municipality_code: str, year: int) -> tuple[str, ...]:
    """The codes the same area had the year before: its own, or those that merged into it."""
    return tuple(row["source_municipality_code"] for row in reference_rows("municipality_code")
                 if row["unit_code"] == unit_of(municipality_code)
                 and int(row["valid_from_year"]) < year <= int(row["valid_to_year"]) + 1
                 and (row["source_municipality_code"] == municipality_code or int(row["valid_to_year"]) == year - 1))


@cache
def guest_of(municipality_code: str, year: int) -> str | None:
    """The municipality whose service this one hosts, if it is a host that year."""
    return _co_operation("host_municipality_code", "guest_municipality_code", municipality_code, year)


@cache
def host_of(municipality_code: str, year: int) -> str | None:
    """The municipality that hosts this one's service, if it is a guest that year."""
    return _co_operation("guest_municipality_code", "host_municipality_code", municipality_code, year)


@cache
def trial_project(municipality_code: str) -> str:
    """The project that marks the trial in a municipality's ledger."""
    return next(row["project_code"] for row in reference_rows("trial_project")
                if row["source_municipality_code"] == municipality_code)


def _co_operation(own: str, other: str, municipality_code: str, year: int) -> str | None:
    for row in reference_rows("service_host"):
        if row[own] == municipality_code and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"]):
            return row[other]
    return None
