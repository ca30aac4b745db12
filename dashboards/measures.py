"""An indicator as a reader meets it: how its numbers are written, its unit in words, its axis."""

from dataclasses import dataclass
from decimal import Decimal

from dashboards.published import Cell
from dashboards.signs import MISSING_SIGNS, NOT_IN_RELEASE, Sign
from warehouse.number_format import format_number, format_percent, format_percentage_points, rounded
from warehouse.units import unit_label

AXIS_TITLES = {
    "andel": "prosent",
    "mill NOK": "mill. kroner",
    "NOK per innb 0-17": "kroner per innb. 0–17 år",
    "per 1000": "per 1000 innb. 0–17 år",
}


@dataclass(frozen=True)
class Measure:
    """What is needed to write the numbers of one indicator. A change or a balance is written with its sign."""

    indicator_id: str
    name: str
    kind: str
    unit: str
    decimals: int
    is_signed: bool

    @property
    def is_share(self) -> bool:
        """True for shares and differences of shares: 0–1 in data, percent on the page."""
        return self.kind in ("share", "share_change")

    @property
    def unit_words(self) -> str:
        """The unit in words, as captions say it."""
        return "prosent" if self.unit == "andel" else unit_label(self.unit)

    @property
    def axis_title(self) -> str:
        """The unit in few words, for an axis."""
        return AXIS_TITLES.get(self.unit, self.unit_words)

    def number(self, value: float) -> str:
        """A value as text, rounded to the indicator's decimals."""
        if self.kind == "share":
            return format_percent(value, self.decimals - 2, signed=self.is_signed)
        if self.kind == "share_change":
            return format_percentage_points(value, self.decimals - 2)
        return format_number(value, self.decimals, signed=self.is_signed)

    def on_axis(self, value: float | None) -> float | None:
        """A value as it is drawn: rounded as it is printed, so that a figure tells no more than its table."""
        if value is None:
            return None
        if self.is_share:
            return float(rounded(Decimal(str(value)) * 100, self.decimals - 2))
        return float(rounded(value, self.decimals))


def measure_of(indicator: dict[str, str]) -> Measure:
    """The measure of a catalogue row."""
    return Measure(indicator["indicator_id"], indicator["name_nb"], indicator["kind"], indicator["unit"],
                   int(indicator["decimals"]), indicator["is_signed"] == "true")


def missing_sign(cell: Cell | None) -> Sign | None:
    """The sign shown instead of a number; None when there is a number to show."""
    if cell is None:
        return NOT_IN_RELEASE
    return None if cell.value is not None else MISSING_SIGNS[cell.status]
