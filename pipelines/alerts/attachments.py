"""What a mail to a municipality brings along: the forms it has not delivered, and the control reports of what it has.

They are the municipality's own and go to nobody else. A file that cannot be had holds no message back.
"""

import logging

from collections.abc import Iterator
from contextlib import suppress

from pipelines.alerts.message import Attachment, Message
from pipelines.failures import WrongUsage
from warehouse.database import NoWarehouse
from warehouse.home import Home

MOST_FORMS = 3
"""The newest ones; the message names them all."""
MOST_REPORTS, MOST_BYTES = 5, 8_000_000
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachments_of(home: Home, message: Message) -> list[Attachment]:
    """The files to go along with a message; none but for a municipality."""
    if not message.recipient.is_municipality:
        return []
    return [*_forms(home, message), *_within(MOST_BYTES, _reports(home, message))]


def _reports(home: Home, message: Message) -> Iterator[Attachment]:
    """The control report of each delivery that is the municipality's alone, written anew, with the form handed back."""
    from pipelines.delivered_reports import deliveries, write_reports
    from warehouse.database import reading

    if not message.digest.delivery_ids:
        return
    try:
        with reading(home) as connection:
            asked = [delivery for delivery in deliveries(connection, message.digest.delivery_ids, None, None)
                     if delivery["units"] == [message.recipient.code]][:MOST_REPORTS]
            written = list(write_reports(connection, home, asked, home.reports, message.digest.language))
    except Exception:
        # Whatever is wrong with a report, the message it was to go along with says what matters and must leave.
        logging.getLogger(__name__).exception("Kontrollrapporten til %s ble ikke laget.", message.recipient.name)
        return
    for one in written:
        yield Attachment(one.report.name, "text/html", one.report.read_bytes())
        if one.workbook is not None:
            yield Attachment(one.workbook.name, _WORKBOOK, one.workbook.read_bytes())


def _within(most: int, attachments: Iterator[Attachment]) -> Iterator[Attachment]:
    """As many as there is room for in a mail."""
    for attachment in attachments:
        most -= len(attachment.content)
        if most < 0:
            return
        yield attachment


def _forms(home: Home, message: Message) -> Iterator[Attachment]:
    from assets.forms.workbook import workbook
    from pipelines.commands.template import demand_reporter
    from pipelines.last_period import figures_before

    stem = "tertial_reports"
    for code, period in message.digest.forms[:MOST_FORMS]:
        with suppress(NoWarehouse, WrongUsage):
            demand_reporter(stem, code, period)
            previous = figures_before(home, stem, code, period)
            yield Attachment(f"tertialrapport_{code}_{period}.xlsx", _WORKBOOK,
                             workbook(stem, code, period, previous=previous, language=message.digest.language))
