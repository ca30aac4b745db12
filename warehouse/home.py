"""Where things lie in a home folder. Paths only; nothing is created here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """One platform home: inbox, deliveries, quarantine, warehouse, Dagster instance, releases, outbox."""

    root: Path

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def deliveries(self) -> Path:
        return self.root / "deliveries"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def database(self) -> Path:
        return self.root / "warehouse" / "folgeeval.duckdb"

    @property
    def snapshot(self) -> Path:
        return self.root / "warehouse" / "snapshot.duckdb"

    @property
    def refresh_state(self) -> Path:
        """What the last refresh made and from what; gone as soon as anything else rebuilds."""
        return self.root / "warehouse" / "state.json"

    @property
    def lock(self) -> Path:
        return self.root / "warehouse" / "lock"

    @property
    def alert_lock(self) -> Path:
        """Held by whoever sends messages, so that two never tell the same."""
        return self.root / "warehouse" / "alert.lock"

    @property
    def dagster(self) -> Path:
        return self.root / "dagster"

    @property
    def outbox(self) -> Path:
        """Messages as files, for those who have no address."""
        return self.root / "outbox"

    @property
    def reports(self) -> Path:
        """Control reports by unit and period, each for the one it is about."""
        return self.root / "reports"

    @property
    def alert_settings(self) -> Path:
        """Who gets messages, in which language and through which channel; need not be there."""
        return self.root / "alerts.toml"

    @property
    def corrections(self) -> Path:
        """The reviewed list of known faults in the sources; need not be there."""
        return self.root / "corrections.csv"

    @property
    def hold_back(self) -> Path:
        """The indicators that are held back when a Feil touches them; need not be there."""
        return self.root / "hold_back.csv"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def releases(self) -> Path:
        return self.published / "releases"

    @property
    def current(self) -> Path:
        """The pointer to the release in force (a symbolic link, switched atomically)."""
        return self.published / "current"
