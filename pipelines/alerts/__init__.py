"""Messages to people about findings: what is news, how it is worded, how it leaves the house, who has been told.

Whoever runs alerting, by hand or from a sensor, calls `alert`, which calls `queue_news` and `send_waiting` in turn, and
between times `carry_on`, which tries what waits. What a finding is, and when it arises, belongs to `expectations` and
`assets`.
"""

from pipelines.alerts.alerting import alert, carry_on
from pipelines.alerts.queueing import queue_news
from pipelines.alerts.sending import send_waiting

__all__ = ["alert", "carry_on", "queue_news", "send_waiting"]
