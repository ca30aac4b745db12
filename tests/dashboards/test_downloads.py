"""What the site offers for download is there, beside the site in the same release."""

import re


def test_every_download_leads_to_a_table_of_the_release(demo_home) -> None:
    page = (demo_home.current / "site" / "om-tallene.html").read_text(encoding="utf-8")
    offered = re.findall(r'href="\.\./(tables/[^"]+)"', page)
    assert {(demo_home.current / path).exists() for path in offered} == {True}
    assert len(offered) == len(list((demo_home.current / "tables").iterdir()))
