"""The signs a reader meets beside or instead of a number, each with its words: missing values and the basis."""

from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.columns import BASES


@dataclass(frozen=True)
class Sign:
    """A sign as printed, its short name (read aloud, shown in legends) and its full explanation."""

    sign: str
    name: str
    explanation: str


MISSING_SIGNS: dict[str, Sign] = {
    "suppressed": Sign(":", "skjermet", "Tallet vises ikke fordi det kan røpe opplysninger om enkeltbarn."),
    "not_reported": Sign("..", "ikke rapportert", "Tallet skulle finnes, men er ikke rapportert."),
    "not_applicable": Sign(".", "ikke aktuelt", "Tallet kan ikke forekomme."),
    "not_yet": Sign("...", "foreligger ikke ennå", "Tallet kommer senere."),
    "held_back": Sign("holdt tilbake", "holdt tilbake", "Tallet er holdt tilbake til en åpen feil er avklart, og ingen tidligere utgivelse har hatt det."),
}

NOT_IN_RELEASE = Sign("", "ikke i utgivelsen", "En tom celle betyr at utgivelsen ikke har tallet.")

BASIS_MARKS: dict[str, Sign] = {
    "published": Sign("●", "trykt", "Tallet står trykt i en kilde."),
    "constrained": Sign("◐", "bundet til trykt tall", "Delene er konstruert, men summen de inngår i står trykt."),
    "constructed": Sign("○", "konstruert", "Tallet er laget for demoen og sier ingenting om forsøket."),
}

GRAVE_MARK = Sign("◆", "åpent funn, Feil", "Et funn av grad Feil eller verre angår tallet og er ikke avklart.")
OPEN_MARK = Sign("▲", "åpent funn", "Et funn av grad Advarsel angår tallet og er ikke avklart.")
EXPLAINED_MARK = Sign("△", "forklart funn", "De funnene som angår tallet, er forklart eller akseptert.")
FINDING_MARKS = (GRAVE_MARK, OPEN_MARK, EXPLAINED_MARK)
"""From the gravest; a number bears one of them, with the count of open findings where there are several."""

HELD_BACK_MARK = Sign("‡", "holdt tilbake: forrige publiserte verdi vises",
                      "Et åpent funn av grad Feil angår tallet eller noe det er regnet av. Verdien er den forrige utgivelsen hadde.")
CORRECTION_MARK = Sign("†", "rettet av evaluator", "En kjent feil i en kilde er rettet; se rettelsene.")


def worst_basis(bases: Iterable[str]) -> str:
    """The loosest basis among the parts; `delivered` when there are none. Raises ValueError for an unknown one."""
    return max(bases, key=BASES.index, default="delivered")


def is_firm(basis: str) -> bool:
    """True when the number was delivered or printed as it stands, false when something in it is constructed."""
    return basis in ("delivered", "published")
