"""One line of the list of corrections: every field checked, with what is wrong and what to write instead."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from assets.corrected_sql import NUMBER_TYPES
from assets.sources.numbers import NotANumber, number
from warehouse.columns import COLUMNS
from warehouse.columns_of_corrections import ACTIONS
from warehouse.raw_places import CORRECTABLE, RawPlace

SIGNS = (".", "..", "...", ":", "-")
_BY_STEM = {place.stem: place for place in CORRECTABLE}
_REQUIRED = ("correction_id", "stem", "source_unit_code", "period", "place_key", "column_name", "correction_action",
             "correction_reason_nb", "recorded_by", "recorded_on")
_DATES = ("told_on", "valid_from", "valid_until", "recorded_on")


class LineFault(Exception):
    """A line that is no correction; `faults` are sentences in bokmål."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


def correction_of(line: Mapping[str, str]) -> dict[str, str | date | None]:
    """The line as a row of `register.correction`; the place key in a fixed order, numbers as the warehouse writes them.

    Raises LineFault with every fault found.
    """
    missing = [name for name in _REQUIRED if not line[name]]
    place = _BY_STEM.get(line["stem"])
    faults = [f"{name} er tom. Fyll den ut." for name in missing]
    if place is None and line["stem"]:
        faults.append(f"stem «{line['stem']}» kan ikke rettes her. Skriv en av {', '.join(sorted(_BY_STEM))}; "
                      "intervjukodinger rettes i kodeprosjektet og leveres på nytt.")
    if faults or place is None:
        raise LineFault(faults)
    found: dict = {**{name: text or None for name, text in line.items()}, "place_key": None}
    checks: tuple[Callable[[dict, Mapping[str, str], RawPlace], None], ...] = (
        _codes, _dates, _place_key, _values, _told)
    for check in checks:
        try:
            check(found, line, place)
        except LineFault as fault:
            faults += fault.faults
    if faults:
        raise LineFault(faults)
    return found


def _codes(found: dict, line: Mapping[str, str], place: RawPlace) -> None:
    faults = [f"{name} «{line[name]}» er ikke gyldig. {constraint.sentence()}"
              for name in ("correction_id", "source_unit_code", "period", "correction_action")
              for constraint in COLUMNS[name].constraints if not constraint.holds(line[name])]
    if line["column_name"] not in place.values:
        faults.append(f"column_name «{line['column_name']}» kan ikke rettes i {place.stem}. "
                      f"Skriv en av {', '.join(place.values)}.")
    if faults:
        raise LineFault(faults)


def _dates(found: dict, line: Mapping[str, str], place: RawPlace) -> None:
    for name in _DATES:
        try:
            found[name] = date.fromisoformat(line[name]) if line[name] else None
        except ValueError:
            raise LineFault([f"{name} «{line[name]}» er ikke en dato. Skriv år-måned-dag, som 2019-10-01."]) from None
    found["valid_from"] = found["valid_from"] or found["recorded_on"]
    if found["valid_until"] and found["valid_until"] < found["valid_from"]:
        raise LineFault([f"valid_until {line['valid_until']} er før rettelsen begynner å gjelde. Rett datoene."])


def _place_key(found: dict, line: Mapping[str, str], place: RawPlace) -> None:
    known = (*place.names, place.number)
    parts = [part.strip().partition("=") for part in line["place_key"].split(";") if part.strip()]
    names = [name.strip() for name, _, _ in parts]
    if not parts or any(not sign for _, sign, _ in parts) or len(set(names)) < len(names) or not set(names) <= set(known):
        raise LineFault([f"place_key «{line['place_key']}» er ikke et sted i {place.stem}. Skriv felt=verdi skilt med "
                         f"semikolon, hvert felt én gang, av feltene {', '.join(known)}."])
    values = dict(zip(names, (value.strip() for _, _, value in parts), strict=True))
    found["place_key"] = ";".join(f"{name}={values[name]}" for name in known if name in values)


def _values(found: dict, line: Mapping[str, str], place: RawPlace) -> None:
    action, name = line["correction_action"], line["column_name"]
    if action not in ACTIONS or name not in place.values:
        return
    if action != "override" and line["corrected"]:
        raise LineFault([f"corrected skal være tom når handlingen er {action}. Bruk override for å bytte verdien."])
    found["expected"] = _as_stored(place, name, line["expected"], "expected")
    if action != "override":
        return
    found["corrected"] = _as_stored(place, name, line["corrected"], "corrected")
    if found["corrected"] is None and (name == "value" or name not in place.contract.nullable):
        raise LineFault(["corrected er tom. Skriv verdien som skal gjelde."])
    if found["corrected"] == found["expected"]:
        raise LineFault(["corrected er lik expected. En rettelse må endre noe; bruk flag for bare å merke."])
    broken = [constraint.sentence() for constraint in COLUMNS[name].constraints
              if found["corrected"] not in (None, *SIGNS) and not constraint.holds(_typed(name, found["corrected"]))]
    if broken:
        raise LineFault([f"corrected «{line['corrected']}» kan ikke stå i {name}. {' '.join(broken)}"])


def _as_stored(place: RawPlace, name: str, text: str, field: str) -> str | None:
    """The text as the warehouse would write the value; a sign or a blank stays what it is."""
    kind = COLUMNS[name].type
    if not text:
        return None
    if kind == "BOOLEAN" and text not in ("true", "false"):
        raise LineFault([f"{field} «{text}» skal være true eller false."])
    if kind not in NUMBER_TYPES or (name == "value" and place.has_signs and text in SIGNS):
        return text
    try:
        value = number(text)
    except NotANumber:
        raise LineFault([f"{field} «{text}» er ikke et tall. Skriv det med desimalkomma, som 1 234,5."]) from None
    if kind == "INTEGER" and value != value.to_integral_value():
        raise LineFault([f"{field} «{text}» skal være et helt tall."])
    if kind.startswith("DECIMAL") and value != round(value, 2):
        raise LineFault([f"{field} «{text}» har flere enn to desimaler."])
    return f"{value:f}"


def _typed(name: str, text: str) -> Decimal | str:
    return Decimal(text) if COLUMNS[name].type in NUMBER_TYPES else text


def _told(found: dict, line: Mapping[str, str], place: RawPlace) -> None:
    if bool(line["told_to"]) != bool(line["told_on"]):
        raise LineFault(["told_to og told_on hører sammen. Fyll ut begge, eller la begge stå tomme til feilen er meldt."])
