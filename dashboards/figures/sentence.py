"""The sentence that stands for a figure to someone who cannot see it: highest, lowest, latest."""

from dashboards.figures.drawn import Drawn


def figure_sentence(title: str, unit_words: str, several: list[Drawn]) -> str:
    """One sentence in bokmål; built from the numbers as they are printed."""
    periods = several[0].periods
    span = periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"
    points = [(value, series, place) for series in several for place, value in enumerate(series.y)
              if value is not None]
    if not points:
        return f"{title}, {unit_words}, {span}: ingen tall kan vises."
    highest, lowest = max(points, key=lambda point: point[0]), min(points, key=lambda point: point[0])
    latest = ", ".join(f"{series.label} {series.said[-1]}" for series in several)
    return (f"{title}, {unit_words}, {span}: høyest {_said(highest)}, lavest {_said(lowest)}; "
            f"i {periods[-1]} {latest}.")


def _said(point: tuple[float, Drawn, int]) -> str:
    _, series, place = point
    return f"{series.label} i {series.periods[place]} ({series.said[place]})"
