"""Texts from strangers, made harmless before they are shown: to a terminal, in a mail, or in a spreadsheet.

A file name or a cell may hold what moves the cursor, turns the reading direction round, or is calculated when opened.
"""

import re
from typing import TextIO

LONGEST_QUOTE = 200
"""Characters shown of what was found between « and »."""
LONGEST_MESSAGE = 3_000
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
"""Controls, direction marks, what has no width, and half characters. Line ends and tabs are not among them."""
_BLANKS = re.compile(r"[\t\n\r]+")
_LONG_QUOTE = re.compile(rf"«([^«»]{{{LONGEST_QUOTE}}})[^«»]+»")
_CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?|-")
"""Numbers, and the sign of a confirmed zero: a spreadsheet can only read them as what they are."""


def visible(text: str) -> str:
    r"""The text with what cannot be seen written out, as `\u001b`; so JSON stays the same JSON. Lines stay lines."""
    return _UNSEEN.sub(lambda unseen: f"\\u{ord(unseen.group()):04x}", text)


def on_one_line(text: str) -> str:
    """The text as one line in which all can be seen."""
    return visible(_BLANKS.sub(" ", text))


def as_message(text: str) -> str:
    """One line, with long quotations and then the whole cut short, so that the advice at the end is not lost."""
    line = _LONG_QUOTE.sub(r"«\1…»", on_one_line(text))
    if len(line) <= LONGEST_MESSAGE:
        return line
    return f"{line[:LONGEST_MESSAGE * 3 // 4]} … {line[-LONGEST_MESSAGE // 5:]}"


def never_calculated(value: object) -> object:
    """A value for a CSV file. A text that a spreadsheet would calculate gets an apostrophe in front; numbers do not.

    Every line end becomes that of Unix, which `csv` puts between quotation marks; the others would begin a new line.
    """
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_CALCULATED) and not _PLAIN.fullmatch(value):
        return f"'{value}"
    return value


class VisibleStream:
    """A stream of text to a person: what is written to it can all be seen."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(visible(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str):
        return getattr(self._stream, name)
