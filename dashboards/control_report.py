"""The control report of one delivery: one page that needs nothing beside it, for the person who can mend the file.

Pure: the same report gives the same bytes. Whose numbers may stand in it is decided where the rows are gathered.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboards.control_findings import ControlReport, Delivered, control_lines, finding_groups, verdict
from dashboards.control_words import level_name, listed, period_name, said, words
from dashboards.labels import long_date
from warehouse.finding_levels import GRAVE_LEVELS, LEVELS

HERE = Path(__file__).parent
STYLES = ("site.css", "control_report.css")
SUM_LENGTH = 12
FORMS = ("tertial_reports", "data_requests")


def control_report_page(report: ControlReport, language: str) -> bytes:
    """The page. Raises KeyError for a language there is not."""
    groups = finding_groups(report, language)
    text = _environment().get_template("control_report.html").render(
        language=language, t=words(language), style=_style(), head=_head(report.delivered, language),
        title=_title(report.delivered, language), verdict=verdict(report, language), worst=_worst(report),
        outcome=report.delivered.outcome, delivered=report.delivered, controls=control_lines(report, groups, language),
        groups=groups, scope=_scope(report, language), steps=_steps(report, language),
        levels=[(level, level_name(level, language), words(language)[f"means_{level}"]) for level in reversed(LEVELS)])
    return text.encode("utf-8")


def _worst(report: ControlReport) -> str:
    """The gravest level that is open; `ingen` without any."""
    open_ones = [LEVELS.index(row["level"]) for row in report.findings if row["state"] == "åpen"]
    return LEVELS[max(open_ones)] if open_ones else "ingen"


def _title(delivered: Delivered, language: str) -> str:
    about = ", ".join(filter(None, [_units(delivered, language), _periods(delivered.periods, language)]))
    return said("title_for", language, name=about) if about else words(language)["title"]


def _units(delivered: Delivered, language: str) -> str:
    if len(delivered.unit_names) > 3:
        return words(language)["several_units"]
    return listed(list(delivered.unit_names), language)


def _periods(periods: Sequence[str], language: str) -> str:
    if len(periods) > 2:
        return f"{periods[0][:4]}–{periods[-1][:4]}"
    return listed([period_name(period, language) for period in periods], language)


def _head(delivered: Delivered, language: str) -> list[tuple[str, str]]:
    """The facts at the top, as label and text; what is not known is left out."""
    t = words(language)
    received = long_date(delivered.received_on) if delivered.received_on else t["not_delivered"]
    facts = [
        ("municipality" if delivered.is_of_municipality else "unit", _units(delivered, language)),
        ("period", _periods(delivered.periods, language)),
        ("source", t[f"source_{delivered.stem}"] if delivered.stem else ""),
        ("file", delivered.file_name), ("received", received), ("outcome", t[f"outcome_{delivered.outcome}"]),
        ("delivery", str(delivered.delivery_id or "")), ("version", str(delivered.version or "")),
        ("form_version", delivered.form_version or ""), ("sum", delivered.sha256[:SUM_LENGTH]),
        ("as_of", long_date(delivered.as_of) if delivered.as_of else "")]
    return [(t[key], text) for key, text in facts if text]


def _scope(report: ControlReport, language: str) -> str:
    """How many controls the list holds, and of which kinds."""
    if report.delivered.outcome in ("refused", "would_be_refused"):
        return words(language)["summary_stopped"]
    lead = said("summary_lead", language, count=len(report.controls))
    return f"{lead} {words(language)['summary_across' if report.is_across else 'summary_alone']}"


def _steps(report: ControlReport, language: str) -> list[str]:
    """What to do with the findings, in order."""
    t, delivered = words(language), report.delivered
    if not any(row["state"] == "åpen" and (row["level"] in GRAVE_LEVELS or row["level"] == "advarsel")
               for row in report.findings):
        return [t["nothing_to_do"]]
    is_form, is_before = delivered.stem in FORMS, delivered.delivery_id is None
    if report.workbook_name:
        mend = said("mend_workbook", language, workbook=report.workbook_name, sheet=t["sheet"])
    else:
        mend = t["mend_form" if is_form else "mend_file"]
    explain = t["explain_form" if is_form else "explain_before" if is_before else "explain_file"]
    can_be_explained = delivered.outcome not in ("refused", "would_be_refused")
    return [mend, *([explain] if can_be_explained else []), t["deliver_first" if is_before else "deliver"]]


@cache
def _style() -> Markup:
    """The site's own stylesheet and the report's, to be written into the page."""
    return Markup("\n".join((HERE / "static" / name).read_text(encoding="utf-8") for name in STYLES))


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
