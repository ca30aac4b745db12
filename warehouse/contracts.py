"""The contract of every table, layer by layer. A table that is not here does not exist.

Indicator tables share one contract (`INDICATOR_PART`): one row per delivered number that takes part in the indicator.
"""

from warehouse.tables import Table, table

REGISTER = (
    table("register", "delivery", "En levert fil, også avviste og like kopier.",
          "delivery_id sha256 stem received_at delivery_state form_version file_name sender_code row_count reason",
          "delivery_id", "stem form_version sender_code row_count reason"),
    table("register", "delivery_scope", "En kilde, enhet, periode og et datasett en godtatt leveranse dekker.",
          "delivery_id source_unit_code period dataset_code version", "delivery_id source_unit_code period dataset_code"),
    table("register", "provenance", "Et stykke av en leveranse med merket for hvor tallene kommer fra.",
          "delivery_id place_from place_to basis fact_id", "delivery_id place_from", "fact_id"),
    table("register", "text_review", "En fremdriftstekst som er gjennomgått, kjent på innholdet.",
          "text_sha256 review_state reviewed_by reviewed_at", "text_sha256"),
    table("register", "told", "Et funn i en tilstand som en mottaker har fått melding om.",
          "recipient finding_id state told_at", "recipient finding_id state"),
    table("register", "clock", "Tidspunktet varehuset er bygget for (én rad).", "as_of", "as_of"),
)

REFERENCE = (
    table("reference", "unit", "En enhet plattformen viser tall for.",
          "unit_code unit_type unit_name kostra_group_code last_trial_year bufetat_region_code", "unit_code",
          "kostra_group_code last_trial_year bufetat_region_code"),
    table("reference", "municipality_code", "Et kommunenummer i den tiden det hører til en forsøkskommune.",
          "source_municipality_code municipality_name unit_code valid_from_year valid_to_year is_whole_unit",
          "source_municipality_code valid_from_year"),
    table("reference", "service_host", "En vertskommune og en samarbeidskommune i den tiden avtalen gjelder.",
          "host_municipality_code guest_municipality_code valid_from_year valid_to_year",
          "host_municipality_code guest_municipality_code valid_from_year"),
    table("reference", "unaccompanied_minors_host",
          "En kommune som har meldt at den har enslige mindreårige, i de årene det gjelder.",
          "source_municipality_code valid_from_year valid_to_year", "source_municipality_code valid_from_year"),
    table("reference", "trial_project", "Prosjektet som merker forsøket i en kommunes hovedbok.",
          "source_municipality_code project_code", "source_municipality_code project_code"),
    table("reference", "own_institution", "Ansvaret som merker kommunens egen institusjon i hovedboken.",
          "source_municipality_code responsibility_code", "source_municipality_code responsibility_code"),
    table("reference", "grant_kind", "Et kjent tilskudd.", "grant_name is_compensation", "grant_name"),
    table("reference", "measure_category", "En tiltakskategori og nøkkeltallet den står som.",
          "category_code key_figure_code is_placement", "category_code"),
    table("reference", "measure_code", "En kode i kodelisten for tiltak fra 2014.", "category_code", "category_code"),
    table("reference", "concept_formula", "Et artsintervall i formelen for et begrep, i årene formelen gjelder.",
          "concept_code concept_name valid_from_year valid_to_year species_from species_to sign",
          "concept_code valid_from_year species_from"),
    table("reference", "indicator", "En indikator i katalogen.",
          "indicator_id unit kind small_number_rule", "indicator_id"),
    table("reference", "form_field", "Et felt i et av plattformens skjemaer.",
          "stem field_id sheet delmaal field_kind unit label_nb definition_nb total_field_id field_id_compared",
          "stem field_id", "unit definition_nb total_field_id field_id_compared"),
    table("reference", "indicator_field", "Et skjemafelt som inngår i en indikator, med rolle.",
          "indicator_id breakdown term role stem field_id period_rule scale",
          "indicator_id breakdown term role stem field_id", "breakdown"),
    table("reference", "field_part", "Et felt som er en del av et annet i samme skjema, og hvordan de to henger sammen.",
          "rule_id stem total_field_id part_field_id relation", "rule_id stem total_field_id part_field_id"),
    table("reference", "key_figure", "Et nøkkeltall i datasettet, med slag.", "key_figure_code unit kind",
          "key_figure_code"),
    table("reference", "figure_indicator", "Et nøkkeltall som inngår i en indikator.",
          "key_figure_code indicator_id", "key_figure_code indicator_id"),
    table("reference", "series_break", "Et brudd i en serie: fra perioden er nøkkeltallet definert på en annen måte.",
          "unit_code key_figure_code period reason_nb", "unit_code key_figure_code period"),
    table("reference", "reporting_period", "Et tertial det skal rapporteres for, med frist.",
          "period period_from period_to deadline", "period"),
    table("reference", "measure_type", "En tiltakstype på en faktura og satsen den deles etter.",
          "measure_type_code measure_type_name rate_measure_code", "measure_type_code", "rate_measure_code"),
    table("reference", "producer_species", "En art for kjøp og hvem det kjøpes av.", "species_code producer_code",
          "species_code"),
    table("reference", "code_mapping", "En kode i intervjukodeboken og hva den er svar på.",
          "code_name delmaal problemstilling_no indicator_id", "code_name", "indicator_id"),
    table("reference", "finding_explanation", "En gjennomgått forklaring på et funn.",
          "rule_id unit_code period place state explanation_nb explained_by explained_on valid_until found expected",
          "rule_id unit_code period place", "unit_code period place valid_until found expected"),
    table("reference", "rule", "En kontrollregel med hvem som skal handle og hvilke indikatorer den angår.",
          "rule_id rule_name_nb level actor is_about_counts advice_nb indicator_ids", "rule_id", "indicator_ids"),
    table("reference", "indicator_input", "En indikator som inngår i en annen, til bruk for grunnlagsmerket.",
          "indicator_id breakdown input_indicator_id input_breakdown is_baseline",
          "indicator_id breakdown input_indicator_id input_breakdown is_baseline", "breakdown input_breakdown"),
    table("reference", "published_figure", "Et tall som er trykt i rapporten og er verdien av én indikator.",
          "fact_id indicator_id unit_code period breakdown published decimals scale", "fact_id",
          "indicator_id unit_code period breakdown published decimals scale"),
)

