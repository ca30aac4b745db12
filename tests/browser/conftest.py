"""The site the browser opens: a made-up release as rich as the real one, with hidden and missing cells."""

import csv
from pathlib import Path
from typing import Any

import pytest

from dashboards.release import Release
from dashboards.site import build_site
from warehouse.reference_data import reference_rows

HERE = Path(__file__).parent
YEARS = ("2013", "2014", "2015", "2016", "2017", "2018")
WHOLE_COUNTS = {"B1-03": "01", "B3-04": "07", "B3-05": "08", "B3-07": "12", "C2-07": "16", "C5-04": "17",
                "C6-01": "15", "E1-02": "06", "B1-05": "02", "B1-08": "04", "B3-03": "03"}
GROUP_FIGURES = {"B1-04": "01R", "B1-05": "02", "B3-03": "03", "B1-08": "04", "E1-02": "06", "B3-01": "08A"}
GROUP_NET_COST = {"EKG12": (9800, 10900, 11800, 12700), "EKG13": (8100, 8600, 9200, 9700)}
SHARES_OF_GROUP_COST = {"244": 0.34, "251": 0.13, "252": 0.53}
STATUS_OF_SIGN = {":": "suppressed", "..": "not_reported"}


def _row(indicator_id: str, unit_code: str, period: str, value: Any, basis: str, breakdown: str = "") -> dict[str, Any]:
    status = STATUS_OF_SIGN.get(value, "ok")
    return {"indicator_id": indicator_id, "unit_code": unit_code, "period": period, "breakdown": breakdown,
            "value": float(value) if status == "ok" else None, "status": status, "basis": basis, "fact_id": None}


def _records(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key_figures() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["unit_code"], row["key_figure_code"]): {year: row[year] for year in YEARS}
            for row in _records("sample_key_figures.csv")}


def _quotient(numerator: str, denominator: float) -> Any:
    return numerator if numerator in STATUS_OF_SIGN else float(numerator) / denominator


def _children_rows() -> list[dict[str, Any]]:
    figures, rows = _key_figures(), []
    for unit_code in ("2012", "0729", "0627"):
        for indicator_id, key in WHOLE_COUNTS.items():
            rows += [_row(indicator_id, unit_code, year, figures[unit_code, key][year], "published") for year in YEARS]
        for category in reference_rows("measure_category"):
            cells = figures[unit_code, category["key_figure_code"]]
            rows += [_row("C1-02", unit_code, year, cells[year], "published",
                          f"category={category['category_code']}") for year in YEARS]
        rows += _ratio_rows(unit_code, figures)
    for unit_code in GROUP_NET_COST:
        rows += [_row(indicator_id, unit_code, year, figures[unit_code, key][year], "constructed")
                 for indicator_id, key in GROUP_FIGURES.items() for year in YEARS]
        rows += [_row("D2-01", unit_code, year, 1 - float(figures[unit_code, "05"][year]), "constructed")
                 for year in YEARS]
    return rows


def _ratio_rows(unit_code: str, figures: dict[tuple[str, str], dict[str, str]]) -> list[dict[str, Any]]:
    rows = []
    placed = {year: float(figures[unit_code, "08"][year]) for year in YEARS}
    children = {year: placed[year] + float(figures[unit_code, "07"][year]) for year in YEARS}
    for year in YEARS:
        share = placed[year] / children[year]
        rows.append(_row("B3-01", unit_code, year, share, "published"))
        rows.append(_row("C6-02", unit_code, year, _quotient(figures[unit_code, "15"][year], placed[year]),
                         "published"))
        rows.append(_row("D2-01", unit_code, year, 1 - float(figures[unit_code, "05"][year]), "published"))
        rows.append(_row("B1-04", unit_code, year, float(figures[unit_code, "01"][year]) / 5.1, "constrained"))
        if year > "2015":
            rows.append(_row("B3-02", unit_code, year, share - placed["2015"] / children["2015"], "published"))
    return rows


