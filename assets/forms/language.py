"""The two written languages of a form. A text is written in bokmål; the nynorsk of it is data, `form_text_nn.csv`."""

from functools import cache

from warehouse.reference_data import reference_rows

BOKMAAL, NYNORSK = "nb", "nn"
LANGUAGES = (BOKMAAL, NYNORSK)


def said(text: str, language: str, **parts: str) -> str:
    """A text of a form in a language, with its parts filled in. Raises KeyError for a text without nynorsk."""
    chosen = _nynorsk()[text] if language == NYNORSK else text
    return chosen.format(**parts) if parts else chosen


@cache
def _nynorsk() -> dict[str, str]:
    return {row["text_nb"]: row["text_nn"] for row in reference_rows("form_text_nn")}
