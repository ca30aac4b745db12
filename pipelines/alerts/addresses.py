"""Who gets messages where: `recipients.csv` in the home, one address a line. A recipient may have several."""

import csv
from pathlib import Path

from pipelines.alerts.news import recipients
from pipelines.failures import WrongUsage

_HEADING = ["recipient", "address"]


def addresses_by_recipient(path: Path) -> dict[str, tuple[str, ...]]:
    """The addresses by recipient code; empty without the file.

    Raises WrongUsage for a line that is not a known recipient and an address: nothing may go astray.
    """
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [(number, row) for number, row in enumerate(csv.reader(file, delimiter=";"), start=1) if any(row)]
    if not lines or lines[0][1] != _HEADING:
        raise WrongUsage(f"{path.name}: første linje skal være {';'.join(_HEADING)}")
    known = [recipient.code for recipient in recipients()]
    found: dict[str, tuple[str, ...]] = {}
    for number, row in lines[1:]:
        if len(row) != len(_HEADING) or row[0].strip() not in known:
            raise WrongUsage(f"{path.name}, linje {number}: «{';'.join(row)}» har ikke en kjent mottaker og en adresse."
                             f" Mottakerne er {', '.join(known)}.")
        recipient, address = (cell.strip() for cell in row)
        if not _is_address(address):
            raise WrongUsage(f"{path.name}, linje {number}: «{address}» er ikke en e-postadresse")
        found[recipient] = (*found.get(recipient, ()), address)
    return found


def _is_address(text: str) -> bool:
    name, at, domain = text.partition("@")
    return bool(name and at and domain) and "@" not in domain and text.isascii() and not set(text) & set(' ,;<>"\r\n\t')
