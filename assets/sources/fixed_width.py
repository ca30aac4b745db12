"""Files of fixed width: numbered lines, each cut into fields at the positions of a layout. Knows no source.

Lines of one length are a matrix of bytes, and a field is some of its columns: that is how millions of lines are cut.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from warehouse.reference_data import reference_rows

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

ENCODING = "iso-8859-1"
_LINE_ENDS = (b"\n", b"\r\n")
_CARRIAGE_RETURN = ord("\r")
_FIRST_BEYOND_ASCII = 0x80


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
    lines = content.decode(ENCODING).split("\n")
    return [NumberedLine(number, text) for number, line in enumerate(lines, 1) if (text := line.rstrip("\r"))]


class Records(NamedTuple):
    """The lines of a file that hold something: `numbers` in the file, and `bytes`, one row a line, one column a byte."""

    numbers: "np.ndarray"
    bytes: "np.ndarray"


def records(content: bytes, length: int) -> Records | None:
    """The same lines as `numbered_lines` gives, when all have the length; else None."""
    import numpy as np

    for line_end in _LINE_ENDS:
        regular = _regular(content, length, line_end)
        if regular is not None:
            return Records(np.arange(1, len(regular) + 1, dtype=np.int32), regular)
    lines = numbered_lines(content)
    if any(len(line.text) != length for line in lines):
        return None
    joined = "".join(line.text for line in lines).encode(ENCODING)
    return Records(np.array([line.number for line in lines], np.int32),
                   np.frombuffer(joined, np.uint8).reshape(-1, length))


def _regular(content: bytes, length: int, line_end: bytes) -> "np.ndarray | None":
    """The lines of a file where each has the length and the same end, none is empty; else None.

    It sees where the line breaks stand without looking for them. The end of the last line may be missing.
    """
    import numpy as np

    step = length + len(line_end)
    whole = content if content.endswith(line_end) else content + line_end
    if len(whole) % step or whole.count(b"\n") != len(whole) // step:
        return None
    lines = np.frombuffer(whole, np.uint8).reshape(-1, step)
    text, ends = lines[:, :length], lines[:, length:]
    if (ends != np.frombuffer(line_end, np.uint8)).any() or (text[:, -1] == _CARRIAGE_RETURN).any():
        return None
    return text


def cut(lines: "np.ndarray", fields: tuple[FixedField, ...]) -> "dict[str, pa.StringArray]":
    """One array of texts per field, in the order of the lines, of the bytes of `Records`."""
    return {field.name: _texts(lines[:, field.start:field.end]) for field in fields}


def _texts(columns: "np.ndarray") -> "pa.StringArray":
    """Each row as a text. ASCII is taken as it stands, since it is UTF-8 too; the rest is decoded from ISO-8859-1."""
    import numpy as np
    import pyarrow as pa

    count, width = columns.shape
    data = np.ascontiguousarray(columns)
    if count and data.max() >= _FIRST_BEYOND_ASCII:
        text = data.tobytes().decode(ENCODING)
        return pa.array([text[start:start + width] for start in range(0, len(text), width)], pa.string())
    offsets = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(data))