def _money_rows() -> list[dict[str, Any]]:
    rows, baseline, gained = [], {}, {}
    for line in _records("sample_money.csv"):
        unit_code, year, basis = line["unit_code"], line["year"], line["basis"]
        net, trial, compensation = (float(line[name]) for name in ("net_with_trial", "trial_cost", "compensation"))
        per_child = 1_000_000 / float(line["inhabitants"])
        baseline.setdefault(unit_code, net)
        for breakdown, amount in (("trial_cost=included", net), ("trial_cost=excluded", net - trial)):
            rows.append(_row("E2-01", unit_code, year, amount, basis, breakdown))
            rows.append(_row("E2-02", unit_code, year, amount * per_child, basis, breakdown))
            rows += [_row("E2-03", unit_code, year, amount * per_child * float(line[f"share_{function}"]),
                          "constructed", f"function={function};{breakdown}") for function in ("244", "251", "252")]
        rows.append(_row("G1-06", unit_code, year, (net - compensation) * per_child, basis))
        if year > "2015":
            gained[unit_code] = gained.get(unit_code, 0) + compensation - trial
            whole = {"G1-01": net - baseline[unit_code], "G1-02": trial, "G1-03": compensation,
                     "G1-04": compensation - trial, "G1-05": compensation / trial,
                     "G1-07": net - compensation - baseline[unit_code]}
            rows += [_row(indicator_id, unit_code, year, value, basis) for indicator_id, value in whole.items()]
            rows.append(_row("G1-04", unit_code, year, gained[unit_code], "constructed", "accumulation=since_2016"))
            rows += [_row("G1-02", unit_code, year, trial * share, "constructed", f"purpose={purpose}")
                     for purpose, share in (("244", 0.25), ("251", 0.15), ("252", 0.6))]
            rows.append(_row("E2-03", unit_code, year, "..", "constructed", "function=unsplit;trial_cost=included"))
    return rows


def _group_cost_rows() -> list[dict[str, Any]]:
    rows = []
    for unit_code, amounts in GROUP_NET_COST.items():
        for year, amount in zip(YEARS[2:], amounts, strict=True):
            rows.append(_row("E2-02", unit_code, year, amount, "constructed", "trial_cost=excluded"))
            rows += [_row("E2-03", unit_code, year, amount * share, "constructed",
                          f"function={function};trial_cost=excluded")
                     for function, share in SHARES_OF_GROUP_COST.items()]
    return rows


def _sources() -> tuple[dict[str, Any], ...]:
    files = [("kostra_accounts", f"0A_{code}_{year}.dat", f"{year + 1}-02-14", 3210)
             for year in (2015, 2016, 2017, 2018) for code in ("2012", "0627", "0729")]
    files += [("ledger", f"hovedbok_{code}_2018.csv", "2019-02-20", 640) for code in ("2012", "0627", "0729")]
    files += [("grants", "tilskudd_2016_2018.csv", "2019-03-01", 12), ("rates", "satser.csv", "2019-03-01", 40),
              ("population", "befolkning_0_22.json", "2019-02-22", 1380),
              ("kostra_statistics", "nokkeltall_barnevern.json", "2019-06-17", 702)]
    return tuple({"stem": stem, "file_name": name, "received_on": received, "row_count": count}
                 for stem, name, received, count in files)


@pytest.fixture(scope="session")
def sample_release() -> Release:
    """All 27 indicators, three municipalities and two groups; hidden, missing and constructed cells among them."""
    indicators = {row["indicator_id"]: row for row in reference_rows("indicator")}
    rows = _children_rows() + _money_rows() + _group_cost_rows()
    values = tuple({**row, "unit": indicators[row["indicator_id"]]["unit"]} for row in rows)
    return Release(values, indicators, {row["unit_code"]: row for row in reference_rows("unit")}, _sources(),
                   "2019-10-01", 3, {"feil": 4, "advarsel": 11, "informasjon": 2}, True)


@pytest.fixture(scope="session")
def built_site(sample_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the built site."""
    folder = tmp_path_factory.mktemp("nettsted")
    for path, content in build_site(sample_release).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder
