"""`folgeeval diff`: what changed between a delivery and the version before it, cell by cell."""

import argparse
import json

from pipelines.exit_codes import FINE

HELP = "Vis hva som ble endret fra forrige versjon av en leveranse, celle for celle."
NEEDS_HOME = True
KINDS = {"changed": "endret", "added": "ny", "removed": "borte"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("delivery", type=int, metavar="LEVERANSE", help="nummeret i «folgeeval deliveries»")
    parser.add_argument("earlier", type=int, nargs="?", metavar="TIDLIGERE",
                        help="leveransen det sammenlignes med (ellers forrige versjon av det samme)")
    parser.add_argument("--json", action="store_true", help="skriv én JSON-liste")


def run(arguments: argparse.Namespace) -> int:
    from warehouse.database import reading
    from warehouse.home import Home

    with reading(Home(arguments.home)) as connection:
        compared, found = _compared(connection, arguments.delivery, arguments.earlier)
    if arguments.json:
        print(json.dumps([as_json(change) for change in found], ensure_ascii=False))
    else:
        print(as_text(arguments.delivery, compared, found))
    return FINE


def _compared(connection, delivery_id: int, earlier_id: int | None) -> tuple[list[int], list]:
    """The deliveries compared with, and every change. Raises WrongUsage for deliveries that cannot be compared."""
    from assets.delivery_diff import changes, shared_scope, stem_of, versions_before
    from pipelines.failures import WrongUsage

    stem = stem_of(connection, delivery_id)
    if stem is None:
        raise WrongUsage(f"leveranse {delivery_id} er ikke en godtatt leveranse. Se hva som finnes med «folgeeval deliveries».")
    if earlier_id is None:
        before = versions_before(connection, delivery_id)
        if not before:
            raise WrongUsage(f"leveranse {delivery_id} er den første versjonen av det den gjelder; det er ingenting å "
                             "sammenligne med.")
    else:
        scope = shared_scope(connection, earlier_id, delivery_id) if stem_of(connection, earlier_id) == stem else []
        if not scope:
            raise WrongUsage(f"leveranse {earlier_id} og {delivery_id} gjelder ikke det samme: kilde, enhet og periode må være "
                             "felles. Se dem med «folgeeval deliveries».")
        before = {earlier_id: scope}
    found = [change for old_id, scope in before.items() for change in changes(connection, old_id, delivery_id, scope)]
    return list(before), found


def as_json(change) -> dict:
    """One change as `--json` prints it."""
    return {"kind": change.kind, "unit_code": change.source_unit_code, "period": change.period, "keys": change.names,
            "column": change.column, "old": change.old, "new": change.new, "difference": change.difference,
            "old_delivery_id": change.old_delivery_id, "new_delivery_id": change.new_delivery_id,
            "old_place": change.old_place, "new_place": change.new_place}


def as_text(delivery_id: int, compared: list[int], found: list) -> str:
    """The counts first, then one line a change."""
    from assets.delivery_diff import counted

    counts = counted(found)
    told = ", ".join(f"{counts[kind]} {word}" for kind, word in KINDS.items() if counts[kind]) or "ingen endringer"
    lines = [f"Leveranse {delivery_id} mot {', '.join(map(str, compared))}: {told}"]
    return "\n".join(lines + [_line(change) for change in found])


def _line(change) -> str:
    from warehouse.columns import COLUMNS

    names = ", ".join(filter(None, change.names.values()))
    values = {"changed": f"{_shown(change.old)} → {_shown(change.new)}", "added": _shown(change.new),
              "removed": _shown(change.old)}[change.kind]
    difference = "" if change.difference is None else f" ({_shown(change.difference, sign=True)})"
    places = " → ".join(dict.fromkeys(_place(place) for place in (change.old_place, change.new_place) if place))
    return (f"  {KINDS[change.kind]:<6} {change.source_unit_code} {change.period}  {names}: {COLUMNS[change.column].label.lower()} "
            f"{values}{difference}  [{places}]")


def _shown(value, *, sign: bool = False) -> str:
    from warehouse.number_format import format_number

    if value is None:
        return "(tom)"
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = format_number(value, 0 if value == int(value) else 2)
        return f"+{number}" if sign and value > 0 else number
    return str(value)


def _place(place: dict) -> str:
    if place["line"] is not None:
        return f"linje {place['line']}"
    return place["cell"] if place["sheet"] is None else f"{place['sheet']}!{place['cell']}"
