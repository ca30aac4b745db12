"""The reference table of printed numbers: what every row must satisfy."""

import re
from collections import Counter

import pytest
from assets.methods.expression import evaluate, tokens
from pipelines.commands.reproduce import SOURCE_LABELS
from pipelines.delivered_numbers import NAMED_QUERIES, is_indicator
from pipelines.published_figure import CONFIDENCES, QUALIFIERS, published_figures
from warehouse.reference_data import reference_rows

FIGURES = published_figures()
WITH_EXPRESSION = [figure for figure in FIGURES if figure.expression]
INDICATOR_IDS = {row["indicator_id"] for row in reference_rows("indicator")}
UNIT_CODES = {row["unit_code"] for row in reference_rows("unit")}
KEY_FIGURE_CODES = {row["key_figure_code"] for row in reference_rows("key_figure")}
BUFETAT_MEASURES = {row["measure_type_code"] for row in reference_rows("bufetat_measure_type")}
SURVEY_ANSWERS = {f"{row['component'].split(':')[1]}/{row['component'].split(':')[2]}/{row['component'].split(':')[3]}"
                  for row in reference_rows("demo_targets") if row["component"].startswith("survey:")}
MEASURE_TYPES = {row["measure_type_code"] for row in reference_rows("measure_type")}
TRIAL_COST = {"trial_cost=included", "trial_cost=excluded"}
BREAKDOWNS = {
    "C1-02": {f"category={row['category_code']}" for row in reference_rows("measure_category")},
    "E2-01": TRIAL_COST,
    "E2-02": TRIAL_COST,
    "E2-03": {f"function={code};{cost}" for code in ("244", "251", "252") for cost in TRIAL_COST},
    "G1-10": {"", "post=0855.01", "post=0855.22", "post=0855.60", "post=3855.60"},
    "E2-07": {"", "function=252", "function=285"},
    "E3-01": {"", *(f"producer={code}" for code in ("own", "state", "private", "other"))},
    "E3-02": {"source=ledger", "source=invoices"},
    **dict.fromkeys(("E3-05", "E3-06", "E3-07"), {f"type={code}" for code in MEASURE_TYPES}),
    "G1-02": {"", "purpose=244", "purpose=251", "purpose=252", "purpose=unsplit"},
    "E2-05": {"part=trial"},
    **{indicator_id: {row["breakdown"] for row in reference_rows("indicator_field") if row["indicator_id"] == indicator_id}
       for indicator_id in {row["indicator_id"] for row in reference_rows("indicator_field")}},
}


def tokens_of(figure):
    return list(tokens(figure.expression, period=figure.period, unit_code=figure.unit_code).values())


def test_every_printed_number_has_a_row_of_its_own():
    repeated = [fact_id for fact_id, count in Counter(figure.fact_id for figure in FIGURES).items() if count > 1]
    assert repeated == []
    assert len(FIGURES) == 867


def test_802_printed_numbers_can_be_made_from_the_sources():
    assert len(WITH_EXPRESSION) == 802


@pytest.mark.parametrize(("pattern", "count"), [
    (r"(XX|AL|FA|RO|BU)\d{3}", 260),
    (r"T(07|08|09|10|11|12)R\d\d-\d{4}-\d{4}", 306),
    (r"D\d{3}", 129),
    (r"Q\d\d", 38),
    (r"T0[1-6].*", 128),
    (r"IN\d\d-\d{4}-\d{4}", 6),
])
def test_no_printed_number_is_left_out(pattern, count):
    assert sum(bool(re.fullmatch(pattern, figure.fact_id)) for figure in FIGURES) == count


def test_every_figure_has_an_expression_or_says_what_is_missing():
    assert [f.fact_id for f in FIGURES if bool(f.expression) == bool(f.missing)] == []


def test_every_missing_source_has_words_for_the_reader():
    assert {f.missing for f in FIGURES if f.missing} == set(SOURCE_LABELS)


