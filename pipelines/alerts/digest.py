"""What a message says, before anybody has decided how it looks: kept in the outbox, and drawn as text, page or card."""

import json
from dataclasses import asdict, dataclass
from typing import Any


ALL, RULE_ONLY, NOTHING = "all", "rule_only", "nothing"
"""What of a finding may stand where nobody knows who reads: its text too, its rule and place, or no more than that it is."""


@dataclass(frozen=True)
class Note:
    """A line about one finding; `in_room` says what of it may stand in a chat room."""

    head: str
    detail: str
    in_room: str = NOTHING


@dataclass(frozen=True)
class Item:
    """Findings of one rule and unit: the first in full, the others as notes. Empty texts are left out.

    `room_what`, `room_where`: what stands in a chat room instead, where it is not the same; `is_counted_in_room`:
    whether the room is told how many the others are.
    """

    heading: str
    level: str
    what: str
    where: str = ""
    advice: str = ""
    template: str = ""
    reference: str = ""
    asks_for_explanation: bool = False
    also: tuple[Note, ...] = ()
    in_room: str = NOTHING
    room_what: str | None = None
    room_where: str | None = None
    is_counted_in_room: bool = True


@dataclass(frozen=True)
class Section:
    """A part of a message under a title: items in full, or notes of a line each."""

    title: str
    items: tuple[Item, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Digest:
    """A whole message. `table`: rows of cells, the first row its heading; `closing`: (title, text), a title may be empty.

    `new_count`, `mended_count`: the findings it tells of. What a mail to a municipality brings along: `forms`, (municipality
    number, tertial) of reports that are missing, and `delivery_ids`, the deliveries with findings.
    """

    language: str
    subject: str
    opening: tuple[str, ...] = ()
    counts: tuple[tuple[str, str], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[tuple[str, str], ...] = ()
    new_count: int = 0
    mended_count: int = 0
    forms: tuple[tuple[str, ...], ...] = ()
    delivery_ids: tuple[int, ...] = ()


def as_json(digest: Digest) -> str:
    """The message as text to keep: the same message is the same text."""
    return json.dumps(asdict(digest), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Digest:
    """The message that was kept."""
    return _digest(json.loads(text))


def _digest(found: dict[str, Any]) -> Digest:
    return Digest(
        found["language"], found["subject"], tuple(found["opening"]), _rows(found["counts"]), _rows(found["table"]),
        tuple(Section(section["title"], tuple(map(_item, section["items"])), _notes(section["notes"]))
              for section in found["sections"]),
        _rows(found["closing"]), found["new_count"], found["mended_count"], _rows(found["forms"]),
        tuple(found["delivery_ids"]))


def _item(found: dict[str, Any]) -> Item:
    return Item(**{**found, "also": _notes(found["also"])})


def _notes(found: list[dict[str, Any]]) -> tuple[Note, ...]:
    return tuple(Note(**note) for note in found)


def _rows(found: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, found))
