"""The contract of every table, layer by layer. A table that is not here does not exist.

Indicator tables share one contract (`INDICATOR_PART`): one row per delivered number that takes part in the indicator.
"""

from warehouse.tables import Table, table

REGISTER = (
    table("register", "delivery", "En levert fil, også avviste og like kopier.",
          "delivery_id sha256 stem received_at delivery_state form_version file_name sender_code row_count reason",
          "delivery_id", "stem form_version sender_code row_count reason"),
    table("register", "delivery_scope", "En kilde, enhet og periode en godtatt leveranse dekker.",
          "delivery_id source_unit_code period version", "delivery_id source_unit_code period"),
    table("register", "provenance", "Et stykke av en leveranse med merket for hvor tallene kommer fra.",
          "delivery_id place_from place_to basis fact_id", "delivery_id place_from", "fact_id"),
    table("register", "clock", "Tidspunktet varehuset er bygget for (én rad).", "as_of", "as_of"),
)

REFERENCE = (
    table("reference", "unit", "En enhet plattformen viser tall for.",
          "unit_code unit_type unit_name kostra_group_code", "unit_code", "kostra_group_code"),
    table("reference", "municipality_code", "Et kommunenummer i den tiden det hører til en forsøkskommune.",
          "source_municipality_code municipality_name unit_code valid_from_year valid_to_year is_whole_unit",
          "source_municipality_code valid_from_year"),
    table("reference", "service_host", "En vertskommune og en samarbeidskommune i den tiden avtalen gjelder.",
          "host_municipality_code guest_municipality_code valid_from_year valid_to_year",
          "host_municipality_code guest_municipality_code valid_from_year"),
    table("reference", "trial_project", "Prosjektet som merker forsøket i en kommunes hovedbok.",
          "source_municipality_code project_code", "source_municipality_code project_code"),
    table("reference", "own_institution", "Ansvaret som merker kommunens egen institusjon i hovedboken.",
          "source_municipality_code responsibility_code", "source_municipality_code responsibility_code"),
    table("reference", "grant_kind", "Et kjent tilskudd.", "grant_name is_compensation", "grant_name"),
    table("reference", "measure_category", "En tiltakskategori og nøkkeltallet den står som.",
          "category_code key_figure_code", "category_code"),
    table("reference", "concept_formula", "Et artsintervall i formelen for et begrep, i årene formelen gjelder.",
          "concept_code concept_name valid_from_year valid_to_year species_from species_to sign",
          "concept_code valid_from_year species_from"),
    table("reference", "indicator", "En indikator i katalogen.",
          "indicator_id unit kind small_number_rule", "indicator_id"),
    table("reference", "indicator_input", "En indikator som inngår i en annen, til bruk for grunnlagsmerket.",
          "indicator_id breakdown input_indicator_id input_breakdown is_baseline",
          "indicator_id breakdown input_indicator_id input_breakdown is_baseline", "breakdown input_breakdown"),
    table("reference", "published_figure", "Et tall som er trykt i rapporten og er verdien av én indikator.",
          "fact_id indicator_id unit_code period breakdown published decimals scale", "fact_id",
          "indicator_id unit_code period breakdown published decimals scale"),
)

RAW = (
    table("raw", "kostra_accounts_line", "En linje i et filuttrekk av regnskapet.",
          "delivery_id line_number form_code accounting_year quarter region_code org_number company_number "
          "account_class function_code species_code amount_thousand_nok",
          "delivery_id line_number", "quarter org_number company_number"),
    table("raw", "ledger_line", "En linje i hovedboken.",
          "delivery_id line_number municipality_code accounting_year voucher_number voucher_date function_code "
          "species_code responsibility_code project_code purpose_function_code invoice_number "
          "supplier_org_number line_text amount_nok area_code",
          "delivery_id line_number",
          "voucher_date responsibility_code project_code purpose_function_code invoice_number supplier_org_number "
          "line_text area_code"),
    table("raw", "grants_line", "En linje i oversikten over tilskudd.",
          "delivery_id line_number municipality_code year grant_name amount_thousand_nok is_one_off",
          "delivery_id line_number"),
    table("raw", "rates_line", "En månedssats for kommunal egenandel.",
          "delivery_id line_number year measure_code rate_nok_per_month rate_source",
          "delivery_id line_number", "rate_nok_per_month rate_source"),
    table("raw", "population_cell", "En celle i befolkningsdatasettet.",
          "delivery_id cell_number region_code age_code year value status_sign",
          "delivery_id cell_number", "value status_sign"),
    table("raw", "kostra_statistics_cell", "En celle i et datasett med nøkkeltall.",
          "delivery_id cell_number dataset_code region_code key_figure_code year value status_sign",
          "delivery_id cell_number", "value status_sign"),
)

