"""What of a message may stand in a chat room: who reads there is not known, and the room lies with a stranger.

So the text of a finding stands there only where the release tells it to everybody too, and as the release tells it:
what has been found since may be another number. Of the others there are rule, place, advice and reference, which is
enough to find them at home, and of individuals' records nothing but that there is something. A place is no line of a
source whose lines are cases, and no name a sender made up. A room also has little space, so what is left out is
counted.
"""

from dataclasses import dataclass

from pipelines.alerts.digest import ALL, NOTHING, Digest, Item, Section
from pipelines.alerts.words import Words
from warehouse.harmless_text import on_one_line

_LONGEST_TEXT = 400
MOST_ITEMS = 20


@dataclass(frozen=True)
class Entry:
    """One finding, or group of them, in a room: its heading and lines of label and text."""

    heading: str
    level: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A section in a room: its title, its entries, and how many findings of it there was no room for."""

    title: str
    entries: tuple[Entry, ...]
    left_out: int = 0


def in_room(digest: Digest, most: int = MOST_ITEMS) -> tuple[Part, ...]:
    """The sections with at most `most` entries in all, the first ones; the worst come first in a message."""
    words, parts, room = Words(digest.language), [], most
    for section in digest.sections:
        entries = [*(_entry(item, words) for item in section.items), *_notes(section, words)]
        sizes = [1 + len(item.also) for item in section.items] + [1] * len(section.notes)
        parts.append(Part(section.title, tuple(entries[:room]), sum(sizes[room:])))
        room = max(0, room - len(entries))
    return tuple(parts)


def short(text: str, longest: int = _LONGEST_TEXT) -> str:
    """One line of a bounded length."""
    line = on_one_line(text)
    return line if len(line) <= longest else line[:longest - 1] + "…"


def _entry(item: Item, words: Words) -> Entry:
    if item.in_room == NOTHING:
        return Entry(words("of_individuals"), item.level, ((words("ref"), item.reference),) if item.reference else ())
    what = (item.room_what or item.what) if item.in_room == ALL else words("text_left_out")
    also = words("more_of_rule", count=len(item.also)) if item.is_counted_in_room else words("others_of_rule")
    where = item.where if item.room_where is None else item.room_where
    labelled = [("what", what), ("where", where), ("do", item.advice), ("template", item.template),
                ("also", also if item.also else ""), ("ref", item.reference)]
    return Entry(short(item.heading), item.level, tuple((words(key), short(text)) for key, text in labelled if text))


def _notes(section: Section, words: Words) -> list[Entry]:
    return [Entry(words("of_individuals") if note.in_room == NOTHING else short(note.head), "",
                  (("", short(note.detail)),) if note.in_room == ALL and note.detail else ()) for note in section.notes]
