"""The static site of a release: every page, the stylesheet and the two scripts, as bytes by relative path.

Pure: the same release gives the same bytes. Nothing is read but the release and the templates and files shipped here.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.figures.swatch import swatch
from dashboards.pages.about import about_context
from dashboards.pages.delmaal import delmaal_context
from dashboards.pages.findings import FINDINGS_PAGE, findings_context
from dashboards.pages.frame import Frame, delmaal_page, municipality_page
from dashboards.pages.front import front_context
from dashboards.pages.municipality import municipality_context
from dashboards.pages.trace import trace_context, trace_pages
from dashboards.pages.validation import VALIDATION_PAGE, validation_context
from dashboards.release import Release
from dashboards.signs import BASIS_MARKS
from dashboards.tables import trace_page

HERE = Path(__file__).parent
STATIC_FILES = ("site.css", "figures.js", "plotly-basic.min.js")


def build_site(release: Release) -> dict[str, bytes]:
    """The whole site: relative path -> content. `index.html` is the way in."""
    frame = Frame(release)
    environment = _environment()
    site = {f"static/{name}": (HERE / "static" / name).read_bytes() for name in STATIC_FILES}
    for path, template, context in _pages(frame):
        text = environment.get_template(template).render(frame=frame, path=path, **context)
        site[path] = text.encode("utf-8")
    return site


def _pages(frame: Frame) -> list[tuple[str, str, dict[str, Any]]]:
    pages = [("index.html", "front.html", front_context(frame))]
    pages += [(municipality_page(frame.name(code)), "municipality.html", municipality_context(frame, code))
              for code in frame.municipality_codes]
    pages += [(delmaal_page(letter), "delmaal.html", delmaal_context(frame, letter))
              for letter in frame.delmaal_letters]
    pages += [(trace_page(indicator_id), "trace.html", trace_context(frame, indicator_id))
              for indicator_id in trace_pages(frame)]
    return [*pages, (FINDINGS_PAGE, "findings.html", findings_context(frame)),
            (VALIDATION_PAGE, "validation.html", validation_context(frame)),
            ("om-tallene.html", "about.html", about_context(frame))]


def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.globals.update(swatch=swatch, basis_marks=BASIS_MARKS)
    return environment
