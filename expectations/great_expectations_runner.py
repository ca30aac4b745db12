"""The only door to Great Expectations: contracts in, outcomes out.

The library costs seconds and 250 MB to import, so it is imported inside the functions, and only when a table is to be
judged. Nothing is sent anywhere and nothing is written: the context lives in memory, analytics and progress bars off.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expectations.contract_suite import ExpectationSpec, expectations_of
from expectations.distribution_suite import distributions_of
from warehouse.tables import Table

if TYPE_CHECKING:
    import pandas

LARGE_TABLE_ROWS = 200_000
EXAMPLE_COUNT = 5

_COUNTS = "unexpected_count"
_COUNTED = "expectation_id"
_MEDIAN = "ExpectColumnMedianToBeBetween"


class ExpectationCrashed(Exception):
    """Great Expectations could not judge a demand; the fault is ours, not the data's."""


@dataclass(frozen=True)
class ExpectationOutcome:
    """The outcome of one demand to one table, a row of `findings.expectation_result`.

    `examples` holds up to five of the values as text and is for whoever mends the table: it must not be published.
    A demand to a distribution has severity `warning`, the id of its rule, and what was `observed`.
    """

    table_name: str
    column_name: str | None
    expectation: str
    success: bool
    unexpected_count: int
    examples: str | None = None
    severity: str = "critical"
    rule_id: str | None = None
    observed: float | None = None


def validate(frames: Mapping[Table, "pandas.DataFrame"]) -> list[ExpectationOutcome]:
    """Judges each table's rows by its contract and its distributions; for tables up to `LARGE_TABLE_ROWS` rows.

    Outcomes come in the order of the contracts' demands. Raises ExpectationCrashed.
    """
    batches = _batches()
    return [outcome for contract, frame in frames.items() for outcome in _validate_frame(batches, contract, frame)]


def validate_counts(counts: Mapping[Table, Iterable[tuple[str, int]]]) -> list[ExpectationOutcome]:
    """Judges tables whose broken rows SQL has counted (`violation_counts_sql`): each count must be 0. No examples.

    Raises ExpectationCrashed when a demand of the contract was not counted.
    """
    batches = _batches()
    return [outcome for contract, counted in counts.items()
            for outcome in _validate_counted(batches, contract, dict(counted))]


def validate_samples(samples: Mapping[Table, "pandas.DataFrame"]) -> list[ExpectationOutcome]:
    """Judges the distributions of tables too large to be judged whole, by a sample of each. Raises ExpectationCrashed."""
    batches = _batches()
    return [outcome for contract, frame in samples.items() for outcome in _validate_distributions(batches, contract, frame)]


def _batches() -> Any:
    """Where frames become batches, in a context in memory that neither shows progress nor reports to anybody.

    One asset serves every table: each new one would make the context write out its whole configuration again.
    """
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    context.enable_analytics(False)
    source = context.data_sources.add_pandas("warehouse")
    return source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("rows")


def _validate_frame(batches: Any, contract: Table, frame: "pandas.DataFrame") -> list[ExpectationOutcome]:
    """One validation of the table: what its contract demands, and how its columns are distributed."""
    specs = expectations_of(contract)
    judged = [spec for spec in (*specs, *distributions_of(contract, len(frame))) if spec.needs <= set(frame.columns)]
    results = _run(batches, contract.full_name, _with_numbers(frame, judged), judged)
    unjudged = [_unjudged(contract, spec, len(frame)) for spec in specs if spec.id not in results]
    return [*(_outcome(contract, spec, results[spec.id]) for spec in judged), *unjudged]


def _validate_distributions(batches: Any, contract: Table, frame: "pandas.DataFrame") -> list[ExpectationOutcome]:
    specs = distributions_of(contract, len(frame))
    results = _run(batches, contract.full_name, _with_numbers(frame, specs), specs) if specs else {}
    return [_outcome(contract, spec, results[spec.id]) for spec in specs]


def _with_numbers(frame: "pandas.DataFrame", specs: Iterable[ExpectationSpec]) -> "pandas.DataFrame":
    """The frame with amounts as floats where a median is asked of them: exact decimals are objects to pandas."""
    exact = {spec.column for spec in specs if spec.type_name == _MEDIAN and frame[spec.column].dtype == object}
    return frame.astype(dict.fromkeys(exact, "float64")) if exact else frame


