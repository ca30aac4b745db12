"""The columns of Bufetat's figures: how region, tertial, budget post, figure, measure and number are written.

What a line as a whole must satisfy stands in `bufetat.py`.
"""

import re
from difflib import get_close_matches

from assets.sources.fields import Field, NotAccepted, municipality, optional, plain_number, year
from assets.sources.headings import normalised
from assets.sources.refusals import UNKNOWN_CODE, UNKNOWN_REGION
from assets.sources.signs import CONFIRMED_ZERO, STATUS_OF_SIGN
from warehouse.reference_data import reference_rows

PERIOD_WORDS = "VR43"
POST_PATTERN = "VR44"
UNIT_MANDATORY = "VR45"

MONEY_UNITS = ("1000 NOK", "NOK", "mill NOK")
UNITS_OF_FIGURE: dict[str, tuple[str, ...]] = {
    "egenandel": MONEY_UNITS, "inntektskrav": MONEY_UNITS, "budsjettendring": MONEY_UNITS,
    "oppholdsdager": ("dager",), "kjøp": ("kjøp",),
}
_CHAPTERS = ("0855", "3855")
_REGIONS = {"nord": "R-NORD", "rnord": "R-NORD", "soer": "R-SOR", "rsor": "R-SOR", "rsoer": "R-SOR", "sor": "R-SOR"}
_FIGURES = {
    "egenandel": "egenandel", "egenandeler": "egenandel", "inntektskrav": "inntektskrav",
    "inntjeningskrav": "inntektskrav", "budsjettendring": "budsjettendring", "oppholdsdager": "oppholdsdager",
    "oppholdsdoegn": "oppholdsdager", "kjoep": "kjøp", "kjop": "kjøp",
}
_UNITS = {
    "1000nok": "1000 NOK", "1000kr": "1000 NOK", "1000kroner": "1000 NOK", "tusenkroner": "1000 NOK", "nok": "NOK",
    "kr": "NOK", "kroner": "NOK", "millnok": "mill NOK", "millkr": "mill NOK", "millionerkroner": "mill NOK",
    "dager": "dager", "oppholdsdager": "dager", "doegn": "dager", "kjoep": "kjøp", "kjop": "kjøp",
}
_PERIOD_ADVICE = ("Bufetat rapporterer per tertial: 1 er januar–april, 2 er mai–august, 3 er september–desember. "
                  "Skriv 1, 2 eller 3, eller la feltet stå tomt når tallet gjelder hele året.")
_UNIT_ADVICE = "Skriv enheten på hver linje: 1000 NOK, NOK eller mill NOK for penger, dager for oppholdsdager, kjøp for kjøp."


def region(cell: str) -> str:
    """R-NORD or R-SOR, from `nord`, `Region sør`, `R-SOR` and the like."""
    plain = normalised(cell)
    code = _REGIONS.get(plain.removeprefix("bufetat").removeprefix("region"))
    if code is None:
        raise NotAccepted(UNKNOWN_REGION, "ikke er en region her", "Skriv nord eller sør.")
    return code


def tertial(cell: str) -> int:
    """1, 2 or 3. A quarter (K1, Q1, kvartal) is another period and never read as a tertial."""
    if cell not in ("1", "2", "3"):
        raise NotAccepted(PERIOD_WORDS, "ikke er et tertial", _PERIOD_ADVICE)
    return int(cell)


def post(cell: str) -> str:
    """A budget post of chapter 0855 or 3855, as text: `3855.60`."""
    if not re.fullmatch(r"(?:0855|3855)\.[0-9]{2}", cell):
        likely = likely_post(cell)
        meant = f"Skriv {likely}, hvis det er posten som er ment." if likely else "Skriv for eksempel 0855.01 eller 3855.60."
        raise NotAccepted(POST_PATTERN, "ikke er en post i kapittel 0855 eller 3855", meant)
    return cell


def likely_post(written: str) -> str | None:
    """The post a faulty one most resembles: `3885.60` gives `3855.60`; None when that would be a guess."""
    parts = re.fullmatch(r"([0-9]{3,4})[ .,/-]*([0-9]{2})", written)
    if parts is None:
        return None
    chapter = parts[1].zfill(4)
    near = [chapter] if chapter in _CHAPTERS else get_close_matches(chapter, _CHAPTERS, cutoff=0.7)
    return f"{near[0]}.{parts[2]}" if len(near) == 1 else None


def figure(cell: str) -> str:
    """What is counted: egenandel, inntektskrav, budsjettendring, oppholdsdager or kjøp."""
    code = _FIGURES.get(normalised(cell))
    if code is None:
        raise NotAccepted(UNKNOWN_CODE, "ikke er noe vi kjenner at Bufetat teller", f"Skriv {', '.join(UNITS_OF_FIGURE)}.")
    return code


def measure_type(cell: str) -> str:
    """A measure of `bufetat_measure_type.csv`, by its code or its name."""
    known = {normalised(row[name]): row["measure_type_code"] for row in reference_rows("bufetat_measure_type")
             for name in ("measure_type_name", "measure_type_code")}
    code = known.get(normalised(cell))
    if code is None:
        raise NotAccepted(UNKNOWN_CODE, "ikke er en tiltakstype hos Bufetat",
                          f"Skriv en av disse: {', '.join(sorted(set(known.values())))}.")
    return code


def number_or_sign(cell: str) -> float | str:
    """A number, or the standard sign that stands in its place."""
    return cell if cell in (*STATUS_OF_SIGN, CONFIRMED_ZERO) else plain_number(cell)


def unit(cell: str) -> str:
    """A unit of `UNITS_OF_FIGURE`; whether it suits the figure is a matter of the line."""
    known = _UNITS.get(normalised(cell))
    if known is None:
        raise NotAccepted(UNIT_MANDATORY, "ikke er en enhet vi kjenner", _UNIT_ADVICE)
    return known


FIELDS = (
    Field("bufetat_region_code", "region", region),
    optional("municipality_code", "kommunenr", municipality),
    Field("year", "aar", year),
    Field("tertial_number", "tertial", tertial, value_required=False, missing_rule=PERIOD_WORDS,
          missing_advice="Uten den kan et tertial leses som et helt år. " + _PERIOD_ADVICE),
    optional("budget_post_code", "post", post),
    Field("bufetat_figure_code", "maal", figure),
    optional("measure_type_code", "tiltakstype", measure_type),
    Field("value", "verdi", number_or_sign,
          empty_advice="Skriv tallet, eller .. (ikke rapportert), . (ikke aktuelt) eller ... (ikke ennå)."),
    Field("unit", "enhet", unit, missing_rule=UNIT_MANDATORY, missing_advice=_UNIT_ADVICE, empty_rule=UNIT_MANDATORY,
          empty_advice=_UNIT_ADVICE),
    optional("change_since_2015", "endring_fra_2015", number_or_sign),
)
