"""How a key figure is written in a finding."""

from functools import cache

from warehouse.reference_data import reference_rows


def figure_text(code: str) -> str:
    """`nøkkeltall 12 (Nettverksarbeid og samarbeid med andre tjenester)`."""
    return f"nøkkeltall {code} ({_names()[code]})"


@cache
def _names() -> dict[str, str]:
    return {row["key_figure_code"]: row["name_nb"] for row in reference_rows("key_figure")}
