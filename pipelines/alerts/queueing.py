"""What is news becomes messages in the outbox: one for each recipient, together with the note of what it tells.

A recipient has at most one message waiting, and hears at most so many times an hour: what is new meanwhile is counted, and
stands in the next message. So a channel that is down for a day makes one message, not a hundred.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.alerts.alert_settings import AlertSettings, alert_settings
from pipelines.alerts.finding import Known, known_findings, told_by_finding
from pipelines.alerts.letter import Traffic, Withheld, digest_of
from pipelines.alerts.message import Message, identity_of
from pipelines.alerts.news import News, Recipient, news_for, recipients
from pipelines.alerts.occasion import Occasion, occasion
from pipelines.alerts.outbox import (
    A_DAY, AN_HOUR, Waiting, messages_in, newest_to, put, sent_since, taken_by_some, withheld_of, withhold,
)
from pipelines.alerts.outcome import Outcome
from pipelines.alerts.published_finding import published_findings, texts_told
from warehouse.database import Connection, one, reading, reading_live, writing
from warehouse.home import Home
from warehouse.lock import exclusive

_TIME = "%d.%m.%Y kl. %H.%M"


@dataclass(frozen=True)
class _Scene:
    """What the snapshot says: every finding, and the occasion; and the settings."""

    home: Home
    settings: AlertSettings
    findings: list[Known]
    when: Occasion


def queue_news(home: Home, now: datetime, *, to: Container[str] | None = None, heartbeat: bool = False) -> list[Outcome]:
    """Puts a message in the outbox for each recipient with news, or for those of `to`; nothing is sent.

    `heartbeat` writes to the evaluators anyhow, once a day. Raises NoWarehouse, WarehouseBusy, and WrongUsage for settings
    that cannot be meant.
    """
    with exclusive(home.alert_lock):
        scene = _scene(home, now)
        with writing(home) as connection:
            return [_queued(connection, scene, *each) for each in _drafts(connection, scene, to, heartbeat)]


def rehearse(home: Home, now: datetime, *, to: Container[str] | None = None, heartbeat: bool = False) -> list[Outcome]:
    """What `queue_news` would queue, with nothing written. Raises as it does."""
    scene = _scene(home, now)
    with reading_live(home) as connection:
        return [Outcome(news.recipient, scene.settings.route(news.recipient.code), "dry_run" if message else "withheld",
                        message, reason=reason, count=len(news.fresh))
                for news, message, reason in _drafts(connection, scene, to, heartbeat)]


def _scene(home: Home, now: datetime) -> _Scene:
    settings = alert_settings(home)
    with reading(home) as connection:
        when = occasion(one(connection, "SELECT as_of FROM register.clock"), now)
        told = texts_told(home)
        findings = [replace(finding, told_in_release=told.get(finding.finding_id, ""))
                    for finding in known_findings(connection)]
        return _Scene(home, settings, findings, when)


Draft = tuple[News, Message | None, str]


def _drafts(connection: Connection, scene: _Scene, to: Container[str] | None, heartbeat: bool) -> Iterator[Draft]:
    """The message to each who is to have one, or the reason why it has to wait."""
    for recipient in recipients():
        if to is not None and recipient.code not in to:
            continue
        news = _news(connection, scene, recipient)
        if news is None or not (news.is_news or recipient.is_evaluators and (
                heartbeat or _has_new_trouble(connection, recipient, scene.when.now))):
            continue
        reason = _why_to_wait(connection, scene, recipient)
        yield news, None if reason else _message(connection, scene, news), reason


def _news(connection: Connection, scene: _Scene, recipient: Recipient) -> News | None:
    """What the recipient has not heard; None for Bufdir unless somebody has asked for it and there is a release."""
    told = told_by_finding(connection, recipient.code)
    if not recipient.is_bufdir:
        return news_for(recipient, scene.findings, told)
    if not scene.settings.route(recipient.code).is_in_file:
        return None
    published = published_findings(scene.home, told)
    return None if published is None else news_for(recipient, published, told)


def _has_new_trouble(connection: Connection, evaluators: Recipient, now: datetime) -> bool:
    """Whether a message has been given up, or has become a day old, since the evaluators were last written to."""
    newest = newest_to(connection, evaluators.code) or datetime.min
    given_up = [each.settled_at for each in messages_in(connection, "given_up") if each.message.recipient != evaluators]
    late = [each.message.created_at + A_DAY for each in messages_in(connection, "waiting") if each.last_error]
    return any(moment and newest <= moment <= now for moment in (*given_up, *late))


def _why_to_wait(connection: Connection, scene: _Scene, recipient: Recipient) -> str:
    if any(waiting.message.recipient == recipient for waiting in messages_in(connection, "waiting")):
        return "en melding venter fra før"
    limit = scene.settings.route(recipient.code).messages_per_hour
    if sent_since(connection, scene.when.now - AN_HOUR, recipient.code) >= limit:
        return f"mottakeren får høyst {limit} meldinger i timen"
    return ""


def _message(connection: Connection, scene: _Scene, news: News) -> Message:
    route = scene.settings.route(news.recipient.code)
    count, _ = withheld_of(connection, news.recipient.code) or (0, None)
    traffic = _traffic(connection, scene.when.now) if news.recipient.is_evaluators else Traffic()
    # What was withheld and has been mended before it was told is no news.
    withheld = Withheld(min(count, len(news.fresh)), route.messages_per_hour)
    digest = digest_of(news, scene.when, route.language, withheld, traffic)
    return Message(identity_of(news, scene.when), news.recipient, scene.when.tertial.period, digest, scene.when.now)


def _traffic(connection: Connection, now: datetime) -> Traffic:
    waiting, given_up = messages_in(connection, "waiting"), messages_in(connection, "given_up")
    troubles = [(each.message.recipient.name, _trouble(each, is_given_up=True)) for each in given_up]
    troubles += [(each.message.recipient.name, _trouble(each, is_given_up=False)) for each in waiting if each.last_error]
    troubles += [(each.message.recipient.name, f"«{each.message.subject}»: {each.last_error}. De andre adressene fikk den.")
                 for each in taken_by_some(connection, now - A_DAY)]
    return Traffic(sent_since(connection, now - A_DAY), len(waiting), len(given_up), tuple(troubles))


def _trouble(waiting: Waiting, *, is_given_up: bool) -> str:
    told = f"«{waiting.message.subject}», laget {waiting.message.created_at:{_TIME}}: {waiting.last_error}. "
    if is_given_up:
        return told + (f"Gitt opp etter {waiting.attempts} forsøk. Rett oppsettet, se på det med «folgeeval alert --check», og "
                       "send den med «folgeeval alert --again».")
    return told + f"Forsøk til nå: {waiting.attempts}. Prøves igjen {waiting.next_attempt_at:{_TIME}}."


def _queued(connection: Connection, scene: _Scene, news: News, message: Message | None, reason: str) -> Outcome:
    route = scene.settings.route(news.recipient.code)
    if message is None:
        withhold(connection, news.recipient.code, len(news.fresh), scene.when.now)
        return Outcome(news.recipient, route, "withheld", reason=reason, count=len(news.fresh))
    is_new = put(connection, message, news.changes, scene.when.now)
    return Outcome(news.recipient, route, "queued" if is_new else "withheld", message,
                   reason="" if is_new else "den samme meldingen er laget før")
