"""A message as Slack, and what is compatible with it, takes it: `text` for the notification and `blocks` for the room.

Every text is plain and escaped: a file name from a delivery can make no link and call nobody.
"""

import json
from typing import Any

from pipelines.alerts.digest import Digest
from pipelines.alerts.room import Entry, Part, in_room, short
from pipelines.alerts.words import Words

MOST_BLOCKS = 50
_LONGEST_HEADER, _LONGEST_SECTION = 150, 2_900


def slack_blocks(digest: Digest) -> bytes:
    """The body of the request; the same message is the same bytes."""
    words = Words(digest.language)
    closing = [_section(text) for _, text in digest.closing]
    blocks = [{"type": "header", "text": _plain(digest.subject, _LONGEST_HEADER)},
              _section("\n".join([*digest.opening[1:], *(f"{name}: {text}" for name, text in digest.counts)])),
              *(block for part in in_room(digest) for block in _part(part, words))]
    body = {"text": _escaped(short(digest.subject)), "mrkdwn": False,
            "blocks": [*blocks[:MOST_BLOCKS - len(closing)], *closing]}
    return json.dumps(body, ensure_ascii=False).encode()


def _part(part: Part, words: Words) -> list[dict[str, Any]]:
    entries = [_section(_entry(entry)) for entry in part.entries]
    more = [_section(words("more", count=part.left_out))] if part.left_out else []
    return [{"type": "divider"}, _section(part.title), *entries, *more]


def _entry(entry: Entry) -> str:
    return "\n".join([entry.heading, *(f"{label} {text}".strip() for label, text in entry.lines)])


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _plain(text, _LONGEST_SECTION)}


def _plain(text: str, longest: int) -> dict[str, Any]:
    """Escaped after it is cut, so that no escape is cut in two; the margin is for what the escapes add."""
    lines = "\n".join(short(line, longest) for line in text.splitlines())
    while len(_escaped(lines)) > longest:
        lines = lines[:-100] + "…"
    return {"type": "plain_text", "text": _escaped(lines), "emoji": False}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
