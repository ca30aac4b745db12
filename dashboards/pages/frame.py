"""What every page shares: the release made ready, names and links, the banner's condition."""

from dataclasses import dataclass
from functools import cached_property

from dashboards.figures.style import SeriesStyle, unit_styles
from dashboards.labels import DELMAAL, long_date, slug
from dashboards.measures import Measure, measure_of
from dashboards.published import Published
from dashboards.release import Release


@dataclass(frozen=True)
class Link:
    """A link to another page of the site."""

    href: str
    text: str
    description: str = ""


class Frame:
    """A release with the names, styles and links that all pages use."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.published = Published(release)
        self.as_of = long_date(release.as_of)

    @cached_property
    def styles(self) -> dict[str, SeriesStyle]:
        """The fixed look of every unit."""
        return unit_styles(self.release.units)

    @cached_property
    def municipality_links(self) -> list[Link]:
        """A link per municipality that has numbers."""
        return [Link(municipality_page(self.name(code)), self.name(code)) for code in self.municipality_codes]

    @cached_property
    def delmaal_links(self) -> list[Link]:
        """A link per delmål that has indicators in the release."""
        return [Link(delmaal_page(letter), f"{letter} {DELMAAL[letter][0]}", DELMAAL[letter][1])
                for letter in self.delmaal_letters]

    @cached_property
    def municipality_codes(self) -> list[str]:
        """The municipalities with at least one row in the release."""
        present = {row["unit_code"] for row in self.release.values}
        return [code for code in self.published.municipality_codes() if code in present]

    @cached_property
    def delmaal_letters(self) -> list[str]:
        """The delmål with at least one indicator in the release, in order."""
        return sorted({self.release.indicators[one]["delmaal"] for one in self.published.indicator_ids()})

    def name(self, unit_code: str) -> str:
        """The name of a unit."""
        return self.release.units[unit_code]["unit_name"]

    def group_code(self, unit_code: str) -> str:
        """The KOSTRA group of a municipality, empty when it has none."""
        return self.release.units[unit_code]["kostra_group_code"] or ""

    def measure(self, indicator_id: str) -> Measure:
        """How the numbers of an indicator are written."""
        return measure_of(self.release.indicators[indicator_id])

    def has(self, indicator_id: str) -> bool:
        """True when the release has rows for the indicator."""
        return indicator_id in self.published.indicator_ids()


def municipality_page(unit_name: str) -> str:
    """The file name of a municipality's page."""
    return f"kommune-{slug(unit_name)}.html"


def delmaal_page(letter: str) -> str:
    """The file name of a delmål's page."""
    return f"delmaal-{letter.lower()}.html"


def indicator_href(indicator_id: str) -> str:
    """The place of an indicator on its delmål page."""
    return f"{delmaal_page(indicator_id[0])}#{anchor(indicator_id)}"


def anchor(indicator_id: str) -> str:
    """An indicator's id as an anchor."""
    return indicator_id.lower()
