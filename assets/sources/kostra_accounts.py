"""Reader of SSB's file extract of accounts: 0A and its siblings, 48 characters a line.

It says what a line holds and refuses what cannot be held. What the figures say, and whether a function or a species
exists that year, is judged in `expectations/kostra_accounts`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assets.sources.fixed_width import NumberedLine, cut, layout, numbered_lines, records
from assets.sources.reading import Cell, CellsOfRows, Reading, ScopeKey
from assets.sources.refusals import EMPTY_FILE, refusal
from expectations.finding import DeliveryRefused, Finding
from expectations.wording import lines_text, some

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

STEM = "kostra_accounts"
LINE_LENGTH = 48

_LOOKS_LIKE_A_RECORD = re.compile(rb"0[A-Z][0-9]{4}")
_LINES_LOOKED_AT = 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Readable(NamedTuple):
    """What a field must look like to be read: the rule that says so, its name, a pattern (RE2), and the same in words.

    Either rule stops the delivery; the level is SSB's.
    """

    rule_id: str
    label: str
    pattern: str
    expected: str
    level: str = "kritisk_feil"


READABLE: dict[str, Readable] = {
    "form_code": Readable("R002", "skjema", "0[A-Y]", "0A til 0Y"),
    "accounting_year": Readable("R002", "årgang", "20(?:0[3-9]|[1-9][0-9])", "et år fra 2003 til 2099"),
    "quarter": Readable("R002", "kvartal", "[ 1-4]", "blank for årsregnskap, ellers 1–4"),
    "region_code": Readable("R002", "region", "[0-9]{6}", "seks sifre: kommunenummer og bydel, 00 uten bydel"),
    "org_number": Readable("R002", "organisasjonsnummer", " {9}|[0-9]{9}", "ni sifre eller ni blanke"),
    "company_number": Readable("R002", "foretaksnummer", " {9}|[0-9]{9}", "ni sifre eller ni blanke"),
    "amount_thousand_nok": Readable(
        "R014", "beløp", " *-?[0-9]+", "et helt tall i 1000 kroner, høyrestilt, minus rett foran sifrene", "feil"),
}
"""The fields that must be readable, in the order the faults are told; the rest of a line may hold anything."""


def recognises(content: bytes, file_name: str) -> bool:
    """Whether most of the first lines begin as records do; also when their length is wrong, so that we can say so."""
    beginning = content[:_LINES_LOOKED_AT * 200].removeprefix(_BYTE_ORDER_MARK)
    lines = [line for line in beginning.split(b"\n") if line.strip()][:_LINES_LOOKED_AT]
    records = sum(_LOOKS_LIKE_A_RECORD.match(line) is not None for line in lines)
    return bool(lines) and 2 * records > len(lines)


def read(content: bytes, file_name: str) -> Reading:
    """The file as rows of `raw.kostra_accounts_line`; amounts in thousand NOK with the file's own sign.

    Scope keys are municipality and year; a quarterly file is about its quarter (`2019-K4`), so that it never takes
    the place of the annual accounts. `form_version` is the form, or the forms, of the lines.
    Raises DeliveryRefused: no lines (F01), wrong length or a tab (R001), a key field (R002) or an amount (R014) that
    cannot be read.
    """
    lines = records(content, LINE_LENGTH)
    if lines is None or b"\t" in content:
        raise DeliveryRefused(_length_faults(numbered_lines(content), file_name, content))
    if not len(lines.numbers):
        raise refusal(EMPTY_FILE, STEM, file_name, "filen er tom. Lag uttrekket på nytt og lever det igjen.")
    columns = cut(lines.bytes, layout("accounts_record"))
    if faults := list(_unreadable_fields(columns, lines.numbers, file_name)):
        raise DeliveryRefused(faults)
    return _reading(_rows(columns, lines.numbers))


def rows_of_many(files: Sequence[tuple[str, bytes]]) -> "tuple[pa.Table, list[int]]":
    """The rows of several files (name and content), as `read` gives them, in one table; and how many each gave.

    All lines are cut and judged at once. Raises DeliveryRefused for the first file that `read` refuses.
    """
    import numpy as np

    found = [records(content, LINE_LENGTH) for _, content in files]
    if any(lines is None or not len(lines.numbers) for lines in found) or any(b"\t" in text for _, text in files):
        return _rows_one_by_one(files)
    numbers = np.concatenate([lines.numbers for lines in found])
    columns = cut(np.concatenate([lines.bytes for lines in found]), layout("accounts_record"))
    if any(_unreadable_texts(columns[name], readable) for name, readable in READABLE.items()):
        return _rows_one_by_one(files)
    return _rows(columns, numbers), [len(lines.numbers) for lines in found]


def _rows_one_by_one(files: Sequence[tuple[str, bytes]]) -> "tuple[pa.Table, list[int]]":
    import pyarrow as pa

    tables = [read(content, name).rows for name, content in files]
    return pa.concat_tables(tables), [table.num_rows for table in tables]


def refuse_other_forms(reading: Reading, file_name: str, wanted: str = "0A") -> None:
    """Raises DeliveryRefused when the file holds lines of another form than the one wanted."""
    if reading.form_version != wanted:
        forms = reading.rows.column("form_code").to_pylist()
        numbers = reading.rows.column("line_number").to_pylist()
        strange = tuple(number for form, number in zip(forms, numbers, strict=True) if form != wanted)
        found = ", ".join(sorted(set(forms) - {wanted}))
        raise DeliveryRefused([_fault(
            "R003", file_name, strange, f"er skjema {found}, ikke {wanted}. Lever bevilgningsregnskapet for "
            f"kommunekassen (skjema {wanted}) i en egen fil.", found, wanted)])


def _fault(rule_id: str, file_name: str, numbers: tuple[int, ...], text: str, found: str, expected: str,
           level: str = "kritisk_feil") -> Finding:
    return Finding(rule_id, level, f"{file_name}: {lines_text(numbers)} {text}", source=STEM, file=file_name,
                   line_numbers=numbers, found=found, expected=expected)


def _length_faults(lines: list[NumberedLine], file_name: str, content: bytes) -> list[Finding]:
    """R001, one finding for lengths and one for tabs."""
    faults = []
    wrong = [line for line in lines if len(line.text) != LINE_LENGTH]
    if wrong:
        lengths = some([f"{length} tegn" for length in sorted({len(line.text) for line in wrong})])
        mark = (" Filen begynner med et UTF-8-merke; lagre den som ISO-8859-1 uten merke."
                if content.startswith(_BYTE_ORDER_MARK) else "")
        faults.append(_fault(
            "R001", file_name, tuple(line.number for line in wrong), f"har {lengths}, men hver linje skal ha nøyaktig "
            f"{LINE_LENGTH}. Hele filen er stoppet: ta uttrekket på nytt, uten å redigere det for hånd.{mark}",
            lengths, f"{LINE_LENGTH} tegn"))
    tabbed = tuple(line.number for line in lines if "\t" in line.text)
    if tabbed:
        faults.append(_fault(
            "R001", file_name, tabbed, "har tabulator. Hele filen er stoppet: bytt tabulator med mellomrom, slik at "
            f"hvert felt står på sin plass og linjen har {LINE_LENGTH} tegn.", "tabulator", "mellomrom"))
    return faults


def _unreadable_fields(columns: "dict[str, pa.StringArray]", numbers: "np.ndarray",
                       file_name: str) -> Iterator[Finding]:
    """R002 and R014, one finding per field that cannot be read in some line."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name, readable in READABLE.items():
        if texts := _unreadable_texts(columns[name], readable):
            wrong = pc.is_in(columns[name], value_set=pa.array(texts, pa.string()))
            lines = tuple(numbers[wrong.to_numpy(zero_copy_only=False)].tolist())
            found = some([f"«{text}»" for text in texts])
            yield _fault(readable.rule_id, file_name, lines, f"har {readable.label} {found}. Rett feltet til "
                         f"{readable.expected}, og lever filen på nytt.", found, readable.expected, readable.level)


