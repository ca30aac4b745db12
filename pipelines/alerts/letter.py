"""A whole message to each kind of recipient, as a digest. What is news is decided in `news.py`, what it looks like elsewhere.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipelines.alerts.digest import ALL, Digest, Note, Section
from pipelines.alerts.finding_item import items, mended_notes
from pipelines.alerts.missing_report import MISSING_REPORT_RULE, reporting_code
from pipelines.alerts.news import Change, News
from pipelines.alerts.occasion import Occasion
from pipelines.alerts.unit_table import in_order, open_findings_table, unit_name
from pipelines.alerts.words import Words

_TIME = "%d.%m.%Y kl. %H.%M"


@dataclass(frozen=True)
class Withheld:
    """News that waited for this message: how many findings, and the most messages an hour."""

    count: int = 0
    limit: int = 0


@dataclass(frozen=True)
class Traffic:
    """How the messages fare: how many were taken the last day, how many wait and are given up, and what is in the way."""

    sent_count: int = 0
    waiting_count: int = 0
    given_up_count: int = 0
    troubles: tuple[tuple[str, str], ...] = ()


def digest_of(news: News, when: Occasion, language: str, withheld: Withheld, traffic: Traffic) -> Digest:
    """The message that tells the news; `traffic` is told to the evaluators only."""
    words = Words(language)
    status, in_bokmaal = words("about_status", **_dates(when)), _language_note(words, news)
    digest = Digest(language, _subject(news, when, words), counts=_counts(news, words, withheld),
                    new_count=len(news.fresh), mended_count=len(news.mended))
    if news.recipient.is_evaluators:
        return replace(digest, opening=(words("to_evaluators"), status, *in_bokmaal),
                       table=open_findings_table(news.open_counts, words), sections=_for_evaluators(news, words, traffic),
                       closing=(("", _sign_of_life(when, words, traffic)),))
    if news.recipient.is_bufdir:
        return replace(digest, opening=(words("to_bufdir"), status, words("about_release"), *in_bokmaal),
                       table=open_findings_table(news.open_counts, words), sections=_missing_and_by_unit(news, words))
    opened = words("to_municipality", name=news.recipient.name), words("about_municipality", **_dates(when))
    answer = ((words("how_to_answer_title"), words("how_to_answer")),) if news.fresh else ()
    return replace(digest, opening=(*opened, *in_bokmaal), sections=_for_municipality(news, words), closing=answer,
                   forms=_forms(news), delivery_ids=tuple(sorted({
                       change.finding.delivery_id for change in news.fresh if change.finding.delivery_id is not None})))


def _forms(news: News) -> tuple[tuple[str, str], ...]:
    """The forms a municipality lacks, the newest first."""
    missing = {(change.finding.unit_code, change.finding.period) for change in news.fresh
               if change.finding.rule_id == MISSING_REPORT_RULE and change.finding.unit_code and change.finding.period}
    return tuple((reporting_code(unit_code, period), period)
                 for unit_code, period in sorted(missing, key=lambda form: form[1], reverse=True))


def _dates(when: Occasion) -> dict[str, str]:
    return {"period": when.tertial.period, "deadline": f"{when.tertial.deadline:%d.%m.%Y}", "as_of": f"{when.as_of:%d.%m.%Y}"}


def _subject(news: News, when: Occasion, words: Words) -> str:
    """Whom, when and how much: what one reads in a list of mail."""
    whom = f" {news.recipient.name}" if news.recipient.is_municipality else ""
    what = [words.counted(_levels(news.fresh)), f"{len(news.mended)} {words('mended')}" if news.mended else ""]
    return f"Følgeeval {when.tertial.period}{whom}: {', '.join(filter(None, what)) or words('nothing_new')}"


def _language_note(words: Words, news: News) -> tuple[str, ...]:
    """Findings are worded in bokmål by their rules; a message in nynorsk says so."""
    return tuple(filter(None, [words("findings_in_bokmaal")])) if news.is_news else ()


def _counts(news: News, words: Words, withheld: Withheld) -> tuple[tuple[str, str], ...]:
    gone = "gone_count" if news.recipient.is_bufdir else "mended_count"
    lines = [("new_count", words.counted(_levels(news.fresh)) or words("nothing")),
             (gone, str(len(news.mended)) if news.mended else ""),
             ("withheld_count", words("withheld", count=withheld.count, limit=withheld.limit) if withheld.count else ""),
             ("open_count", words.counted(news.open_before)),
             ("explained_count", str(news.explained_count or "")),
             ("noted_count", words.counted({"informasjon": news.noted_count}))]
    return tuple((words(key), text) for key, text in lines if text)


def _for_municipality(news: News, words: Words) -> tuple[Section, ...]:
    """A municipality's own findings only, worst first."""
    refused = [change for change in news.fresh if change.finding.is_refusal]
    others = [change for change in news.fresh if not change.finding.is_refusal]
    return _with_content([
        Section(words("refused_files"), items(refused, words, news.recipient)),
        Section(words("new"), items(others, words, news.recipient)),
        Section(words("mended_title"), notes=mended_notes(news.mended, words, news.recipient))])


def _for_evaluators(news: News, words: Words, traffic: Traffic) -> tuple[Section, ...]:
    """What is in the way of alerting itself first, then refused deliveries, missing reports, and the rest by unit."""
    refused = [change for change in news.fresh if change.finding.is_refusal]
    return _with_content([
        Section(words("not_arrived"), notes=tuple(Note(head, text, ALL) for head, text in traffic.troubles)),
        Section(words("refused"), items(refused, words, news.recipient)),
        *_missing_and_by_unit(news, words),
        Section(words("mended_title"), notes=mended_notes(news.mended, words, news.recipient))])


def _missing_and_by_unit(news: News, words: Words) -> tuple[Section, ...]:
    missing = [change for change in news.fresh if change.finding.rule_id == MISSING_REPORT_RULE]
    others = [change for change in news.fresh if change not in missing and not change.finding.is_refusal]
    by_unit = {code: [change for change in others if change.finding.unit_code == code]
               for code in in_order({change.finding.unit_code for change in others})}
    return _with_content([
        Section(words("missing"), items(missing, words, news.recipient)),
        *(Section(words("new_in", unit=unit_name(code, words)), items(changes, words, news.recipient))
          for code, changes in by_unit.items())])


def _sign_of_life(when: Occasion, words: Words, traffic: Traffic) -> str:
    return words("alive", now=f"{when.now:{_TIME}}", sent=traffic.sent_count, waiting=traffic.waiting_count,
                 given_up=traffic.given_up_count)


def _with_content(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.items or section.notes)


def _levels(changes: Iterable[Change]) -> dict[str, int]:
    return dict(Counter(change.finding.level for change in changes))