_FORM_CELL = ("delivery_id cell_number municipality_code period field_id value value_text status_sign explanation sheet "
              "cell")
_FORM_CELL_KEY, _FORM_CELL_NULLABLE = "delivery_id cell_number", "value value_text status_sign explanation"

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
    table("raw", "tertial_reports_cell", "Et felt i en tertialrapport.", _FORM_CELL, _FORM_CELL_KEY,
          _FORM_CELL_NULLABLE),
    table("raw", "data_requests_cell", "Et felt i evaluators dataforespørsel.", _FORM_CELL, _FORM_CELL_KEY,
          _FORM_CELL_NULLABLE),
    table("raw", "supplier_invoices_line", "Et opphold på en faktura fra en privat leverandør, i en tjenestemåned.",
          "delivery_id line_number municipality_code invoice_number supplier_org_number supplier_name "
          "supplier_ownership measure_type_code owner_code contract_id service_from service_to months_count days_count "
          "adults_count children_count amount_nok co_payment_nok posting_year",
          "delivery_id line_number",
          "supplier_org_number supplier_name supplier_ownership owner_code contract_id days_count adults_count "
          "children_count co_payment_nok posting_year"),
    table("raw", "bufetat_line", "Et tall fra Bufetat for en region eller en kommune.",
          "delivery_id line_number bufetat_region_code municipality_code year tertial_number budget_post_code "
          "bufetat_figure_code measure_type_code value status_sign unit change_since_2015",
          "delivery_id line_number",
          "municipality_code tertial_number budget_post_code measure_type_code value status_sign change_since_2015"),
    table("raw", "surveys_line", "Antallet som ga et svar på et spørsmål.",
          "delivery_id line_number survey_code year municipality_code question_id answer_code answer_count "
          "respondents_count",
          "delivery_id line_number"),
    table("raw", "supervision_line", "Et forhold i et tilsyn, med antall.",
          "delivery_id line_number municipality_code supervision_date supervision_name matter_code matter_count "
          "severity", "delivery_id line_number", "matter_count severity"),
    table("raw", "interview_codings_coding",
          "En koding eller et dokument (intervjusammendrag) i et kodeprosjekt, eller en kode i en kodebok; aldri tekst.",
          "delivery_id cell_number record_kind document_key interview_year municipality_code informant_group "
          "consent_state verification_state code_guid code_name coder_key direction position_from position_to cell",
          "delivery_id cell_number",
          "document_key interview_year municipality_code informant_group consent_state verification_state code_guid "
          "code_name coder_key direction position_from position_to"),
)

