"""All demo deliveries, in a fixed order. Standard library and reference tables only, until a workbook's bytes are asked
for.
"""

from assets.demo.bufetat import bufetat_deliveries
from assets.demo.delivery import DemoDelivery
from assets.demo.forms import form_deliveries
from assets.demo.grants import grants_deliveries
from assets.demo.interviews import interview_deliveries
from assets.demo.key_figures import key_figure_deliveries
from assets.demo.kostra_accounts import accounts_deliveries
from assets.demo.ledger import ledger_deliveries
from assets.demo.population import population_deliveries
from assets.demo.rates import rates_deliveries
from assets.demo.supervision import supervision_deliveries
from assets.demo.supplier_invoices import supplier_invoice_deliveries
from assets.demo.surveys import surveys_deliveries


def demo_deliveries() -> tuple[DemoDelivery, ...]:
    """Every file of the demo with its side-car; the same bytes each time."""
    return (*accounts_deliveries(), *ledger_deliveries(), *supplier_invoice_deliveries(), *grants_deliveries(),
            *rates_deliveries(), *population_deliveries(), *key_figure_deliveries(), *bufetat_deliveries(),
            *surveys_deliveries(), *supervision_deliveries(), *interview_deliveries(), *form_deliveries())
