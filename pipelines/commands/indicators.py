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
            if as_of:
                _judge_as_known(connection, home)
            values = _as_published(connection, home, values, small_number_threshold())
    print(json.dumps(values, ensure_ascii=False) if arguments.json else as_text(values))
    return FINE


def _judge_as_known(connection, home) -> None:
    """The findings of that day decide what would have been held back then, where anything is."""
    from assets.findings import gather_findings
    from assets.hold_back_list import held_back_indicators

    if held_back_indicators(home):
        gather_findings(connection)


def _as_published(connection, home, values: list[dict], threshold: int) -> list[dict]:
    """Suppression and hold-back are decided on all values together, then looked up for those asked for."""
    from assets.disclosure import key_of
    from assets.earlier_releases import printed_before
    from assets.publication import hold_back_of, published_values

    shown = {key_of(value): value for value in published_values(
        connection, threshold, printed_before(home), hold_back_of(connection, home, threshold))}
    return [{**value, **{name: shown[key_of(value)][name]
                         for name in ("value", "status", "basis", "fact_id", "value_as_of")}} for value in values]


def as_text(values: list[dict]) -> str:
    """One line a value: with unit and basis, or the sign of why it is missing; an older value says that it is."""
    from pipelines.told import shown_value

    lines = [f"{v['indicator_id']}  {v['unit_name']:<18} {v['period']}  {v['breakdown']:<36} {shown_value(v):>14}"
             + ("" if v["value"] is None else f"  {v['unit']}  [{v['basis']}]")
             + (f"  holdt tilbake; verdien er fra utgivelsen per {v['value_as_of']}" if v.get("value_as_of") else "")
             for v in values]
    return "\n".join(lines) or "Ingen verdier for dette utvalget."
