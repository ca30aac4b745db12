"""What of a message may stand in a chat room: who reads there is not known, and the room lies with a stranger.

So where a finding tells how many children, staff or cases there are, the numbers stay behind: rule, place, advice and
reference are enough to find them at home. A room also has little space, so what is left out is counted.
"""

from dataclasses import dataclass

from pipelines.alerts.digest import Digest, Item, Section
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
        entries = [*(_entry(item, words) for item in section.items), *_notes(section)]
        sizes = [1 + len(item.also) for item in section.items] + [1] * len(section.notes)
        parts.append(Part(section.title, tuple(entries[:room]), sum(sizes[room:])))
        room = max(0, room - len(entries))
    return tuple(parts)


def short(text: str, longest: int = _LONGEST_TEXT) -> str:
    """One line of a bounded length."""
    line = on_one_line(text)
    return line if len(line) <= longest else line[:longest - 1] + "…"


def _entry(item: Item, words: Words) -> Entry:
    what = words("counts_left_out") if item.tells_counts else item.what
    also = words("more_of_rule", count=len(item.also)) if item.also else ""
    labelled = [("what", what), ("where", item.where), ("do", item.advice), ("template", item.template),
                ("also", also), ("ref", item.reference)]
    return Entry(short(item.heading), item.level, tuple((words(key), short(text)) for key, text in labelled if text))


def _notes(section: Section) -> list[Entry]:
    return [Entry(short(note.head), "", () if note.tells_counts or not note.detail else (("", short(note.detail)),))
            for note in section.notes]
