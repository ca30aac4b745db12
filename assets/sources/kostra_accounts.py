"""Reader of SSB's file extract of accounts: 0A and its siblings, 48 characters a line.

It says what a line holds and refuses what cannot be held. What the figures say, and whether a function or a species
exists that year, is judged in `expectations/kostra_accounts`.
"""

import re
from collections.abc import Callable, Iterator

from assets.sources.fixed_width import NumberedLine, cut, layout, numbered_lines
from assets.sources.reading import Cell, Reading, ScopeKey
from assets.sources.refusals import EMPTY_FILE, refusal
from expectations.finding import DeliveryRefused, Finding
from expectations.wording import lines_text, some

STEM = "kostra_accounts"
LINE_LENGTH = 48

_LOOKS_LIKE_A_RECORD = re.compile(rb"0[A-Z][0-9]{4}")
_LINES_LOOKED_AT = 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_READABLE: dict[str, tuple[str, re.Pattern[str], str]] = {
    "form_code": ("skjema", re.compile(r"0[A-Y]"), "0A til 0Y"),
    "accounting_year": ("årgang", re.compile(r"20(?!0[0-2])[0-9]{2}"), "et år fra 2003 til 2099"),
    "quarter": ("kvartal", re.compile(r"[ 1-4]"), "blank for årsregnskap, ellers 1–4"),
    "region_code": ("region", re.compile(r"[0-9]{6}"), "seks sifre: kommunenummer og bydel, 00 uten bydel"),
    "org_number": ("organisasjonsnummer", re.compile(r" {9}|[0-9]{9}"), "ni sifre eller ni blanke"),
    "company_number": ("foretaksnummer", re.compile(r" {9}|[0-9]{9}"), "ni sifre eller ni blanke"),
}
_AMOUNT = re.compile(r" *-?[0-9]+")


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
    lines = numbered_lines(content)
    if not lines:
        raise refusal(EMPTY_FILE, STEM, file_name, "filen er tom. Lag uttrekket på nytt og lever det igjen.")
    _stop(_length_faults(lines, file_name, content))
    columns = cut(lines, layout("accounts_record"))
    numbers = [line.number for line in lines]
    _stop([*_key_faults(columns, numbers, file_name), *_amount_faults(columns, numbers, file_name)])
    return _reading(columns, numbers)


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


def _fault(rule_id: str, file_name: str, numbers: tuple[int, ...], text: str, found: str, expected: str) -> Finding:
    return Finding(rule_id, "kritisk_feil", f"{file_name}: {lines_text(numbers)} {text}", source=STEM, file=file_name,
                   line_numbers=numbers, found=found, expected=expected)


def _stop(faults: list[Finding]) -> None:
    if faults:
        raise DeliveryRefused(faults)


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


def _key_faults(columns: dict[str, list[str]], numbers: list[int], file_name: str) -> Iterator[Finding]:
    """R002, one finding per key field that cannot be read in some line."""
    for name, (label, pattern, expected) in _READABLE.items():
        yield from _unreadable("R002", label, pattern.fullmatch, expected, columns[name], numbers, file_name)


def _amount_faults(columns: dict[str, list[str]], numbers: list[int], file_name: str) -> Iterator[Finding]:
    """R014, one finding for all amounts that are not whole numbers."""
    yield from _unreadable(
        "R014", "beløp", _AMOUNT.fullmatch, "et helt tall i 1000 kroner, høyrestilt, minus rett foran sifrene",
        columns["amount_thousand_nok"], numbers, file_name)


def _unreadable(rule_id: str, label: str, accepts: Callable[[str], object], expected: str, texts: list[str],
                numbers: list[int], file_name: str) -> Iterator[Finding]:
    wrong = [(text, number) for text, number in zip(texts, numbers, strict=True) if not accepts(text)]
    if wrong:
        found = some([f"«{text}»" for text in dict.fromkeys(text for text, _ in wrong)])
        yield _fault(rule_id, file_name, tuple(number for _, number in wrong),
                     f"har {label} {found}. Rett feltet til {expected}, og lever filen på nytt.", found, expected)


def _reading(columns: dict[str, list[str]], numbers: list[int]) -> Reading:
    from warehouse.arrow import arrow_table
    from warehouse.contracts import RAW_BY_STEM

    values = {
        **columns,
        "line_number": numbers,
        "accounting_year": [int(text) for text in columns["accounting_year"]],
        "quarter": [text.strip() or None for text in columns["quarter"]],
        "org_number": [text.strip() or None for text in columns["org_number"]],
        "company_number": [text.strip() or None for text in columns["company_number"]],
        "function_code": [text.rstrip(" ") for text in columns["function_code"]],
        "amount_thousand_nok": [int(text) for text in columns["amount_thousand_nok"]],
    }
    rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    return Reading(
        STEM, ", ".join(sorted(set(columns["form_code"]))),
        tuple(sorted({_scope(row) for row in rows})),
        arrow_table(RAW_BY_STEM[STEM], rows, without=("delivery_id",)),
        tuple(_cell(row) for row in rows))


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
