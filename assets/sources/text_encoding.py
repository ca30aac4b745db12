"""From the bytes of a text file to its text: the encodings Norwegian systems write, and a file that mixes two."""

import re

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_LETTER = re.compile(rb"\xc3[\x85\x86\x98\xa5\xa6\xb8]")
"""Å, Æ, Ø, å, æ and ø in UTF-8. Read as one-byte letters each is «Ã» and a sign, which no Norwegian text holds."""


class MixedEncoding(ValueError):
    """A file written partly in UTF-8 and partly in a one-byte encoding; `line` is the first line of UTF-8."""

    def __init__(self, line: int) -> None:
        super().__init__(f"linje {line}")
        self.line = line


def decoded(content: bytes) -> str:
    """The text: UTF-16 with its mark, UTF-8 with or without, otherwise Windows-1252, which holds ISO-8859-1's letters.

    Raises MixedEncoding where letters of both kinds stand in one file.
    """
    if content.startswith(_UTF_16_MARKS):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if letter := _UTF_8_LETTER.search(content):
        raise MixedEncoding(content.count(b"\n", 0, letter.start()) + 1)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")
