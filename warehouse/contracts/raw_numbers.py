"""Which column of a raw table holds the number that was delivered, in which unit, and which unit and period it is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RawNumber:
    """The number of a raw row: its column, and its unit where the source itself does not say another.

    `unit_sql` and `period_sql` give the row's unit and period as the register of deliveries writes them.
    """

    column: str
    unit: str
    unit_sql: str = "line.municipality_code"
    period_sql: str = "CAST(line.year AS VARCHAR)"


_FORM = RawNumber("value", "antall", period_sql="line.period")
RAW_NUMBERS: dict[str, RawNumber] = {
    "kostra_accounts": RawNumber(
        "amount_thousand_nok", "1000 NOK", "substring(line.region_code, 1, 4)",
        "CAST(line.accounting_year AS VARCHAR) || coalesce('-K' || CAST(line.quarter AS VARCHAR), '')"),
    "ledger": RawNumber("amount_nok", "NOK", period_sql="CAST(line.accounting_year AS VARCHAR)"),
    "grants": RawNumber("amount_thousand_nok", "1000 NOK"),
    "rates": RawNumber("rate_nok_per_month", "NOK per måned", "known.source_unit_code"),
    "population": RawNumber("value", "innbyggere", "line.region_code"),
    "kostra_statistics": RawNumber("value", "antall", "line.region_code"),
    "tertial_reports": _FORM,
    "data_requests": _FORM,
    "supplier_invoices": RawNumber(
        "amount_nok", "NOK", period_sql="CAST(year(line.service_from) AS VARCHAR)"),
    "bufetat": RawNumber(
        "value", "antall", "coalesce(line.municipality_code, line.bufetat_region_code)",
        "CAST(line.year AS VARCHAR) || coalesce('-T' || CAST(line.tertial_number AS VARCHAR), '')"),
    "surveys": RawNumber("answer_count", "antall"),
    "supervision": RawNumber("matter_count", "antall", period_sql="CAST(year(line.supervision_date) AS VARCHAR)"),
}
"""By source. Codings of interviews and individuals' records are not numbers that anybody delivered."""

_NO_KEY = {"delivery_id", "line_number", "cell_number", "status_sign", "value_text", "explanation", "line_text", "sheet",
           "cell"}


def key_columns(stem: str, column_names: tuple[str, ...]) -> tuple[str, ...]:
    """The columns by which a row of the source's raw table is found again in another version of the delivery."""
    return tuple(name for name in column_names if name not in _NO_KEY | {RAW_NUMBERS[stem].column})
