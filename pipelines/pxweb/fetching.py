"""A table fetched: its description first, then the cells page by page, as one data set of one and the same update."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assets.sources.cube_reading import source_updated
from assets.sources.json_stat import MOST_CELLS, BrokenDataSet, cube_of
from pipelines.failures import FetchFailed, WrongUsage
from pipelines.pxweb.choosing import choice_of, left_out
from pipelines.pxweb.paging import Page, cell_count, demand_what_was_asked, pages_of, put_together
from pipelines.pxweb.service import MODEST_LIMIT, Choice, Service, TooManyCells

MOST_STARTS = 3
MOST_PAGES = 500


@dataclass(frozen=True)
class Fetched:
    """A data set: its bytes, when its source was updated (UTC), and how it was had."""

    table_id: str
    title: str
    content: bytes
    updated: datetime
    choice: Choice
    page_count: int

    @property
    def cell_count(self) -> int:
        return cell_count(self.choice)


class _UpdatedMeanwhile(Exception):
    """Two pages are of different updates."""


def fetch_table(service: Service, table_id: str, given: Mapping[str, tuple[str, ...]],
                say: Callable[[str], None]) -> Fetched:
    """The table's cells for the codes given, and for the ready-made choice of variables that are not.

    Raises WrongUsage for what the service does not have or the machine should not hold, FetchFailed for the rest.
    """
    table = service.table(table_id)
    say(table.title if table.title.startswith(table_id) else f"{table_id}: {table.title}")
    choice = choice_of(table, dict(given))
    count = cell_count(choice)
    if count > MOST_CELLS:
        raise WrongUsage(f"valget gir {count} celler, og grensen er {MOST_CELLS}. Velg færre koder med --select.")
    for code in left_out(table, choice):
        say(f"{code} er ikke valgt; tjenesten gir tallene samlet")
    pages = _all_pages(service, table_id, choice, say)
    updated = source_updated(pages[0].cube)
    if updated is None:
        raise FetchFailed("svaret sier ikke når tallene sist ble endret («updated»). Uten det kan ingen si hvilke tall "
                          "som er de nyeste; ingenting er lagret.")
    return Fetched(table_id, table.title, put_together(choice, pages), updated, choice, len(pages))


def _all_pages(service: Service, table_id: str, choice: Choice, say: Callable[[str], None]) -> list[Page]:
    """Every page of one update, within the service's limit, which is sought for where it is lower than it says."""
    limit = service.limit() or MODEST_LIMIT
    starts = 0
    while True:
        pieces = pages_of(choice, limit)
        if len(pieces) > MOST_PAGES:
            raise WrongUsage(f"tjenesten gir høyst {limit} celler om gangen, så valget ville bli {len(pieces)} spørsmål; "
                             f"grensen er {MOST_PAGES}. Velg færre koder med --select.")
        try:
            return _pages(service, table_id, pieces, say)
        except TooManyCells as refused:
            largest = max(map(cell_count, pieces))
            if largest == 1:
                raise FetchFailed(f"tjenesten avviser selv én celle: {refused or 'uten forklaring'}") from None
            limit = largest // 2
            say(f"tjenesten gir ikke {largest} celler om gangen; prøver {limit}")
        except _UpdatedMeanwhile:
            starts += 1
            if starts == MOST_STARTS:
                raise FetchFailed(f"tallene ble endret underveis {starts} ganger. Ingenting er lagret; prøv igjen "
                                  "senere.") from None
            say("tallene ble endret underveis; begynner på nytt")


def _pages(service: Service, table_id: str, pieces: list[Choice], say: Callable[[str], None]) -> list[Page]:
    pages: list[Page] = []
    for number, piece in enumerate(pieces, 1):
        if len(pieces) > 1:
            say(f"side {number} av {len(pieces)}")
        pages.append(_page(service, table_id, piece))
        if pages[-1].cube.updated != pages[0].cube.updated:
            raise _UpdatedMeanwhile
    return pages


def _page(service: Service, table_id: str, piece: Choice) -> Page:
    answer = service.cells(table_id, piece)
    try:
        cube = cube_of(answer.document)
    except BrokenDataSet as error:
        raise FetchFailed(f"svaret kan ikke brukes: {error}") from error
    demand_what_was_asked(piece, cube)
    return Page(piece, answer.content, answer.document, cube)
