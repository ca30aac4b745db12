"""Why a fault is not found: each that changes an indicator unseen belongs to the first reason that holds for it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.power.delivered import BOOKS, FORMS
from tests.power.judgement import Verdict

ROUNDING = 0.02
"""What the rules between two sources of money let pass, and more than what a rounded rate leaves open."""

LARGE = 0.05
"""A change of an indicator that somebody would act on."""

_EXCHANGED = ("neighbour_column", "shifted_row")
_TOLD_ONCE = ("supervision", "surveys", "grants", "rates")


@dataclass(frozen=True)
class Reason:
    """What is not found and why, in bokmål, and which faults that is."""

    key: str
    what_nb: str
    why_nb: str
    holds: Callable[[Verdict], bool]


REASONS: tuple[Reason, ...] = (
    Reason("rounding", "små feil i tall med en annen kilde",
           "Den andre kilden er avrundet eller en sum (hele tusen, en rate med én desimal, 0–17 år under ett), og feilen er "
           "mindre enn det den lar stå åpent (indikatoren flyttes under 2 prosent).",
           lambda verdict: verdict.has_second_source and verdict.size < ROUNDING),
    Reason("exchanged", "to tall har byttet plass",
           "Begge tallene er levert og rimelige der de står, og summen av dem er den samme.",
           lambda verdict: verdict.kind in _EXCHANGED),
    Reason("told_once", "tall som leveres én gang",
           "Tilsyn, engangstilskudd og satser har verken sum, serie eller en annen kilde; bare umulige verdier kan ses.",
           lambda verdict: verdict.stem in _TOLD_ONCE),
    Reason("other_source", "større feil i tall med en annen kilde", "Kan finnes; ingen regel gjør det ennå.",
           lambda verdict: verdict.has_second_source),
    Reason("small_amount", "små beløp på barnevernets egne linjer",
           "Ordinært barnevern står bare i regnskapet og EM bare i hovedboken; beløpet er mindre enn det linjen ellers svinger "
           "fra år til år (indikatoren flyttes under 5 prosent).",
           lambda verdict: verdict.stem in BOOKS and verdict.size < LARGE),
    Reason("large_amount", "større beløp på barnevernets egne linjer", "Kan finnes når linjen har en jevn serie; denne har ikke.",
           lambda verdict: verdict.stem in BOOKS),
    Reason("small_count", "antall som står alene",
           "Det telles få, og så store endringer kommer også av tilfeldig variasjon; et funn hver gang ville oftest vært falskt.",
           lambda verdict: verdict.stem in FORMS),
    Reason("key_figure", "nøkkeltall som står alene",
           "Tallet finnes bare hos SSB, og endringen er ikke større enn de som ellers er fra år til år.",
           lambda verdict: verdict.stem == "kostra_statistics"),
    Reason("other", "annet", "Ingen av grunnene over.", lambda verdict: True),
)


def reason_of(verdict: Verdict) -> Reason:
    """The first reason that holds."""
    return next(reason for reason in REASONS if reason.holds(verdict))
