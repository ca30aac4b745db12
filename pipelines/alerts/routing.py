"""Where each recipient's messages go, in words, and what is lacking before they can: what a person checks before trusting it.
"""

from dataclasses import dataclass

from pipelines.alerts.alert_settings import Route, alert_settings
from pipelines.alerts.channels import Channels, NotSetUp
from pipelines.alerts.news import recipients
from pipelines.alerts.outbox import messages_in
from warehouse.database import NoWarehouse, reading_live
from warehouse.home import Home

_LANGUAGES = {"nb": "bokmål", "nn": "nynorsk"}


@dataclass(frozen=True)
class Line:
    """One recipient: `way` in words, `lacks` what stands in the way, empty when nothing does."""

    recipient: str
    recipient_name: str
    channel: str
    language: str
    way: str
    lacks: str


def routing(home: Home) -> list[Line]:
    """One line a recipient; nothing is sent and no server is asked. Raises WrongUsage for settings that cannot be meant."""
    settings, channels = alert_settings(home), Channels(home)
    lines = []
    for recipient in recipients():
        route = settings.route(recipient.code)
        if recipient.is_bufdir and not route.is_in_file:
            lines.append(Line(recipient.code, recipient.name, "", "", "får ingen meldinger (ikke i alerts.toml)", ""))
            continue
        lines.append(Line(recipient.code, recipient.name, route.channel, route.language, way(route),
                          _lacks(channels, route)))
    return lines


def way(route: Route) -> str:
    """How messages reach a recipient: `e-post til a@kommune.no, nynorsk, høyst 4 i timen`."""
    ways = {"email": f"e-post til {', '.join(route.addresses)}", "teams": f"Teams ({route.webhook_variable})",
            "slack": f"Slack ({route.webhook_variable})", "file": "fil i outbox/"}
    return f"{ways[route.channel]}, {_LANGUAGES[route.language]}, høyst {route.messages_per_hour} i timen"


def traffic_line(home: Home) -> str:
    """How many messages wait and are given up."""
    try:
        with reading_live(home) as connection:
            waiting, given_up = messages_in(connection, "waiting"), messages_in(connection, "given_up")
    except NoWarehouse:
        return "Ingen meldinger: hjemmet har ikke noe varehus ennå."
    reasons = "".join(f"\n  {each.message.subject}: {each.last_error}" for each in (*given_up, *waiting) if each.last_error)
    return f"I kø: {len(waiting)}. Gitt opp: {len(given_up)}.{reasons}"


def _lacks(channels: Channels, route: Route) -> str:
    try:
        channels.of(route)
    except NotSetUp as lacking:
        return str(lacking)
    return ""
