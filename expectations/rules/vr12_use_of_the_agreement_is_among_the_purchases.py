"""VR12: a place the assistance agreement was used for is among what was bought from Bufetat that year.

A municipality also buys outside the agreement, so there may be more purchases than uses, never fewer. Acute places stand
either as institution places or by themselves; both may answer for a use of the agreement.
"""

from collections.abc import Iterator, Mapping

from expectations.finding import Finding
from expectations.form_fields import PLACED, Field, indicators_of, label_text, number_text, place_text, sum_text
from expectations.rule import Row, Rule, found_in
from expectations.wording import some
from warehouse.number_format import format_number

PURCHASES_OF_USE = {
    "bistandsavtale_institusjon": ("kjoept_institusjon", "kjoept_akuttinstitusjon"),
    "bistandsavtale_beredskapshjem": ("kjoept_beredskapshjem",),
}
_PAIRS = ", ".join(f"('{use}', '{bought}')" for use, several in PURCHASES_OF_USE.items() for bought in several)

# Only where every kind of purchase that may answer for the use has a number.
SELECT = f"""
WITH {PLACED},
pair (use_field_id, bought_field_id) AS (VALUES {_PAIRS})
SELECT used.*, list({{
    'field_id': bought.field_id, 'label': bought.label, 'field_kind': bought.field_kind, 'value': bought.value,
    'sheet': bought.sheet, 'cell': bought.cell}} ORDER BY bought.cell_number) AS purchases
FROM placed AS used
INNER JOIN pair ON pair.use_field_id = used.field_id
INNER JOIN placed AS bought
    ON bought.stem = used.stem AND bought.unit_code = used.unit_code AND bought.period = used.period
    AND bought.field_id = pair.bought_field_id
WHERE used.stem = 'data_requests' AND used.status = 'ok'
GROUP BY ALL
HAVING count(*) FILTER (WHERE bought.status <> 'ok') = 0
ORDER BY used.unit_code, used.period, used.cell_number
"""


def judge(row: Row) -> Finding | None:
    """A finding when the agreement was used more often than anything of the kind was bought."""
    bought = sum(purchase["value"] for purchase in row["purchases"])
    if row["value"] <= bought:
        return None
    added = f" ({sum_text(row['purchases'])})" if len(row["purchases"]) > 1 else ""
    most = format_number(bought, 0)
    return found_in(
        "VR12", row,
        f"Fant {number_text(row)} i {place_text(row)} (bruk av bistandsavtalen: {label_text(row)}), men listen over kjøp fra "
        f"Bufetat har {most}{added}: {some([_told(purchase) for purchase in row['purchases']])}. Forskjellen er "
        f"{format_number(row['value'] - bought, 0)}. Et kjøp etter avtalen er også et kjøp fra Bufetat. Rett det tallet som "
        "er feil, eller skriv i forklaringsfeltet hvilket tidsrom listen gjelder.",
        found=number_text(row), expected=f"høyst {most}",
        indicators=indicators_of(row["stem"], [row["field_id"], *(one["field_id"] for one in row["purchases"])]))


def _told(purchase: Field) -> str:
    return f"«{label_text(purchase)}» i celle {purchase['cell']} i arket «{purchase['sheet']}»"


def rows_of_form(fields: Mapping[str, Row]) -> Iterator[Row]:
    """The same rows from one form."""
    for use, several in PURCHASES_OF_USE.items():
        purchases = [fields[name] for name in several if name in fields]
        told = [use in fields and fields[use]["status"] == "ok", *(one["status"] == "ok" for one in purchases)]
        if purchases and all(told):
            yield {**fields[use], "purchases": purchases}


RULE = Rule("VR12", SELECT, judge, of_form=rows_of_form, forms=("data_requests",))
