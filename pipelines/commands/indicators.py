"""`folgeeval indicators`: the indicator values, evaluators' level, or what is published with `--published`."""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis indikatorverdier (evaluatorenes nivå, eller det publiserte med --published)."
NEEDS_HOME = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--id", dest="indicator_id", metavar="INDIKATOR", help="for eksempel G1-04")
    parser.add_argument("--unit", metavar="ENHET", help="for eksempel 2012 eller EKG12")
    parser.add_argument("--period", metavar="PERIODE", help="for eksempel 2018")
    parser.add_argument("--published", action="store_true", help="etter skjerming av små tall, slik utgivelsen viser dem")
    parser.add_argument("--as-of", metavar="DATO", help="slik tallene var kjent denne dagen; hjemmet endres ikke")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from pipelines.lookup import as_known, indicator_values
    from pipelines.settings import parse_moment, small_number_threshold
    from warehouse.home import Home

    home, as_of = Home(arguments.home), parse_moment(arguments.as_of) if arguments.as_of else None
    with as_known(home, as_of) as connection:
        values = indicator_values(connection, indicator_id=arguments.indicator_id, unit_code=arguments.unit,
                                  period=arguments.period)
        if arguments.published:
            values = _as_published(connection, home, values, small_number_threshold())
    print(json.dumps(values, ensure_ascii=False) if arguments.json else as_text(values))
    return FINE


def _as_published(connection, home, values: list[dict], threshold: int) -> list[dict]:
    """Suppression is decided on all values together, then looked up for those asked for."""
    from assets.publication import printed_before, published_values

    shown = {(v["indicator_id"], v["unit_code"], v["period"], v["breakdown"]): v
             for v in published_values(connection, threshold, printed_before(home))}
    return [{**value, **{key: shown[value["indicator_id"], value["unit_code"], value["period"], value["breakdown"]][key]
                         for key in ("value", "status", "basis", "fact_id")}} for value in values]


def as_text(values: list[dict]) -> str:
    """One line a value: with unit and basis, or the sign of why it is missing."""
    from pipelines.told import shown_value

    lines = [f"{v['indicator_id']}  {v['unit_name']:<18} {v['period']}  {v['breakdown']:<36} {shown_value(v):>14}"
             + ("" if v["value"] is None else f"  {v['unit']}  [{v['basis']}]") for v in values]
    return "\n".join(lines) or "Ingen verdier for dette utvalget."
