"""Which indicators are held back when a Feil touches them: `hold_back.csv` in the home. Without the file, none is.

One line an indicator, or `*` for all. A list that cannot be read stops the refresh: to publish what somebody counts on
being held back is worse than to wait.
"""

import csv

from warehouse.home import Home
from warehouse.reference_data import reference_rows

ALL = "*"
_HEADING = "indicator_id"


class HoldBackRefused(Exception):
    """The list cannot be read; the message says what is wrong and what to do."""


def held_back_indicators(home: Home) -> frozenset[str]:
    """The indicators for which hold-back is switched on. Other columns than `indicator_id` are notes.

    Raises HoldBackRefused.
    """
    if not home.hold_back.exists():
        return frozenset()
    known = {row["indicator_id"] for row in reference_rows("indicator")}
    listed = _listed(home)
    unknown = sorted(listed - known - {ALL})
    if unknown:
        raise _refused(home, f"indikatoren {', '.join(unknown)} finnes ikke. «folgeeval describe --indicators» viser dem")
    return frozenset(known if ALL in listed else listed)


def hold_back_in_words(home: Home) -> str:
    """What of the list decides a refresh; its bytes stand for a list that cannot be read."""
    try:
        return repr(sorted(held_back_indicators(home)))
    except HoldBackRefused:
        return repr(home.hold_back.read_bytes())


def _listed(home: Home) -> set[str]:
    try:
        text = home.hold_back.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(home, "den er ikke i UTF-8. Lagre den som «CSV UTF-8»") from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in first else ",")
    names = {(name or "").strip(): name for name in reader.fieldnames or ()}
    if _HEADING not in names:
        raise _refused(home, f"den første linjen skal ha overskriften {_HEADING}")
    return {code for row in reader if (code := (row[names[_HEADING]] or "").strip())}


def _refused(home: Home, words: str) -> HoldBackRefused:
    return HoldBackRefused(f"{home.hold_back.name} kan ikke brukes: {words}. Ingenting er endret; rett listen og kjør "
                           "«folgeeval refresh» på nytt.")
