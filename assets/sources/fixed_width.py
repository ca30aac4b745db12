"""Files of fixed width: numbered lines, each cut into fields at the positions of a layout. Knows no source."""

from dataclasses import dataclass
from typing import NamedTuple

from warehouse.reference_data import reference_rows


class NumberedLine(NamedTuple):
    """A line of a text file; the first line of the file is 1."""

    number: int
    text: str


@dataclass(frozen=True)
class FixedField:
    """One field: `start` is the index of its first character, `end` of the first one after it."""

    name: str
    start: int
    end: int


def layout(reference_table: str) -> tuple[FixedField, ...]:
    """The fields of a record as a reference table describes them (`field`, 1-based `start`, `length`)."""
    return tuple(
        FixedField(row["field"], int(row["start"]) - 1, int(row["start"]) - 1 + int(row["length"]))
        for row in reference_rows(reference_table))


def numbered_lines(content: bytes) -> list[NumberedLine]:
    r"""The lines that hold something, with the numbers they have in the file; ISO-8859-1, LF or CRLF.

    Only \n ends a line: in ISO-8859-1 a byte such as 0x85 is a character, not a line break.
    """
    lines = content.decode("iso-8859-1").split("\n")
    return [NumberedLine(number, text) for number, line in enumerate(lines, 1) if (text := line.rstrip("\r"))]


def cut(lines: list[NumberedLine], fields: tuple[FixedField, ...]) -> dict[str, list[str]]:
    """One list of texts per field, in the order of the lines."""
    return {field.name: [line.text[field.start:field.end] for line in lines] for field in fields}
