"""A text as a cell or a comment of a workbook can hold it."""

import re

LONGEST_TEXT = 32_767
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHARACTER_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def as_written(text: str) -> str:
    """Line ends as a spreadsheet has them; what looks like its code for a character is not taken for one."""
    return _CHARACTER_CODE.sub("_x005F_", text.replace("\r\n", "\n").replace("\r", "\n"))


def again_as_written(text: str) -> str:
    """A text the library has read, as it must be written to be the same: it takes the escape away for good."""
    return text if "_x005F_" in text else _CHARACTER_CODE.sub("_x005F_", text)


def that_fits(text: str) -> str:
    """The text with a mark for what no cell can hold, cut to the longest there can be."""
    return NOT_IN_XML.sub("?", text)[:LONGEST_TEXT]
