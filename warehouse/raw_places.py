"""What a place in each raw table is: which unit and period its rows belong to, what names a row, what may be corrected.

The expressions are over a row called `line`. Corrections, lineage and traces read it; how a table is filled is not here.
"""

from dataclasses import dataclass

from warehouse.contracts import RAW_BY_STEM
from warehouse.tables import Table


@dataclass(frozen=True)
class RawPlace:
    """The places of one source.

    `unit`, `period`, `dataset`: SQL that gives a row's scope key. `names`: the columns a correction may name a row by,
    beside its line or cell number. `values`: the columns that may be corrected, the source's own number first; none
    where a source is corrected in the tool it comes from.
    """

    stem: str
    unit: str
    period: str
    dataset: str
    names: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def contract(self) -> Table:
        return RAW_BY_STEM[self.stem]

    @property
    def number(self) -> str:
        """The column that numbers the rows of a delivery: `line_number` or `cell_number`."""
        return self.contract.key[1]

    @property
    def has_signs(self) -> bool:
        """Whether a missing number is delivered as a sign beside it."""
        return "status_sign" in self.contract.column_names


def _place(stem: str, unit: str, period: str, names: str, values: str, dataset: str = "''") -> RawPlace:
    return RawPlace(stem, unit, period, dataset, tuple(names.split()), tuple(values.split()))


_YEAR = "CAST(line.year AS VARCHAR)"
_FORM = ("line.municipality_code", "line.period", "field_id", "value")

PLACES = {place.stem: place for place in (
    _place("kostra_accounts", "substring(line.region_code, 1, 4)",
           "CAST(line.accounting_year AS VARCHAR) || coalesce('-K' || line.quarter, '')",
           "account_class function_code species_code", "amount_thousand_nok function_code species_code"),
    _place("ledger", "line.municipality_code", "CAST(line.accounting_year AS VARCHAR)",
           "voucher_number voucher_date function_code species_code responsibility_code project_code invoice_number",
           "amount_nok function_code species_code responsibility_code project_code purpose_function_code area_code"),
    _place("grants", "line.municipality_code", _YEAR, "grant_name", "amount_thousand_nok is_one_off"),
    _place("rates", "'EAK'", _YEAR, "measure_code", "rate_nok_per_month"),
    _place("population", "line.region_code", _YEAR, "age_code", "value"),
    _place("kostra_statistics", "line.region_code", _YEAR, "key_figure_code dataset_code", "value"),
    _place("tertial_reports", *_FORM),
    _place("data_requests", *_FORM),
    _place("child_records", "line.municipality_code", _YEAR, "count_code count_category_code", "value"),
    _place("supplier_invoices", "line.municipality_code", "CAST(year(line.service_from) AS VARCHAR)",
           "invoice_number supplier_org_number contract_id measure_type_code service_from",
           "amount_nok co_payment_nok months_count days_count measure_type_code supplier_org_number contract_id"),
    _place("bufetat", "coalesce(line.municipality_code, line.bufetat_region_code)",
           "CAST(line.year AS VARCHAR) || coalesce('-T' || CAST(line.tertial_number AS VARCHAR), '')",
           "budget_post_code measure_type_code", "value change_since_2015", "line.bufetat_figure_code"),
    _place("surveys", "line.municipality_code", _YEAR, "question_id answer_code", "answer_count respondents_count",
           "line.survey_code"),
    _place("supervision", "line.municipality_code", "CAST(year(line.supervision_date) AS VARCHAR)",
           "supervision_date matter_code", "matter_count", "line.supervision_name"),
    # Codings carry consent and verification; they are mended in the coding tool and delivered again.
    _place("interview_codings", "'FORSOK'", "CAST(line.interview_year AS VARCHAR)", "", ""),
)}
"""The places of every source, by stem."""

CORRECTABLE = tuple(place for place in PLACES.values() if place.values)
