"""How the cost page writes amounts, quantities and names."""

from collections.abc import Iterable

from benchmarks.cost.prices import Price


def price_name(price: Price) -> str:
    """Return the service and the unit of a price."""
    return f"{price.service}: {price.unit}"


def quantity_text(quantity: float) -> str:
    """Write a quantity with four figures, or a large one without decimals."""
    return f"{quantity:,.4g}" if quantity < 1000 else f"{quantity:,.0f}"


def usd(amount: float) -> str:
    """Write US dollars, with more decimals where the amount is very small."""
    if amount == 0:
        return "0"
    if amount < 0.005:
        return f"{amount:.2g}" if amount >= 0.0001 else f"{amount:.1e}"
    return f"{amount:,.2f}"


def joined(texts: Iterable[str]) -> str:
    """Join the figures of all sizes in one cell."""
    return " · ".join(texts)