def test_wordings_confidences_units_and_inconsistencies_are_known():
    inconsistencies = {row["inconsistency_id"] for row in reference_rows("published_inconsistency")} | {""}
    strangers = [
        f.fact_id for f in FIGURES
        if f.qualifier not in QUALIFIERS or f.confidence not in CONFIDENCES or f.unit_code not in UNIT_CODES | {""}
        or f.inconsistency_id not in inconsistencies or not re.fullmatch(r"\d{4}(-T[123])?", f.period)]
    assert strangers == []


def test_a_figure_with_an_expression_has_a_number_to_compare_with():
    assert [f.fact_id for f in WITH_EXPRESSION if f.published is None] == []


def test_no_figure_prints_more_decimals_than_it_says():
    wrong = [f.fact_id for f in FIGURES if f.published is not None and -f.published.as_tuple().exponent > f.decimals]
    assert wrong == []


def test_every_expression_can_be_worked_out():
    values = {f.fact_id: evaluate(f.expression, {text: 2.0 for text in tokens(f.expression, period="", unit_code="")})
              for f in WITH_EXPRESSION}
    assert len(values) == len(WITH_EXPRESSION)


def test_expressions_name_only_known_indicators_queries_breakdowns_units_and_years():
    strangers = [(figure.fact_id, str(token)) for figure in WITH_EXPRESSION for token in tokens_of(figure)
                 if not (is_known_indicator(token) or is_known_query(token)) or not has_a_known_place(token)]
    assert strangers == []


def is_known_indicator(token):
    return token.name in INDICATOR_IDS and token.breakdown in BREAKDOWNS.get(token.name, {""})


def is_known_query(token):
    query, _, argument = token.name.partition(":")
    known = {
        "key_figure": KEY_FIGURE_CODES, "population": {"0-17"}, "grant": {"one_off"},
        "informants": {"ungdom", "forelder", "fosterforelder"}, "own_institution": {"gross"},
        "rate": {"institusjon", "statlig_beredskaps_og_familiehjem"},
        "form": {f"{row['stem']}:{row['field_id']}" for row in reference_rows("form_field")},
        "reports": {"tertial_reports", "data_requests"},
        **{f"invoice_{what}": MEASURE_TYPES for what in ("months", "days", "suppliers", "price_part")},
        "bufetat": {"inntektskrav", *(f"{figure}/{measure}" for figure in ("kjøp", "oppholdsdager")
                                      for measure in BUFETAT_MEASURES)},
        "survey": {*SURVEY_ANSWERS, *(f"{answer}/n" for answer in SURVEY_ANSWERS)},
        "supervision": {"ungdom_ved_tilsyn", "ungdom_uten_handlingsplan", "ungdom_med_mangelfull_plan",
                        "krav_til_grunnbemanning"},
    }
    assert set(known) == set(NAMED_QUERIES)
    return not is_indicator(token) and argument in known.get(query, ()) and not token.breakdown


def has_a_known_place(token):
    shared = token.name.startswith(("rate:", "grant:"))
    return re.fullmatch(r"20(13|14|15|16|17|18|19)(-T[123])?", token.period) and (token.unit_code in UNIT_CODES or shared)


def test_the_indicator_of_a_figure_is_the_one_its_expression_names():
    wrong = [f.fact_id for f in FIGURES if f.indicator_id and f.expression != indicator_name(f)]
    assert wrong == []


def test_a_figure_printed_in_text_or_table_as_one_indicator_names_it():
    printed = [f for f in WITH_EXPRESSION if f.origin_nb.startswith(("Tabell", "tekst"))]
    unnamed = [f.fact_id for f in printed
               if not f.indicator_id and len(tokens_of(f)) == 1 and f.expression[1:6] in INDICATOR_IDS
               and f.expression.endswith("}") and f.expression.count("{") == 1]
    assert unnamed == []


def indicator_name(figure):
    return "{" + figure.indicator_id + (f"|{figure.breakdown}" if figure.breakdown else "") + "}"


def test_the_reports_45_inconsistencies_are_told_with_a_known_level():
    rows = reference_rows("published_inconsistency")
    assert [row["inconsistency_id"] for row in rows] == [f"IN{number:02d}" for number in range(1, 46)]
    assert {row["level"] for row in rows} == {"informasjon", "advarsel", "feil"}
    assert all(row["kind_nb"] and row["description_nb"].endswith(".") for row in rows)
