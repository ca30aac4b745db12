"""What `folgeeval check` found in one file, as a control report and a workbook to mend; no database and no home."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assets.sources import recognise
from assets.sources.reading import ScopeKey
from expectations.finding import DeliveryRefused
from pipelines.control_reports import report_before_delivery
from pipelines.failures import WrongUsage
from pipelines.new_file import write_new

if TYPE_CHECKING:
    from pipelines.commands.check import Checked


def write_report(arguments: argparse.Namespace, opened: Sequence[tuple[Path, bytes | Path]],
                 results: Sequence["Checked"]) -> None:
    """Writes what was asked for about the one file checked; nothing about a file that could not be opened.

    Raises WrongUsage when a workbook is asked for of what is no form of ours, and for a file that is there.
    """
    if not opened or not results:
        return
    (path, content), (checked,) = opened[0], results
    stem, scope = _about(content, path.name)
    name = arguments.workbook.name if arguments.workbook else None
    made = report_before_delivery(checked.file, content if isinstance(content, bytes) else None, stem, scope,
                                  checked.findings, refused=checked.refused, language=arguments.language,
                                  workbook_name=name)
    if arguments.workbook and made.workbook is None:
        raise WrongUsage(f"{path.name} er ikke et skjema fra «folgeeval template», eller kan ikke åpnes trygt; det kan "
                         "ikke lages noen arbeidsbok av den. Bruk --report.")
    for target, text in ((arguments.report, made.page), (arguments.workbook, made.workbook)):
        if target is not None:
            write_new(target, text, arguments.force)


def _about(content: bytes | Path, file_name: str) -> tuple[str | None, tuple[ScopeKey, ...]]:
    """Which source the file is of and what it covers, as far as that can be read."""
    if isinstance(content, Path):
        return None, ()
    reader = recognise(content, file_name)
    if reader is None:
        return None, ()
    try:
        return reader.STEM, reader.read(content, file_name).scope_keys
    except DeliveryRefused:
        return reader.STEM, ()
