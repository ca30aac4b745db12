"""The municipality's own words on its page: the newest first, escaped, marked when constructed, and those that wait."""

import re

from dashboards.pages.frame import Frame
from dashboards.pages.own_words import own_words


def test_the_newest_tertial_stands_open_and_the_earlier_folded(small_release):
    words = own_words(Frame(small_release), "2012")
    assert (words.latest.period, [tertial.period for tertial in words.earlier]) == ("2019-T1", ["2018-T3"])
    assert words.latest.words[0].delmaal == "B Forebygging"


def test_a_constructed_text_bears_its_mark_and_a_delivered_one_none(small_release):
    words = own_words(Frame(small_release), "2012")
    assert words.latest.words[0].mark.name == "konstruert"
    assert words.earlier[0].words[0].mark is None


def test_the_page_holds_the_texts_escaped_and_says_how_many_wait(small_site):
    page = small_site["kommune-alta.html"].decode("utf-8")
    assert "Ord &lt;om&gt; forebygging." in page and "<om>" not in page
    assert "2 tekster venter på gjennomgang." in page
    assert re.search(r"<summary>2018-T3</summary>\s*<dl", page)


def test_a_municipality_without_texts_has_no_such_section(small_site):
    assert "Kommunens egne ord" not in small_site["kommune-royken.html"].decode("utf-8")
