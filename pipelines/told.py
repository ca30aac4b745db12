"""What a refresh tells the person who ran it."""

from pipelines.refresh import Summary
from warehouse.finding_levels import counted
from warehouse.home import Home
from warehouse.number_format import format_number


def summary_text(summary: Summary, home: Home) -> str:
    """The outcome in a few lines: what came, what stands, where to look, how long it took."""
    lines = [_outcome_line(outcome) for outcome in summary.outcomes if outcome["state"] != "accepted"]
    if not summary.did_work:
        lines.append("Ingenting nytt: varehuset og utgivelsen er oppdatert.")
    accepted = sum(outcome["state"] == "accepted" for outcome in summary.outcomes)
    lines += [
        f"Leveranser:  {format_number(summary.deliveries, 0)} godtatt i alt" + (f", {accepted} nye" if accepted else ""),
        f"Rader:       {format_number(summary.rows, 0)} i rådata",
        f"Indikatorer: {summary.indicators} med {format_number(summary.values, 0)} verdier",
        f"Funn:        {_findings_told(summary.findings)}",
        f"Utgivelse:   {summary.release or 'ingen'}" + (" (ny)" if summary.release_is_new else ""),
    ]
    if summary.did_work:
        lines.append("Tid:         " + ", ".join(
            f"{name.lower()} {format_number(seconds, 1)} s" for name, seconds in summary.seconds.items()))
    lines.append(f"Åpne {home.current / 'site' / 'index.html'} i en nettleser.")
    return "\n".join(lines)


def _findings_told(findings: dict[str, int]) -> str:
    told = counted(findings)
    return f"{told} (les dem med «folgeeval findings»)" if told else "ingen"


def _outcome_line(outcome: dict) -> str:
    if outcome["state"] == "duplicate":
        return f"Kopi lagt til side: {outcome['file_name']} ({outcome['messages'][0]})"
    if outcome["state"] == "left":
        return "IKKE TATT INN " + outcome["messages"][0]
    return "AVVIST " + "\n       ".join(outcome["messages"])


def shown_value(value: dict) -> str:
    """An indicator value as a person reads it: formatted, or the sign and word of why it is missing.

    `value` has indicator_id, value and status.
    """
    from dashboards.measures import measure_of
    from dashboards.signs import MISSING_SIGNS
    from warehouse.reference_data import reference_rows

    if value["value"] is None:
        sign = MISSING_SIGNS[value["status"]]
        return f"{sign.sign} ({sign.name})"
    catalogue = {row["indicator_id"]: row for row in reference_rows("indicator")}
    return measure_of(catalogue[value["indicator_id"]]).number(value["value"])