CORE = (
    table("core", "delivery_in_force", "Leveransen som gjelder for en kilde, enhet og periode.",
          "stem source_unit_code period delivery_id version", "stem source_unit_code period"),
    table("core", "complete_year", "En enhet og et regnskapsår der alle regnskap og hovedbøker er levert.",
          "unit_code accounting_year", "unit_code accounting_year"),
    table("core", "account_line", "En gjeldende linje i årsregnskapet til en forsøkskommune (0A, kommunekassen).",
          "unit_code source_municipality_code accounting_year account_class function_code species_code "
          "amount_thousand_nok is_internal delivery_id line_number", "delivery_id line_number"),
    table("core", "account_concept", "Et begrep for en enhet, et år og en funksjon, etter årets egen formel.",
          "unit_code accounting_year function_code concept_code amount_thousand_nok",
          "unit_code accounting_year function_code concept_code"),
    table("core", "ledger_line", "En gjeldende linje i hovedboken, med forsøkets merke og formål.",
          "unit_code source_municipality_code accounting_year voucher_number voucher_date function_code species_code "
          "responsibility_code project_code is_trial purpose_function_code invoice_number supplier_org_number area_code amount_nok "
          "delivery_id line_number", "delivery_id line_number",
          "voucher_date responsibility_code project_code purpose_function_code invoice_number supplier_org_number area_code"),
    table("core", "child_welfare_cost_line",
          "En levert linje som teller i netto driftsutgifter til barnevern, med fortegn.",
          "unit_code accounting_year function_code purpose_function_code component amount_thousand_nok delivery_id "
          "line_number", "delivery_id line_number component"),
    table("core", "grant_line", "Et gjeldende tilskudd til en enhet i et år.",
          "unit_code year grant_name is_one_off amount_thousand_nok delivery_id line_number",
          "delivery_id line_number"),
    table("core", "population_cell", "Innbyggere i en enhet, et år og en alder.",
          "unit_code source_municipality_code year age_code inhabitants_count delivery_id cell_number",
          "delivery_id cell_number"),
    table("core", "key_figure", "Et nøkkeltall for en enhet og et år.",
          "unit_code year key_figure_code value status is_confirmed_zero delivery_id cell_number",
          "unit_code year key_figure_code", "value"),
    table("core", "co_payment_rate", "En kunngjort månedssats for et år og et tiltak.",
          "year measure_code rate_nok_per_month rate_source delivery_id line_number", "year measure_code",
          "rate_source"),
)

INDICATOR_PART_COLUMNS = "unit_code period breakdown term role amount status delivery_id place_number"


def indicator_part(name: str) -> Table:
    """The contract of one indicator's table: one row per delivered number that takes part in it.

    value = sum over terms of (sum of numerators / sum of denominators, 1 where a term has none).
    """
    return table("indicators", name, "Et levert tall som inngår i indikatoren, med rolle og fortegn.",
                 INDICATOR_PART_COLUMNS, "unit_code period breakdown term role delivery_id place_number", "amount")


MARTS = (
    table("marts", "indicator_value", "En indikator for en enhet, en periode og en fordeling; evaluatorenes nivå.",
          "indicator_id unit_code period breakdown value unit status basis fact_id count_numerator count_complement "
          "count_denominator is_confirmed_zero", "indicator_id unit_code period breakdown",
          "value fact_id count_numerator count_complement count_denominator"),
)

FINDINGS = (
    table("findings", "delivery_finding", "Et funn som leveransen alene viser, også når den siden er erstattet.",
          "finding_id rule_id level unit_code period stem file_name sheet cell line_numbers found expected message "
          "state delivery_id", "finding_id delivery_id",
          "unit_code period stem file_name sheet cell line_numbers found expected"),
    table("findings", "finding", "Et funn: en regel som ikke holder, med sted, verdi og råd.",
          "finding_id rule_id level unit_code period stem file_name sheet cell line_numbers found expected message "
          "state delivery_id", "finding_id",
          "unit_code period stem file_name sheet cell line_numbers found expected delivery_id"),
    table("findings", "expectation_result", "Utfallet av én forventning til én tabell i siste oppdatering.",
          "table_name column_name expectation success unexpected_count examples",
          "table_name column_name expectation", "column_name examples"),
)

FIXED_TABLES: tuple[Table, ...] = REGISTER + REFERENCE + RAW + CORE + MARTS + FINDINGS
RAW_BY_STEM: dict[str, Table] = {contract.name.rpartition("_")[0]: contract for contract in RAW}
"""The raw table of each source: `ledger` gives `raw.ledger_line`. Its rows are lines of a file or cells of a data set."""

BY_NAME: dict[str, Table] = {contract.full_name: contract for contract in FIXED_TABLES}


def contract_of(schema: str, name: str) -> Table:
    """The contract of a table. Raises KeyError for a table nobody has described."""
    if schema == "indicators":
        return indicator_part(name)
    return BY_NAME[f"{schema}.{name}"]
