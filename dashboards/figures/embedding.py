"""A Plotly figure as the JSON that lies in a page: small, the same bytes every time, safe inside a script element."""

import json

import plotly.graph_objects as go
from markupsafe import Markup


def figure_json(figure: go.Figure) -> Markup:
    """Data and layout without Plotly's default template; no `<` survives, so that nothing can end the element."""
    content = figure.to_plotly_json()
    content["layout"].pop("template", None)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))
