"""A message as plain text: what stands in a mail, and what a rehearsal shows."""

from collections.abc import Iterable

from pipelines.alerts.digest import Digest, Item, Note, Section
from pipelines.alerts.words import Words
from warehouse.harmless_text import visible


def as_text(digest: Digest) -> str:
    """The whole message, with nothing in it that cannot be seen."""
    words = Words(digest.language)
    parts = [*digest.opening, _table(digest.table), "\n".join(f"{name}: {text}" for name, text in digest.counts),
             *(_section(section, words) for section in digest.sections),
             *("\n".join(filter(None, [title.upper(), text])) for title, text in digest.closing)]
    return visible("\n\n".join(part for part in parts if part) + "\n")


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    """The first column to the left, the numbers to the right under their headings."""
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(
        row[1:], widths[1:], strict=True))]) for row in rows)


def _section(section: Section, words: Words) -> str:
    items = "\n\n".join(_item(number, item, words) for number, item in enumerate(section.items, start=1))
    notes = "\n".join(f"- {_joined(note.head, note.detail)}" for note in section.notes)
    return "\n\n".join(filter(None, [section.title.upper(), items, notes]))


def _item(number: int, item: Item, words: Words) -> str:
    labelled = [("what", item.what), ("where", item.where), ("do", item.advice), ("template", item.template)]
    return "\n".join([f"{number}. {item.heading}", *_lines((words(key), text) for key, text in labelled),
                      *_reference(item, words), *_lines((words("also"), _also(note, words)) for note in item.also)])


def _lines(labelled: Iterable[tuple[str, str]]) -> list[str]:
    return [f"   {label:<5} {text}" for label, text in labelled if text]


def _reference(item: Item, words: Words) -> list[str]:
    if item.asks_for_explanation:
        return [f"   {words('explanation')} ({words('reference')} {item.reference}): "]
    return [f"   {words('ref')} {item.reference}"] if item.reference else []


def _also(note: Note, words: Words) -> str:
    return f"{note.detail} ({words('reference')} {note.head})" if note.head else note.detail


def _joined(head: str, detail: str) -> str:
    return ": ".join(filter(None, [head, detail]))
