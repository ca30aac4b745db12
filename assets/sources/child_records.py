"""Form 15F, the individual records of child welfare that a municipality reports to SSB once a year (XML).

Personal data: the individuals are counted and checked at the door, one at a time, and nothing of them goes further.
What is kept is how many there are of each kind (`child_record_count.csv`), and SSB's own rules as findings that name an
individual by its order in the file. Of the file only this extract is stored.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from assets.sources import extracts
from assets.sources.child_record_counts import Tally, count_text
from assets.sources.child_record_elements import individual_of, sender_of
from assets.sources.child_record_file import elements_of
from assets.sources.child_record_marks import may_hold_child_records
from assets.sources.child_record_refusals import NO_SENDER, STEM
from assets.sources.reading import Cell, Reading, ScopeKey
from assets.sources.refusals import EMPTY_FILE, Faults, refusal
from expectations.child_records import RecordCheck
from expectations.child_records.individual import ReportingYear

__all__ = ["STEM", "extract", "read", "recognises"]

FORM_VERSION = "SSB 15F"


def recognises(content: bytes, file_name: str) -> bool:
    """Whether the file is, or may be, form 15F, whole or broken."""
    return may_hold_child_records(content, file_name)


def read(content: bytes, file_name: str, *, year: int | None = None, municipality_code: str | None = None) -> Reading:
    """The counts of the file or of its extract, with what SSB's rules find.

    `year` and `municipality_code` are what the file was announced as, where somebody has said so. Raises
    DeliveryRefused for what cannot be read safely, for codes and dates that cannot be counted, and for a file without
    individuals.
    """
    if extracts.is_extract(content, STEM):
        return extracts.read_again(content, _cell)
    faults, secret = Faults(STEM, file_name), secrets.token_bytes(32)
    elements = elements_of(content, file_name)
    first = next(elements, None)
    if first is None:
        raise refusal(EMPTY_FILE, STEM, file_name, "filen har verken avgiver eller individer. Lag uttrekket på nytt.")
    sender = sender_of(first, faults)
    if sender is None:
        faults.stop()
    check = RecordCheck(sender, file_name, year=year, municipality_code=municipality_code)
    tally, number = Tally(ReportingYear(sender.year)), 0
    for element in elements:
        if element.name == "Avgiver":
            raise refusal(NO_SENDER, STEM, file_name, f"linje {element.line} har en avgiver til, og en fil er fra én "
                          "kommune. Lag én fil for hver kommune.")
        number += 1
        individual = individual_of(element, number, ReportingYear(sender.year), faults, secret)
        if individual is not None:
            check.look_at(individual)
            tally.add(individual)
    faults.stop()
    if not number:
        raise refusal(EMPTY_FILE, STEM, file_name, "filen har ingen individer. Lag uttrekket på nytt, med barna som "
                      "har hatt melding, undersøkelse eller tiltak i året.")
    return extracts.reading_of(
        STEM, tally.rows(sender.municipality_code), FORM_VERSION,
        [ScopeKey(sender.municipality_code, str(sender.year))], check.findings(), _cell)


def extract(reading: Reading) -> bytes:
    """All that is stored of a delivered file."""
    return extracts.written(reading)


def _cell(row: Mapping[str, Any]) -> Cell:
    """A count as it is shown."""
    name, category, unit = count_text(row["count_code"], row["count_category_code"])
    keys = {"municipality_code": row["municipality_code"], "year": str(row["year"]), "telling": name}
    if category:
        keys["kategori"] = category
    return Cell(keys=keys, value=row["value"], unit=unit, cell=f"telling nr. {row['cell_number']}")
