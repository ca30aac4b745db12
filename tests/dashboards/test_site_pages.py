"""The built site as bytes: structure, links, text alternatives, nothing hidden leaks, nothing is fetched."""

import json
import re
from html.parser import HTMLParser

import pytest

from dashboards.site import build_site


class PageReader(HTMLParser):
    """Collects from one page what the claims below need."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.captions: list[str] = []
        self.data: dict[str, str] = {}
        self._in: list[str] = []
        self._script = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in.append(tag)
        if tag == "caption":
            self.captions.append("")
        if tag == "script":
            self._script = dict(attrs).get("id", "")

    def handle_endtag(self, tag):
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data):
        if "caption" in self._in:
            self.captions[-1] += data
        if self._in and self._in[-1] == "script" and self._script:
            self.data[self._script] = data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


@pytest.fixture(scope="module")
def pages(small_site) -> dict[str, PageReader]:
    """Every page of the small site, read."""
    return {path: PageReader(content.decode("utf-8")) for path, content in small_site.items()
            if path.endswith(".html")}


def test_the_site_has_a_page_per_municipality_and_per_delmaal_with_numbers(small_site):
    assert sorted(small_site) == [
        "delmaal-b.html", "delmaal-c.html", "delmaal-e.html", "delmaal-g.html", "funn.html", "index.html",
        "kommune-alta.html", "kommune-faerder.html", "kommune-royken.html", "kontroll.html", "om-tallene.html", "static/figures.js",
        "static/plotly-basic.min.js", "static/site.css"]


def test_the_same_release_gives_the_same_bytes(small_release, small_site):
    assert build_site(small_release) == small_site


def test_a_hidden_number_is_in_no_file(small_site, hidden_number):
    for path, content in small_site.items():
        for spelling in (str(hidden_number), "987654", "987 654", "987\u00a0654"):
            assert spelling.encode() not in content, path


def test_a_hidden_number_is_null_in_the_figure_and_a_sign_in_the_table(small_site, pages):
    content = json.loads(pages["delmaal-c.html"].data["figur-c6-01-data"])
    assert content["data"][0]["y"] == [12, None]
    assert '<span aria-hidden="true">:</span><span class="unseen">skjermet</span>' in _text(small_site, "delmaal-c.html")


def test_figures_hold_only_numbers_that_are_ok(pages, small_release):
    allowed = {round(float(row["value"]), 6) for row in small_release.values if row["status"] == "ok"}
    allowed |= {row["value"] * 100 for row in small_release.values if row["status"] == "ok"}
    for page in pages.values():
        for content in page.data.values():
            for trace in json.loads(content)["data"]:
                for value in trace["y"]:
                    assert value is None or min(abs(value - one) for one in allowed) <= 0.5


def test_every_page_has_language_title_one_heading_and_landmarks(small_site, pages):
    for path, page in pages.items():
        assert page.all("html") == [{"lang": "nb"}], path
        assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1, path
        assert len(page.all("header")) == len(page.all("footer")) == 1, path
        assert {"class": "skip-link", "href": "#innhold"} in page.all("a"), path
    titles = [re.search(r"<title>(.*?)</title>", _text(small_site, path)).group(1) for path in pages]
    assert len(set(titles)) == len(titles)


def test_headings_never_skip_a_level(pages):
    for path, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), path


def test_no_id_is_used_twice_on_a_page(pages):
    for path, page in pages.items():
        assert len(page.ids()) == len(set(page.ids())), path


DOWNLOADS = "../tables/"


def test_every_link_leads_to_a_page_of_the_site_and_to_a_place_on_it(pages, small_site):
    for path, page in pages.items():
        for link in page.all("a"):
            if link["href"].startswith(DOWNLOADS):
                continue
            target, _, place = link["href"].partition("#")
            assert (target or path) in small_site, link
            assert not place or place in pages[target or path].ids(), link


def test_every_page_is_reached_from_the_front_page(pages):
    linked = {link["href"].partition("#")[0] for link in pages["index.html"].all("a")}
    assert set(pages) <= linked | {"index.html"}


def test_every_figure_has_a_name_its_data_and_a_table(pages):
    found = 0
    for path, page in pages.items():
        plots = [one for one in page.all("div") if one.get("class") == "plot"]
        assert {one["id"] + "-data" for one in plots} == set(page.data), path
        for plot in plots:
            assert plot["role"] == "img" and len(plot["aria-label"]) > 20
            stem = "-".join(plot["id"].split("-")[1:3]) if re.match(r"figur-[a-g]\d-", plot["id"]) else "kompensasjon"
            assert f"tabell-{stem}" in page.ids(), plot["id"]
        found += len(plots)
    assert found > 20


def test_every_table_of_numbers_has_its_unit_in_the_caption(pages):
    units = ("(barn)", "(prosent)", "(prosentpoeng)", "(meldinger)", "(millioner kroner)", "(antall)",
             "(kroner per innbygger 0–17 år)", "(barn per årsverk)", "(rader: antall)", "(forholdstall)", "(antall funn)", "(prosent av feltene i skjemaet)")
    in_words = ("Merkene som står etter et tall", "Tegn i stedet for tall", "Åpne funn, de alvorligste og eldste først",
                "Tertialrapporter etter kommune og tertial")
    for path, page in pages.items():
        assert len(page.captions) == len(page.all("table")), path
        for caption in page.captions:
            assert caption.endswith(units) or caption in in_words, caption


def test_every_table_lies_in_a_frame_that_can_be_scrolled_by_keyboard(pages):
    for path, page in pages.items():
        frames = [one for one in page.all("div") if one.get("class") == "table-frame"]
        assert len(frames) == len(page.all("table")), path
        assert all(one["tabindex"] == "0" and one["aria-labelledby"] in page.ids() for one in frames), path


def test_nothing_refers_to_another_place_than_the_site(small_site):
    for path, content in small_site.items():
        if path != "static/plotly-basic.min.js":
            assert not re.search(rb"https?://|//[a-z]+\.[a-z]|@import|url\(", content), path


def test_a_cell_tells_its_basis_with_a_sign_and_in_words(small_site):
    assert '31,2<span class="mark" title="trykt"><span aria-hidden="true">●</span>' in _text(small_site, "delmaal-e.html")
    assert 'title="konstruert"' in _text(small_site, "delmaal-b.html")


def test_the_demo_banner_is_on_every_page_of_a_constructed_release_and_on_none_of_a_real_one(
        small_site, pages, make_release):
    real = build_site(make_release((("B1-03", "2012", "2018", "", 444, "ok", "delivered"),), is_constructed=False))
    assert all('class="banner"' in _text(small_site, path) for path in pages)
    assert not any('class="banner"' in _text(real, path) for path in real if path.endswith(".html"))


def test_the_front_page_answers_for_the_last_year_and_says_which_balance_is_missing(small_site):
    text = _text(small_site, "index.html")
    assert "I 2018 dekket kompensasjonen merkostnaden i Færder, men ikke i Alta." in text
    assert "Netto gevinst i 2018 kan ikke vises: foreligger ikke ennå." in text
    assert "M1: økning i alt barnevern siden 2015" in text


def test_the_two_definitions_of_extra_cost_never_share_a_figure(pages):
    for page in pages.values():
        for name, content in page.data.items():
            labels = {trace["name"] for trace in json.loads(content)["data"]}
            assert not ("g1-01" in name and any("M2" in label for label in labels))
            assert not any("M1" in label for label in labels)


def test_a_file_name_from_a_delivery_is_escaped(small_site):
    text = _text(small_site, "om-tallene.html")
    assert "nøkkeltall &lt;juni&gt;.json" in text and "<juni>" not in text


def test_the_page_about_the_numbers_names_threshold_findings_and_deliveries(make_release):
    text = _text(build_site(make_release((("B1-03", "2012", "2018", "", 444, "ok", "delivered"),), threshold=4)),
                 "om-tallene.html")
    assert "fra 1 til 4 vises ikke" in text
    assert "1\u00a0200" in text and "12\u00a0640" in text and "17.06.2019" in text


def test_an_indicator_whose_numbers_are_all_hidden_has_its_table_and_no_figure(pages, small_site):
    assert "figur-c5-04" not in pages["delmaal-c.html"].ids()
    assert "tabell-c5-04" in pages["delmaal-c.html"].ids()
    assert "Ingen av tallene kan vises i en figur." in _text(small_site, "delmaal-c.html")


def test_a_release_without_numbers_still_gives_a_front_page(make_release):
    site = build_site(make_release(()))
    assert {path for path in site if path.endswith(".html")} == {
        "funn.html", "index.html", "kontroll.html", "om-tallene.html"}


def _text(site: dict[str, bytes], path: str) -> str:
    return site[path].decode("utf-8")