def _validate_counted(batches: Any, contract: Table, counts: dict[str, int]) -> list[ExpectationOutcome]:
    """One validation of the summary: a row per demand, none of which may count more than 0 broken rows."""
    import pandas

    specs = expectations_of(contract)
    if missing := [spec.id for spec in specs if spec.id not in counts]:
        raise ExpectationCrashed(f"{contract.full_name}: ikke talt opp: {', '.join(missing)}")
    summary = pandas.DataFrame({_COUNTED: [spec.id for spec in specs],
                                _COUNTS: [int(counts[spec.id]) for spec in specs]})
    none_broken = ExpectationSpec(f"{contract.full_name}|{_COUNTS}", "ExpectColumnValuesToBeBetween",
                                  {"column": _COUNTS, "min_value": 0, "max_value": 0}, _COUNTS, frozenset(), "")
    result = _run(batches, contract.full_name, summary, [none_broken])[none_broken.id]
    broken = {row[_COUNTED] for row in result.result["unexpected_index_list"] or ()}
    return [ExpectationOutcome(contract.full_name, spec.column, spec.type_name, spec.id not in broken,
                               int(counts[spec.id])) for spec in specs]


def _run(batches: Any, name: str, frame: "pandas.DataFrame", specs: list[ExpectationSpec]) -> dict[str, Any]:
    """One validation of a frame: the results by the demand's id, for they come back in another order."""
    from great_expectations import ExpectationSuite, expectations

    suite = ExpectationSuite(name=name, expectations=[
        getattr(expectations, spec.type_name)(**spec.kwargs, severity=spec.severity, meta={"id": spec.id}) for spec in specs])
    validation = batches.get_batch({"dataframe": frame}).validate(suite, result_format=_result_format(frame))
    return {result.expectation_config.meta["id"]: _sound(result) for result in validation.results}


def _result_format(frame: "pandas.DataFrame") -> dict[str, Any]:
    """Of a summary every broken demand is named; of a table a few values are enough."""
    if _COUNTED in frame.columns:
        return {"result_format": "COMPLETE", "unexpected_index_column_names": [_COUNTED]}
    return {"result_format": "BASIC", "partial_unexpected_count": EXAMPLE_COUNT}


def _sound(result: Any) -> Any:
    if result.exception_info.get("raised_exception", True) and not result.success:
        raise ExpectationCrashed(f"{result.expectation_config.meta['id']}: {result.exception_info}")
    return result


def _outcome(contract: Table, spec: ExpectationSpec, result: Any) -> ExpectationOutcome:
    if spec.rule_id:
        observed = result.result.get("observed_value")
        return ExpectationOutcome(contract.full_name, spec.column, spec.type_name, bool(result.success), int(not result.success),
                                  None, spec.severity, spec.rule_id, None if observed is None else float(observed))
    count, values = _broken(result)
    examples = "; ".join(_as_text(value) for value in values[:EXAMPLE_COUNT]) or None
    return ExpectationOutcome(contract.full_name, spec.column, spec.type_name, bool(result.success), count, examples)


def _broken(result: Any) -> tuple[int, list[Any]]:
    """How many rows break the demand, and some of their values; for the set of columns: the columns themselves."""
    if "unexpected_count" in result.result:
        return result.result["unexpected_count"], result.result["partial_unexpected_list"]
    mismatched = (result.result.get("details") or {}).get("mismatched", {})
    columns = [*mismatched.get("missing", ()), *mismatched.get("unexpected", ())]
    return len(columns), columns


def _as_text(value: Any) -> str:
    """A value as text; the values of a compound key as `column=value, column=value`."""
    return ", ".join(f"{name}={part}" for name, part in value.items()) if isinstance(value, dict) else str(value)


def _unjudged(contract: Table, spec: ExpectationSpec, row_count: int) -> ExpectationOutcome:
    """A demand about a column that is not there is broken by every row."""
    return ExpectationOutcome(contract.full_name, spec.column, spec.type_name, False, row_count)
