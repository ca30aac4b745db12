"""A message as a page in a mail: the same words as the text, easier to find one's way in. It loads nothing from anywhere."""

from html import escape

from pipelines.alerts.digest import Digest, Item, Section
from pipelines.alerts.words import Words
from warehouse.harmless_text import visible

_FONT = "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.45;color:#1a1a1a"
_EDGES = {"kritisk_feil": "#8b0000", "feil": "#b3261e", "advarsel": "#946200", "informasjon": "#44546a"}
_CELL = "padding:3px 14px 3px 0;border-bottom:1px solid #d9d9d9"


def as_html(digest: Digest) -> str:
    """The whole message as an HTML document; every word from a delivery is escaped."""
    words = Words(digest.language)
    title, *opening = digest.opening or (digest.subject,)
    body = [f'<h1 style="font-size:20px;margin:0 0 12px">{_shown(title)}</h1>', *map(_paragraph, opening),
            _table(digest.table), _counts(digest), *(_section(section, words) for section in digest.sections),
            *(f"{_heading(title)}{_paragraph(text)}" for title, text in digest.closing)]
    return (f'<!DOCTYPE html><html lang="{digest.language}"><head><meta charset="utf-8"><title>{_shown(digest.subject)}'
            f'</title></head><body style="margin:0;padding:20px;background:#ffffff"><div style="{_FONT};max-width:760px">'
            f'{"".join(body)}</div></body></html>\n')


def _shown(text: str) -> str:
    return escape(visible(text))


def _paragraph(text: str) -> str:
    return f'<p style="margin:0 0 12px">{_shown(text)}</p>'


def _heading(text: str) -> str:
    return f'<h2 style="font-size:16px;margin:26px 0 10px">{_shown(text)}</h2>' if text else ""


def _counts(digest: Digest) -> str:
    rows = "".join(f'<tr><td style="{_CELL}">{_shown(name)}</td><td style="{_CELL}"><b>{_shown(text)}</b></td></tr>'
                   for name, text in digest.counts)
    return f'<table style="border-collapse:collapse;margin:0 0 12px">{rows}</table>' if rows else ""


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    if not rows:
        return ""
    drawn = "".join("<tr>" + "".join(
        f'<{tag} style="{_CELL};text-align:{"left" if column == 0 else "right"}">{_shown(cell)}</{tag}>'
        for column, cell in enumerate(row)) + "</tr>"
        for tag, row in zip(["th", *["td"] * (len(rows) - 1)], rows, strict=True))
    return f'<table style="border-collapse:collapse;margin:0 0 16px">{drawn}</table>'


def _section(section: Section, words: Words) -> str:
    notes = "".join(f"<li><b>{_shown(note.head)}</b> {_shown(note.detail)}</li>" for note in section.notes)
    return (_heading(section.title) + "".join(_item(item, words) for item in section.items)
            + (f'<ul style="margin:0 0 12px;padding-left:20px">{notes}</ul>' if notes else ""))


def _item(item: Item, words: Words) -> str:
    edge = _EDGES.get(item.level, _EDGES["informasjon"])
    labelled = [(words("what"), item.what), (words("where"), item.where), (words("do"), item.advice),
                (words("template"), item.template)]
    lines = "".join(f"<div><b>{_shown(label)}</b> {_shown(text)}</div>" for label, text in labelled if text)
    also = "".join(f"<li>{_shown(note.detail)}{_reference(note.head, words)}</li>" for note in item.also)
    asked = f"<div><b>{_shown(words('explanation'))}:</b></div>" if item.asks_for_explanation else ""
    return (f'<div style="border-left:4px solid {edge};padding:2px 0 2px 12px;margin:0 0 16px">'
            f'<div style="color:{edge}"><b>{_shown(item.heading)}</b>{_reference(item.reference, words)}</div>{lines}'
            + (f'<ul style="margin:4px 0;padding-left:20px">{also}</ul>' if also else "") + f"{asked}</div>")


def _reference(reference: str, words: Words) -> str:
    shown = f' <span style="color:#595959;white-space:nowrap">({_shown(words("reference"))} {_shown(reference)})</span>'
    return shown if reference else ""