def _unreadable_texts(texts: "pa.StringArray", readable: Readable) -> list[str]:
    """The different texts that do not match the whole pattern, in the order they come."""
    import pyarrow.compute as pc

    # `\A` and `\z`, since `$` would let a line break pass in some engines.
    matches = rf"\A(?:{readable.pattern})\z"
    # A key field mostly holds what it held on the line before: only the changes are judged.
    changes = pc.run_end_encode(texts).values
    return pc.unique(changes.filter(pc.invert(pc.match_substring_regex(changes, matches)))).to_pylist()


def _rows(columns: "dict[str, pa.StringArray]", numbers: "np.ndarray") -> "pa.Table":
    """Readable fields as rows of the raw table, with the delivery still to be named."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from warehouse.arrow import arrow_schema
    from warehouse.contracts import RAW_BY_STEM

    def whole_numbers(texts: pa.StringArray) -> pa.Int64Array:
        return pc.cast(pc.ascii_ltrim(texts, " "), pa.int64())

    def missing_where_blank(texts: pa.StringArray) -> pa.StringArray:
        # A readable field of these is blank throughout or not at all.
        return pc.if_else(pc.starts_with(texts, " "), pa.scalar(None, pa.string()), texts)

    schema = arrow_schema(RAW_BY_STEM[STEM], without=("delivery_id",))
    values = {
        **columns,
        "line_number": numbers,
        "accounting_year": whole_numbers(columns["accounting_year"]),
        **{name: missing_where_blank(columns[name]) for name in ("quarter", "org_number", "company_number")},
        "function_code": pc.utf8_rtrim(columns["function_code"], " "),
        "amount_thousand_nok": whole_numbers(columns["amount_thousand_nok"]),
    }
    return pa.table([pc.cast(pa.array(values[name]), schema.field(name).type) for name in schema.names], schema=schema)


def _reading(rows: "pa.Table") -> Reading:
    different = rows.group_by(["form_code", "accounting_year", "quarter", "region_code"]).aggregate([]).to_pylist()
    return Reading(
        STEM, ", ".join(sorted({row["form_code"] for row in different})),
        tuple(sorted({_scope(row) for row in different})), rows, CellsOfRows(rows, _cell))


def _scope(row: dict) -> ScopeKey:
    quarter = f"-K{row['quarter']}" if row["quarter"] else ""
    return ScopeKey(row["region_code"][:4], f"{row['accounting_year']}{quarter}")


def _cell(row: dict) -> Cell:
    keys = {
        "form": row["form_code"], "year": str(row["accounting_year"]), "quarter": row["quarter"] or "",
        "region": row["region_code"], "account_class": row["account_class"],
        "function_code": row["function_code"], "species_code": row["species_code"],
    }
    return Cell(keys, row["amount_thousand_nok"], "1000 NOK", line=row["line_number"])
