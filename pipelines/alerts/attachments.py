"""What a mail to a municipality brings along: the forms it has not delivered, and the control reports of what it has.

They are the municipality's own and go to nobody else. A file that cannot be had holds no message back.
"""

from collections.abc import Iterator
from contextlib import suppress

from pipelines.alerts.message import Attachment, Message
from pipelines.failures import WrongUsage
from warehouse.database import NoWarehouse
from warehouse.home import Home

MOST_FORMS = 3
"""The newest ones; the message names them all."""
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachments_of(home: Home, message: Message) -> list[Attachment]:
    """The files to go along with a message; none but for a municipality."""
    if message.recipient.is_evaluators or message.recipient.is_bufdir:
        return []
    return list(_forms(home, message))


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
