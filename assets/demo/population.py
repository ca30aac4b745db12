"""Inhabitants by single year of age, as Statistics Norway's table 07459 gives them: 0 for codes not in use."""

from itertools import product

from assets.demo.apportioning import apportion
from assets.demo.delivery import CONSTRUCTED, DemoDelivery, delivery
from assets.demo.json_stat import Cell, data_set
from assets.demo.municipalities import municipality_name
from assets.demo.targets import places_of, target, weights, years_of

GROUPS = (("population:0-17", "share:age:"), ("population:18-22", "share:young_adult:"))
UPDATED = "2019-02-22T07:00:00Z"


def population_deliveries() -> list[DemoDelivery]:
    """One file for all municipality codes the trial has had."""
    regions = places_of("population:0-17")
    ages = [age for _, prefix in GROUPS for age in weights(prefix, "")]
    years = sorted({year for region in regions for year in years_of("population:0-17", region)})
    inhabitants = _inhabitants(regions)
    cells = [inhabitants.get(key, Cell("0", CONSTRUCTED)) for key in product(regions, ages, years)]
    content = data_set(
        "07459: Befolkning, etter region, alder, statistikkvariabel og år", "Konstruert i formatet til tabell 07459",
        UPDATED, {
            "Region": {code: municipality_name(code) for code in regions},
            "Alder": {age: f"{int(age)} år" for age in ages},
            "ContentsCode": {"Personer1": "Personer"}, "Tid": {str(year): str(year) for year in years}},
        cells, sparse=False, role={"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]})
    return [delivery("befolkning_07459.json", content, [cell.mark for cell in cells], first_place=0)]


def _inhabitants(regions: tuple[str, ...]) -> dict[tuple[str, str, int], Cell]:
    """The cells of the codes in use, by region, age and year."""
    cells = {}
    for region, (component, prefix) in product(regions, GROUPS):
        for year in years_of(component, region):
            total = target(component, region, year)
            for age, count in apportion(total.number, weights(prefix, "")).items():
                cells[region, age, year] = Cell(str(count), total.mark)
    return cells
