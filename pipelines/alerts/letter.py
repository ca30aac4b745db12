"""The whole text of a message, in bokmål. Text in and out; what is news is decided in `news.py`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from expectations.wording import some
from pipelines.alerts.finding_text import items, mended_items
from pipelines.alerts.news import Change, News, municipalities
from pipelines.alerts.occasion import Occasion
from warehouse.finding_levels import LEVEL_NAMES, LEVELS, counted

MISSING_REPORT_RULE = "VR63"
_GRAVEST_FIRST = tuple(reversed(LEVELS))


@dataclass(frozen=True)
class Delivered:
    """How it went with the municipalities' messages on the same occasion: how many were accepted, and whose not."""

    accepted_count: int
    not_accepted: tuple[str, ...] = ()


def subject(news: News, occasion: Occasion) -> str:
    """Whom, when and how much: what one reads in a list of mail."""
    whom = "" if news.recipient.is_evaluators else f" {news.recipient.name}"
    what = [counted(_levels(news.fresh)), f"{len(news.mended)} rettet" if news.mended else ""]
    return f"Følgeeval {occasion.tertial.period}{whom}: {', '.join(filter(None, what)) or 'ingenting nytt'}"


def municipality_letter(news: News, occasion: Occasion) -> str:
    """A municipality's message: its own findings only, worst first, and how to answer."""
    refused = [change for change in news.fresh if change.finding.is_refusal]
    others = [change for change in news.fresh if not change.finding.is_refusal]
    sections = [
        f"Til prosjektlederen i {news.recipient.name}\n\n"
        f"Dette er meldingen om kommunens rapportering etter fristen for {occasion.tertial.period}, som var "
        f"{occasion.tertial.deadline:%d.%m.%Y}. Den gjelder det som var levert {occasion.as_of:%d.%m.%Y}.",
        _counts_text(news),
        _section("AVVISTE FILER. Filene er ikke tatt inn; lever dem på nytt", items(refused, ask_for_explanation=True)),
        _section("NYE FUNN, DE ALVORLIGSTE FØRST", items(others, ask_for_explanation=True)),
        _section("RETTET SIDEN SIST", mended_items(news.mended)),
        _how_to_answer() if news.fresh else "",
    ]
    return _joined(sections)


def _how_to_answer() -> str:
    return ("SLIK SVARER DERE\nRett tallet i filen og lever den på nytt. Er tallet riktig, så svar på denne meldingen "
            "med kommunens egen forklaring etter referansen. Forklarte funn blir ikke meldt igjen. Skriv aldri navn eller "
            "annet som kan kjenne igjen et barn eller en familie.")


def evaluators_letter(news: News, occasion: Occasion, names: dict[str, str], delivered: Delivered) -> str:
    """The evaluators' message: all municipalities, refused deliveries, missing reports, and that alerting lives.

    `names` are unit names by code, in the order they are to stand.
    """
    refused = [change for change in news.fresh if change.finding.is_refusal]
    missing = [change for change in news.fresh if change.finding.rule_id == MISSING_REPORT_RULE]
    others = [change for change in news.fresh if change not in refused and change not in missing]
    by_unit = {code: [change for change in others if change.finding.unit_code == code]
               for code in sorted({change.finding.unit_code for change in others}, key=_unit_order(names))}
    sections = [
        f"Til evaluatorene\n\nStatus etter fristen for {occasion.tertial.period}, som var "
        f"{occasion.tertial.deadline:%d.%m.%Y}. Varehuset er bygget for {occasion.as_of:%d.%m.%Y}.",
        _summary_table(news, names),
        _counts_text(news),
        _section("AVVISTE LEVERANSER", items(refused, ask_for_explanation=False)),
        _section("RAPPORTER SOM MANGLER ETTER FRISTEN", items(missing, ask_for_explanation=False)),
        *(_section(f"NYE FUNN: {_unit_name(code, names).upper()}", items(changes, ask_for_explanation=False))
          for code, changes in by_unit.items()),
        _section("RETTET SIDEN SIST", mended_items(news.mended)),
        _sign_of_life(occasion, delivered),
    ]
    return _joined(sections)


def _sign_of_life(occasion: Occasion, delivered: Delivered) -> str:
    missed = delivered.not_accepted
    failed = f" IKKE tatt imot: {some(missed)}; prøves igjen neste gang." if missed else ""
    return (f"Varslingen kjører: denne meldingen ble laget {occasion.now:%d.%m.%Y kl. %H.%M}. Kommuner med melding "
            f"samtidig: {delivered.accepted_count} av {len(municipalities())}.{failed}")


def _counts_text(news: News) -> str:
    lines = [("Nytt siden sist", counted(_levels(news.fresh)) or "ingenting"),
             ("Rettet siden sist", str(len(news.mended)) if news.mended else ""),
             ("Meldt før og fortsatt åpent", counted(news.open_before)),
             ("Forklart eller akseptert", str(news.explained_count or "")),
             ("Til orientering, ikke gjentatt her", counted({"informasjon": news.noted_count}))]
    return "\n".join(f"{name}: {text}" for name, text in lines if text)


def _summary_table(news: News, names: dict[str, str]) -> str:
    """Open findings by unit and level; every municipality has a line, others only when they have findings."""
    codes = [*_municipality_codes(names),
             *sorted(set(news.open_counts) - set(_municipality_codes(names)), key=_unit_order(names))]
    width = max(len(_unit_name(code, names)) for code in codes)
    levels = [LEVEL_NAMES[level] for level in _GRAVEST_FIRST]
    rows = [[_unit_name(code, names), *(str(news.open_counts.get(code, {}).get(level, 0)) for level in _GRAVEST_FIRST)]
            for code in codes]
    return "\n".join("  ".join([row[0].ljust(width), *(cell.rjust(len(name)) for cell, name in zip(
        row[1:], levels, strict=True))]) for row in [["Åpne funn"[:width].ljust(width), *levels], *rows])


def _municipality_codes(names: dict[str, str]) -> list[str]:
    return [municipality.code for municipality in municipalities() if municipality.code in names]


def _unit_order(names: dict[str, str]):
    order = list(names)
    return lambda code: (order.index(code) if code in names else len(order), code or "")


def _unit_name(code: str | None, names: dict[str, str]) -> str:
    return names.get(code, code) if code else "Uten enhet"


def _levels(changes: Iterable[Change]) -> dict[str, int]:
    return dict(Counter(change.finding.level for change in changes))


def _section(title: str, paragraphs: list[str]) -> str:
    if not paragraphs:
        return ""
    between = "\n" if paragraphs[0].startswith("-") else "\n\n"
    return f"{title}\n\n{between.join(paragraphs)}"


def _joined(sections: Iterable[str]) -> str:
    return "\n\n".join(section for section in sections if section) + "\n"
