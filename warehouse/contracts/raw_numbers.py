"""Which column of a raw table holds the number that was delivered, and in which unit it was delivered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RawNumber:
    """The number of a raw row: its column, and its unit where the source itself does not say another."""

    column: str
    unit: str


RAW_NUMBERS: dict[str, RawNumber] = {
    "kostra_accounts": RawNumber("amount_thousand_nok", "1000 NOK"),
    "ledger": RawNumber("amount_nok", "NOK"),
    "grants": RawNumber("amount_thousand_nok", "1000 NOK"),
    "rates": RawNumber("rate_nok_per_month", "NOK per måned"),
    "population": RawNumber("value", "innbyggere"),
    "kostra_statistics": RawNumber("value", "antall"),
    "tertial_reports": RawNumber("value", "antall"),
    "data_requests": RawNumber("value", "antall"),
    "supplier_invoices": RawNumber("amount_nok", "NOK"),
    "bufetat": RawNumber("value", "antall"),
    "surveys": RawNumber("answer_count", "antall"),
    "supervision": RawNumber("matter_count", "antall"),
}
"""By source. Codings of interviews and individuals' records are not numbers that anybody delivered."""
