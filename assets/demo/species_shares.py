"""An amount spread over species by the table's weights, with value added tax and its compensation beside it."""

from assets.demo.apportioning import apportion
from assets.demo.targets import amount, weights

VALUE_ADDED_TAX, COMPENSATION_FOR_IT = "429", "729"


def by_species(total: int, share_prefix: str, municipality_code: str, tax_key: str) -> dict[str, int]:
    """Parts by species that sum to the total; the tax is a permille of it and cancels against its compensation."""
    parts = apportion(total, weights(share_prefix, municipality_code))
    tax = total * amount(f"share:vat:{tax_key}", "", None) // 1000
    parts |= {VALUE_ADDED_TAX: tax, COMPENSATION_FOR_IT: -tax}
    return {species: part for species, part in parts.items() if part}
