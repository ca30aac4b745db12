"""The demo deliveries: real formats whose totals are the report's printed ones, the rest constructed and marked so.

Every number comes from `warehouse/reference/demo_targets.csv` and `co_payment_rate.csv`; modules here only divide
and write them.
"""

from assets.demo.deliveries import demo_deliveries
from assets.demo.delivery import DemoDelivery

__all__ = ["DemoDelivery", "demo_deliveries"]
