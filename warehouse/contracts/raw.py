"""The contracts of raw: one row per delivered line or cell, as it came."""

from warehouse.tables import table

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
    table("raw", "child_records_count",
          "Et antall talt ved mottak av en fil med skjema 15F; aldri et individ.",
          "delivery_id cell_number municipality_code year count_code count_category_code value",
          "delivery_id cell_number", "count_category_code"),
    table("raw", "interview_codings_coding",
          "En koding eller et dokument (intervjusammendrag) i et kodeprosjekt, eller en kode i en kodebok; aldri tekst.",
          "delivery_id cell_number record_kind document_key interview_year municipality_code informant_group "
          "consent_state verification_state code_guid code_name coder_key direction position_from position_to cell",
          "delivery_id cell_number",
          "document_key interview_year municipality_code informant_group consent_state verification_state code_guid "
          "code_name coder_key direction position_from position_to"),
)
