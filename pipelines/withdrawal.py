"""Consent withdrawn, from the register to the proof: every step can be done again, so a crash is mended by a new run.

What is taken out of raw and of the extracts belongs to `assets/withdrawal.py`. A release that is published stands as it
was: it holds numbers of at least five informants, never a coding; a new one is made without the interview.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from assets.raw_loading import load_delivery, not_loaded
from assets.traces import Searched, search
from assets.withdrawal import Removed, known_keys, withdraw
from warehouse.database import Connection, rows, take_snapshot, writing
from warehouse.database_file import rewrite_file
from warehouse.home import Home
from warehouse.lock import exclusive

STEP_COUNT = 4
SHORTEST_SEARCHED = 6
"""A shorter name stands in any file by chance and proves nothing; then the key alone is searched for."""
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class UnknownDocument(LookupError):
    """The home neither holds the document nor has withdrawn it; the message says which."""


@dataclass(frozen=True)
class Meant:
    """A document as a person named it: the text, the keys it may mean, and what else it is known by (GUIDs)."""

    text: str
    keys: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawn:
    """What was removed of each document, and what the search afterwards found."""

    removed: tuple[Removed, ...]
    searched: Searched

    @property
    def is_proved(self) -> bool:
        return not self.searched.hits and not self.searched.opaque


def withdraw_documents(home: Home, meant: Sequence[Meant], *, by: str, now: datetime, threshold: int,
                       progress) -> Withdrawn:
    """Removes the documents everywhere and searches the home for them.

    Raises UnknownDocument before anything is changed, RefreshFailed when the rebuild stops; what is left is then done
    by calling it again.
    """
    from pipelines import dagster_runs

    with exclusive(home.lock):
        with progress.step("Fjerner kodingene"), writing(home) as connection:
            keys = _keys_of(connection, home, meant)
            # What stood before must not vouch for the home any longer, whatever happens from here on.
            home.refresh_state.unlink(missing_ok=True)
            removed = tuple(withdraw(connection, home, key, by, now) for key in keys)
            _load_again(connection, home)
            as_of = next((moment for (moment,) in rows(connection, "SELECT as_of FROM register.clock")), now)
        with progress.step("Bygger alt på nytt uten dem"):
            dagster_runs.prepare_instance(home)
            dagster_runs.rebuild(home, threshold, as_of)
        with progress.step("Skriver databasefilen på nytt"):
            rewrite_file(home)
            take_snapshot(home)
        with progress.step("Leter etter spor i alle filer"):
            return Withdrawn(removed, search(home, secrets_of(meant, removed)))


def _keys_of(connection: Connection, home: Home, meant: Iterable[Meant]) -> list[str]:
    found: list[str] = []
    for one in meant:
        keys = known_keys(connection, home, one.keys)
        if not keys:
            raise UnknownDocument(one.text)
        found += keys
    return list(dict.fromkeys(found))


def _load_again(connection: Connection, home: Home) -> None:
    """What the deliveries alone show is made anew too. Also what is not loaded yet, or nothing could be published."""
    touched = [delivery_id for (delivery_id,) in rows(
        connection, "SELECT DISTINCT CAST(unnest(string_split(removed_delivery_ids, ' ')) AS INTEGER) "
        "FROM register.withdrawal WHERE removed_delivery_ids <> '' ORDER BY 1")]
    for delivery_id in sorted({*touched, *not_loaded(connection)}):
        load_delivery(connection, home, delivery_id)


def secrets_of(meant: Iterable[Meant], removed: Iterable[Removed]) -> list[str]:
    """Everything an interview may be known by: keys, GUIDs in their ways of writing, the name, its codings' GUIDs."""
    named = [text for one in meant for text in (one.text, *one.also) if len(text.strip()) >= SHORTEST_SEARCHED]
    keys = [key for one in removed for key in (one.key, *(place for place in one.places if _GUID.fullmatch(place)))]
    guids = [str(UUID(text)) for text in named if _GUID.fullmatch(text.strip().strip("{}").lower())]
    return list(dict.fromkeys([*keys, *(text.strip().strip("{}") for text in named),
                               *(one.replace("-", "") for one in guids)]))
