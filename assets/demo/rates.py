"""The announced monthly co-payment rates. A year without a known rate is absent."""

from assets.demo.delivery import DemoDelivery, Mark, delivery
from warehouse.reference_data import reference_rows

HEADINGS = "aar;tiltak;sats_kr_per_maaned;kilde"


def rates_deliveries() -> list[DemoDelivery]:
    """One file with all years."""
    rates = reference_rows("co_payment_rate")
    lines = [f"{row['year']};{row['measure_code']};{row['rate_nok_per_month']};{row['rate_source']}" for row in rates]
    content = "\n".join((HEADINGS, *lines, "")).encode()
    marks = [Mark("published", row["fact_id"] or None) for row in rates]
    return [delivery("egenandelssatser.csv", content, marks, first_place=2)]
