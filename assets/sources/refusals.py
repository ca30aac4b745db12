"""Why a delivery stops at the door: the rules of form shared by the readers, and a collector of faults.

Rules about what the figures say belong in `expectations/`.
"""

from collections import Counter
from dataclasses import dataclass, field

from expectations.finding import DeliveryRefused, Finding

UNKNOWN_FORM = "F00"
EMPTY_FILE = "F01"
COLUMNS_MISSING = "F02"
NOT_A_NUMBER = "F03"
UNKNOWN_CODE = "F04"
NOT_A_DATE = "F05"
BROKEN_LINE = "F06"
BROKEN_DATA_SET = "F07"
OTHER_SHAPE = "F08"
VALUE_MISSING = "F09"
ORGANISATION_NUMBER = "F10"
STATUS_SIGN = "F11"
COLUMNS_NOTED = "F12"
UNKNOWN_REGION = "F13"
ZEROS_OUTSIDE_VALIDITY = "F14"
SAME_TWICE = "F15"
MARKS_UNREADABLE = "F16"
MIXED_ENCODING = "F17"
UNIT_OF_AMOUNT = "F18"
PART_ABOVE_WHOLE = "F20"
PERIOD_OF_STAY = "F21"
NOT_A_WORKBOOK = "F30"
UNSAFE_WORKBOOK = "F31"
HIDDEN_TABLE = "F32"
OTHER_FORM_VERSION = "F33"
UNKNOWN_FIELD = "F34"
FIELD_MOVED = "F35"
FORMULA_WITHOUT_VALUE = "F36"
NUMBER_AS_TEXT = "F37"
TWO_ANSWERS = "F38"
NOT_A_COUNT = "F39"
SHEET_NOT_READ = "F40"
COVERED_CELL = "F41"
NOT_SEEN = "F42"
MAPPING_LINE = "F43"
LABEL_NOT_FOUND = "F44"
MAPPING_UNIT = "F45"
FIELDS_NOT_MAPPED = "F46"
TOO_LARGE = "F47"

MOST_FAULTS_SHOWN = 20
"""A file with one wrong column may have a fault on every line: this many are shown, the rest counted."""


def refusal(rule_id: str, stem: str, file_name: str, message: str) -> DeliveryRefused:
    """A refusal of the whole file; `message` says what was found and what to do."""
    return DeliveryRefused([
        Finding(rule_id, "kritisk_feil", f"{file_name}: {message}", source=stem, file=file_name)])


def in_sheet(sheet: str, cell: str | None) -> str:
    """How a place in a workbook is written: `ark «C Tiltak», celle B7`; of a mapping beside it, its line."""
    if cell is not None and cell.startswith("linje"):
        return f"{sheet}, {cell}"
    return f"ark «{sheet}»" if cell is None else f"ark «{sheet}», celle {cell}"


@dataclass
class Faults:
    """The faults found in one file, gathered so that the reporter can mend them all at once."""

    stem: str
    file_name: str
    unit_code: str | None = None
    period: str | None = None
    findings: list[Finding] = field(default_factory=list)
    hidden: Counter = field(default_factory=Counter)

    def add(self, rule_id: str, message: str, *, line: int | None = None, cell: str | None = None,
            found: str | None = None, expected: str | None = None, sheet: str | None = None) -> None:
        """One fault at a line or cell; `message` follows the place in the text. A workbook's cell is said in full."""
        if len(self.findings) >= MOST_FAULTS_SHOWN:
            self.hidden[rule_id] += 1
            return
        place = self.file_name if line is None else f"{self.file_name}, linje {line}"
        if sheet is not None:
            place = f"{self.file_name}, {in_sheet(sheet, cell)}"
        self.findings.append(Finding(
            rule_id, "kritisk_feil", f"{place}{message}", unit_code=self.unit_code, period=self.period,
            source=self.stem, file=self.file_name, sheet=sheet, cell=cell,
            line_numbers=() if line is None else (line,), found=found, expected=expected))

    def stop(self) -> None:
        """Raises DeliveryRefused when there is any fault, with the count of those not shown."""
        if not self.findings:
            return
        uncounted = [
            Finding(rule_id, "kritisk_feil", f"{self.file_name}: {count} flere feil av samme slag ({rule_id}) er ikke "
                    "vist. Rett dem som er vist, kontroller resten av kolonnen og lever filen på nytt.",
                    unit_code=self.unit_code, period=self.period, source=self.stem, file=self.file_name)
            for rule_id, count in sorted(self.hidden.items())]
        raise DeliveryRefused(self.findings + uncounted)