CORE = (
    table("core", "delivery_in_force", "Leveransen som gjelder for en kilde, enhet, periode og et datasett.",
          "stem source_unit_code period dataset_code delivery_id version",
          "stem source_unit_code period dataset_code"),
    table("core", "form_value", "Et tallfelt i et gjeldende skjema fra en kommune.",
          "stem unit_code source_municipality_code period field_id value status is_confirmed_zero explanation "
          "delivery_id cell_number", "stem unit_code period field_id", "value explanation"),
    table("core", "form_part", "Et skjemafelt som inngår i en indikator.",
          "indicator_id unit_code period breakdown term role amount status delivery_id place_number",
          "indicator_id unit_code period breakdown term role delivery_id place_number", "amount"),
    table("core", "progress_text", "Kommunens egne ord om et delmål i et tertial, med om teksten er gjennomgått.",
          "unit_code period delmaal value_text is_reviewed delivery_id cell_number",
          "unit_code period delmaal"),
    table("core", "confirmed_zero", "Et levert null som leveransen selv sier er et ekte null.",
          "delivery_id place_number", "delivery_id place_number"),
    table("core", "compensation_line", "Et gjeldende tilskudd som er kompensasjon for å delta i forsøket.",
          "unit_code year amount_thousand_nok delivery_id line_number", "delivery_id line_number"),
    table("core", "supplier_invoice_line", "Et opphold på en gjeldende faktura, med satsen som skulle vært brukt.",
          "unit_code service_year posting_year invoice_number supplier_org_number measure_type_code contract_id "
          "contracts_count months_count days_count amount_nok co_payment_nok expected_co_payment_nok delivery_id "
          "line_number",
          "delivery_id line_number",
          "posting_year supplier_org_number contract_id contracts_count days_count co_payment_nok "
          "expected_co_payment_nok"),
    table("core", "invoiced_year", "En enhet og et tjenesteår der fakturalisten er levert etter at året var over.",
          "unit_code service_year", "unit_code service_year"),
    table("core", "invoice_price_line", "En fakturalinje for et opphold som betales etter månedssats.",
          "unit_code service_year measure_type_code months_count amount_nok disclosure_count delivery_id line_number",
          "delivery_id line_number", "disclosure_count"),
    table("core", "bufetat_figure", "Et gjeldende tall fra Bufetat for en kommune eller en region.",
          "unit_code source_unit_code period bufetat_figure_code budget_post_code measure_type_code value status unit "
          "change_since_2015 delivery_id line_number", "delivery_id line_number",
          "budget_post_code measure_type_code value change_since_2015"),
    table("core", "co_payment_figure",
          "Et levert tall som er, eller inngår i, egenandelene til Bufetat fra en kommune eller i en region.",
          "unit_code period amount_thousand_nok status is_comparable_to_2015 delivery_id line_number",
          "unit_code period delivery_id line_number", "amount_thousand_nok"),
    table("core", "survey_answer", "Antallet som ga et svar på et spørsmål i en gjeldende undersøkelse.",
          "unit_code year survey_code question_id answer_code answer_count respondents_count delivery_id line_number",
          "delivery_id line_number"),
    table("core", "supervision_matter", "Et forhold i et gjeldende tilsyn.",
          "unit_code year supervision_date supervision_name matter_code matter_count severity delivery_id line_number",
          "delivery_id line_number", "matter_count severity"),
    table("core", "interview_document", "Et verifisert intervjusammendrag med samtykke.",
          "document_key interview_year unit_code informant_group delivery_id cell_number", "delivery_id cell_number",
          "unit_code"),
    table("core", "interview_coding", "En koding i et verifisert intervjusammendrag med samtykke.",
          "document_key interview_year informant_group code_name delmaal problemstilling_no indicator_id direction "
          "coder_key delivery_id cell_number",
          "delivery_id cell_number", "delmaal problemstilling_no indicator_id direction coder_key"),
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
    table("core", "measure_cost_line", "En levert linje som teller i brutto driftsutgifter til tiltak, med produsent.",
          "unit_code accounting_year purpose_function_code component producer_code amount_thousand_nok delivery_id "
          "line_number", "delivery_id line_number component"),
    table("core", "trial_balance_line",
          "Et tilskudd (pluss) eller en linje i merkostnaden M2 (minus), i år der begge er levert.",
          "unit_code year is_unbroken amount_thousand_nok delivery_id line_number", "delivery_id line_number"),
    table("core", "grant_line", "Et gjeldende tilskudd til en enhet i et år.",
          "unit_code year grant_name is_one_off amount_thousand_nok delivery_id line_number",
          "delivery_id line_number"),
    table("core", "population_cell", "Innbyggere i en enhet, et år og en alder.",
          "unit_code source_municipality_code year age_code inhabitants_count delivery_id cell_number",
          "delivery_id cell_number"),
    table("core", "inhabitant", "Innbyggere 0–17 år i en enhet, et år og en alder.",
          "unit_code year inhabitants_count delivery_id cell_number", "delivery_id cell_number"),
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
          "state delivery_id indicator_ids", "finding_id delivery_id",
          "unit_code period stem file_name sheet cell line_numbers found expected indicator_ids"),
    table("findings", "finding", "Et funn: en regel som ikke holder, med sted, verdi og råd.",
          "finding_id rule_id level unit_code period stem file_name sheet cell line_numbers found expected message "
          "state explanation_nb explained_by delivery_id indicator_ids", "finding_id",
          "unit_code period stem file_name sheet cell line_numbers found expected explanation_nb explained_by "
          "delivery_id indicator_ids"),
    table("findings", "finding_event", "En tilstand et funn gikk over i, og når; historikken slettes aldri.",
          "event_number finding_id event_at state rule_id level unit_code period message",
          "event_number", "unit_code period"),
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
