"""The demo's site opened in Chromium from the file system, wide and narrow: nothing fails, nothing is fetched."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.home import Home

pytestmark = pytest.mark.browser

WIDTHS = {1280: 900, 390: 844}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
MOST_PAGES = 14
SHOWN_TRACES = ("spor-e2-03", "spor-g1-04")
ALL_DRAWN = "() => document.querySelectorAll('.plot').length === document.querySelectorAll('.plot[data-drawn]').length"


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """One headless browser for the module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=WIDTHS, ids=lambda width: f"{width}px")
def visits(request: pytest.FixtureRequest, chromium: object, demo_home: Home) -> list[dict]:
    """What was seen on every page at one width."""
    context = chromium.new_context(viewport={"width": request.param, "height": WIDTHS[request.param]})
    pages = sorted((demo_home.current / "site").glob("*.html"))
    traces = [path for path in pages if path.name.startswith("spor-")]
    pages = [path for path in pages if path not in traces]
    assert 0 < len(pages) <= MOST_PAGES and len(traces) > len(SHOWN_TRACES)
    # The pages of traces are made of one template and have no figures; the longest and one with inputs stand for all.
    pages += [path for path in traces if path.stem in SHOWN_TRACES]
    seen = [_visit(context, path) for path in pages]
    context.close()
    return seen


def _visit(context: object, path: Path) -> dict:
    page, messages, requests = context.new_page(), [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function(ALL_DRAWN, timeout=60_000)
    seen = page.evaluate("""() => ({
        overflow: document.scrollingElement.scrollWidth - window.innerWidth,
        plots: document.querySelectorAll('.plot').length,
        drawn: [...document.querySelectorAll('.plot')].filter(plot => plot.querySelector('svg.main-svg')).length,
        outside: [...document.querySelectorAll('.plot svg.main-svg')].filter(
            svg => svg.getBoundingClientRect().right > window.innerWidth + 1).length,
        wide: [...document.querySelectorAll('.table-frame')].filter(frame => frame.scrollWidth > frame.clientWidth + 1)
            .map(frame => getComputedStyle(frame.nextElementSibling).display),
        headings: document.querySelectorAll('h1').length,
        skip: document.querySelector('a.skip-link').getAttribute('href')
    })""")
    page.close()
    return {"page": path.name, "messages": messages, "requests": requests, **seen}


def test_no_page_writes_to_the_console(visits):
    assert {seen["page"]: seen["messages"] for seen in visits if seen["messages"]} == {}


def test_no_request_leaves_the_file_system(visits):
    assert {url for seen in visits for url in seen["requests"] if not url.startswith(("file:", "data:"))} == set()


def test_no_page_scrolls_sideways(visits):
    assert {seen["page"]: seen["overflow"] for seen in visits if seen["overflow"] > 0} == {}


def test_a_table_wider_than_its_frame_says_that_it_can_be_dragged(visits):
    assert [seen["page"] for seen in visits if set(seen["wide"]) - {"block"}] == []


def test_every_figure_is_drawn_within_the_page(visits):
    assert sum(seen["plots"] for seen in visits) > 0
    assert [seen["page"] for seen in visits if seen["drawn"] != seen["plots"] or seen["outside"]] == []


def test_every_page_has_one_heading_and_a_way_past_the_menu(visits):
    assert {(seen["headings"], seen["skip"]) for seen in visits} == {(1, "#innhold")}
