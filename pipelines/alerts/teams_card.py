"""A message as Microsoft Teams takes it: an Adaptive Card in the envelope of a workflow's webhook.

All words stand in text runs, which have no mark-up: a file name from a delivery can make no link and call nobody.
"""

import json
from typing import Any

from pipelines.alerts.digest import Digest
from pipelines.alerts.room import MOST_ITEMS, Entry, Part, in_room, short
from pipelines.alerts.words import Words

MOST_BYTES = 24_000
"""Teams refuses a message above 28 kB."""
_COLOURS = {"kritisk_feil": "attention", "feil": "attention", "advarsel": "warning"}


def teams_card(digest: Digest) -> bytes:
    """The body of the request, with as many findings as there is room for; the same message is the same bytes."""
    for most in range(MOST_ITEMS, -1, -1):
        body = _encoded(digest, most)
        if len(body) <= MOST_BYTES:
            return body
    return _encoded(Digest(digest.language, digest.subject), 0)


def _encoded(digest: Digest, most: int) -> bytes:
    card = {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
            "msteams": {"width": "Full"}, "fallbackText": short(digest.subject), "body": _body(digest, most)}
    return json.dumps({"type": "message", "attachments": [{
        "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}]},
        ensure_ascii=False).encode()


def _body(digest: Digest, most: int) -> list[dict[str, Any]]:
    words = Words(digest.language)
    return [_text(_run(digest.subject, size="large", weight="bolder")), *(_text(_run(text)) for text in digest.opening[1:]),
            *(_text(_run(f"{name}: ", weight="bolder"), _run(text)) for name, text in digest.counts),
            *(block for part in in_room(digest, most) for block in _part(part, words)),
            *(_text(_run(text, isSubtle=True)) for _, text in digest.closing)]


def _part(part: Part, words: Words) -> list[dict[str, Any]]:
    more = [_text(_run(words("more", count=part.left_out), isSubtle=True))] if part.left_out else []
    return [{**_text(_run(part.title, weight="bolder")), "separator": True, "spacing": "large"},
            *map(_entry, part.entries), *more]


def _entry(entry: Entry) -> dict[str, Any]:
    heading = _text(_run(entry.heading, weight="bolder", color=_COLOURS.get(entry.level, "default")))
    lines = [_text(*([_run(f"{label} ", weight="bolder")] if label else []), _run(text)) for label, text in entry.lines]
    return {"type": "Container", "spacing": "medium", "items": [heading, *({**line, "spacing": "none"} for line in lines)]}


def _text(*runs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, **looks: Any) -> dict[str, Any]:
    return {"type": "TextRun", "text": short(text, 1_000), **looks}
