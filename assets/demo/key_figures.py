"""The key figures of tables 7–12 as our own data set, and constructed ones for the KOSTRA groups.

Numerators the report does not print are the whole numbers nearest to share × denominator.
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from assets.demo.delivery import CONSTRUCTED, DemoDelivery, delivery
from assets.demo.json_stat import Cell, data_set
from assets.demo.targets import places_of, target, years_of
from warehouse.reference_data import reference_rows

ROWS = tuple(f"{number:02d}" for number in range(1, 18))
DENOMINATOR_OF = {"02": "01", "04": "01", "05": "05N"}
MUNICIPAL_CODES = (*ROWS, *(f"{share}T" for share in DENOMINATOR_OF), "05N", "FAG")
GROUP_CODES = ("02", "03", "04", "05", "06", "01R", "08A", "N", "N244", "N251", "N252")
UPDATED = "2019-06-17T06:00:00Z"
EXTENSION = {"folgeeval": {"dataset": "nokkeltall"}}


def key_figure_deliveries() -> list[DemoDelivery]:
    """One file for the municipalities with lists, one for the KOSTRA groups with sparse objects."""
    municipalities, groups = places_of("key_figure:01"), places_of("key_figure:01R")
    return [_key_figure_delivery("nokkeltall_kommuner.json", municipalities, MUNICIPAL_CODES, sparse=False),
            _key_figure_delivery("nokkeltall_kostragrupper.json", groups, GROUP_CODES, sparse=True)]


def _key_figure_delivery(path: str, regions: tuple[str, ...], codes: tuple[str, ...], sparse: bool) -> DemoDelivery:
    years = years_of("key_figure:03", regions[0])
    cells = [_cell(region, code, year) for region, code, year in product(regions, codes, years)]
    region_names = _names("unit", "unit_code", "unit_name")
    code_names = _names("key_figure", "key_figure_code", "name_nb")
    content = data_set(
        "Følgeeval: nøkkeltall for barnevern, etter region, indikator og år", "Delrapport 4, tabell 7–12, og demotall",
        UPDATED, {
            "Region": {region: region_names[region] for region in regions},
            "Indikator": {code: code_names[code] for code in codes},
            "Tid": {str(year): str(year) for year in years}},
        cells, sparse, extension=EXTENSION, role={"time": ["Tid"], "geo": ["Region"], "metric": ["Indikator"]})
    return delivery(path, content, [cell.mark for cell in cells], first_place=0)


def _cell(region: str, code: str, year: int) -> Cell:
    share_code = code.removesuffix("T")
    if share_code == code:
        found = target(f"key_figure:{code}", region, year)
        return Cell(found.text, found.mark)
    share = Decimal(target(f"key_figure:{share_code}", region, year).text)
    denominator = target(f"key_figure:{DENOMINATOR_OF[share_code]}", region, year).number
    return Cell(str((share * denominator).quantize(Decimal(1), ROUND_HALF_UP)), CONSTRUCTED)


def _names(table: str, code: str, name: str) -> dict[str, str]:
    return {row[code]: row[name] for row in reference_rows(table)}
