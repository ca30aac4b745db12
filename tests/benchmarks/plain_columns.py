"""The rivals of our column rules: the same demands of the same table, each as its own documentation shows.

Knows nothing of ours: the demands come as a list of Great Expectations' names and arguments, and are translated for the
others. Great Expectations cannot read DuckDB through SQLAlchemy; on SQL it is given SQLite.

python plain_columns.py gx_pandas|gx_sql|pandera|pointblank SAMPLE.parquet DEMANDS.json

Prints seconds to load and to validate, the demands that are broken, and the most memory held (MB), as JSON.
"""

import json
import os
import sys
import tempfile
import time

from peak_memory import peak_mebibytes

os.environ["GX_ANALYTICS_ENABLED"] = "false"
NOT_NULL, IN_SET, BETWEEN = "ExpectColumnValuesToNotBeNull", "ExpectColumnValuesToBeInSet", "ExpectColumnValuesToBeBetween"
REGEX, UNIQUE = "ExpectColumnValuesToMatchRegex", "ExpectCompoundColumnsToBeUnique"
COLUMNS = "ExpectTableColumnsToMatchSet"


def name_of(demand: dict) -> str:
    return f"{demand['kwargs'].get('column', '')}:{demand['type']}"


def context():
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    made = gx.get_context(mode="ephemeral")
    made.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    made.enable_analytics(False)
    return made


def suite_of(demands: list[dict]):
    from great_expectations import ExpectationSuite, expectations

    return ExpectationSuite(name="columns", expectations=[
        getattr(expectations, demand["type"])(**demand["kwargs"], meta={"name": name_of(demand)}) for demand in demands])


def broken_in(results) -> list[str]:
    crashed = [str(result.exception_info) for result in results.results
               if result.exception_info.get("raised_exception", True) and not result.success]
    if crashed:
        raise RuntimeError(crashed[0][:2000])
    return [result.expectation_config.meta["name"] for result in results.results if not result.success]


def gx_pandas(sample: str, demands: list[dict]):
    import pandas

    data_context = context()

    def load():
        return pandas.read_parquet(sample)

    def validate(frame) -> list[str]:
        asset = data_context.data_sources.add_pandas("pandas").add_dataframe_asset("sample")
        batch = asset.add_batch_definition_whole_dataframe("rows").get_batch({"dataframe": frame})
        return broken_in(batch.validate(suite_of(demands), result_format="SUMMARY"))
    return load, validate


def gx_sql(sample: str, demands: list[dict]):
    import pandas
    import sqlalchemy

    data_context = context()
    path = os.path.join(tempfile.mkdtemp(), "sample.sqlite")

    def load():
        pandas.read_parquet(sample).to_sql("sample", sqlalchemy.create_engine(f"sqlite:///{path}"), index=False,
                                           chunksize=50_000)

    def validate(_) -> list[str]:
        asset = data_context.data_sources.add_sqlite("sql", connection_string=f"sqlite:///{path}").add_table_asset(
            "sample", table_name="sample")
        batch = asset.add_batch_definition_whole_table("rows").get_batch()
        try:
            return broken_in(batch.validate(suite_of(demands), result_format="SUMMARY"))
        finally:
            os.unlink(path)
    return load, validate


def pandera(sample: str, demands: list[dict]):
    import pandas
    import pandera.pandas as pa

    checks: dict[str, list] = {column: [] for column in demands[0]["kwargs"]["column_set"]}
    required = {demand["kwargs"]["column"] for demand in demands if demand["type"] == NOT_NULL}
    for demand in demands:
        asked = demand["kwargs"]
        if demand["type"] == IN_SET:
            checks[asked["column"]].append(pa.Check.isin(asked["value_set"], name=IN_SET))
        elif demand["type"] == REGEX:
            checks[asked["column"]].append(pa.Check.str_matches(asked["regex"], name=REGEX))
        elif demand["type"] == BETWEEN:
            high = float("inf") if asked["max_value"] is None else asked["max_value"]
            checks[asked["column"]].append(pa.Check.in_range(asked["min_value"], high, name=BETWEEN))
    keys = [demand["kwargs"]["column_list"] for demand in demands if demand["type"] == UNIQUE]
    schema = pa.DataFrameSchema(
        {column: pa.Column(checks=own, nullable=column not in required) for column, own in checks.items()},
        unique=keys[0], strict=True)

    def validate(frame) -> list[str]:
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            return [told(error) for error in errors.schema_errors]
        return []

    def told(error) -> str:
        check = str(error.reason_code.name)
        if check == "SERIES_CONTAINS_NULLS":
            return f"{error.schema.name}:{NOT_NULL}"
        return f":{UNIQUE}" if check == "DUPLICATES" else f"{error.schema.name}:{error.check.name}"
    return lambda: pandas.read_parquet(sample), validate


def pointblank(sample: str, demands: list[dict]):
    import pointblank as pb
    import polars

    def validate(frame) -> list[str]:
        plan = pb.Validate(frame)
        for demand in demands:
            asked = demand["kwargs"]
            column = asked.get("column")
            if demand["type"] == NOT_NULL:
                plan = plan.col_vals_not_null(column)
            elif demand["type"] == IN_SET:
                plan = plan.col_vals_in_set(column, [*asked["value_set"], None])
            elif demand["type"] == REGEX:
                # Rust's expressions end in a small z.
                plan = plan.col_vals_regex(column, asked["regex"].replace(r"\Z", r"\z"), na_pass=True)
            elif demand["type"] == BETWEEN and asked["max_value"] is None:
                plan = plan.col_vals_ge(column, asked["min_value"], na_pass=True)
            elif demand["type"] == BETWEEN:
                plan = plan.col_vals_between(column, asked["min_value"], asked["max_value"], na_pass=True)
            elif demand["type"] == UNIQUE:
                plan = plan.rows_distinct(columns_subset=asked["column_list"])
            else:
                plan = plan.col_exists(asked["column_set"])
        done = plan.interrogate(collect_extracts=False)
        steps = [(name, done.n_failed(i=number, scalar=True)) for number, name in enumerate(_steps(demands), 1)]
        return [name for name, failed in steps if failed]
    return lambda: polars.read_parquet(sample), validate


def _steps(demands: list[dict]) -> list[str]:
    """The demand each step of pointblank belongs to: it makes one of each column that must be there."""
    return [name_of(demand) for demand in demands for _ in demand["kwargs"].get("column_set", [1])]


def main(rival: str, sample: str, demands: str) -> dict:
    with open(demands, encoding="utf-8") as file:
        load, validate = {"gx_pandas": gx_pandas, "gx_sql": gx_sql, "pandera": pandera, "pointblank": pointblank}[rival](
            sample, json.load(file))
    marks = [time.perf_counter()]
    table = load()
    marks.append(time.perf_counter())
    broken = validate(table)
    marks.append(time.perf_counter())
    return {"load": marks[1] - marks[0], "validate": marks[2] - marks[1], "broken": sorted(set(broken))}


if __name__ == "__main__":
    print(json.dumps({**main(*sys.argv[1:]), "memory": peak_mebibytes()}))
