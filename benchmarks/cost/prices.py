"""The price list: each price with its unit, its source, and whether it was confirmed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("prices.toml")


@dataclass(frozen=True, slots=True)
class Price:
    """A price in US dollars for `per` units, beyond the first `starts_at` units of a month."""

    service: str
    unit: str
    each: float
    per: float
    source: str
    confirmed: bool
    free: float = 0
    starts_at: float = 0

    def of(self, quantity: float) -> float:
        """Return the US dollars of a month's quantity, at the list price."""
        return max(0.0, quantity - self.starts_at) * self.each / self.per

    def beyond_free(self, quantity: float) -> float:
        """Return the same, where nothing else in the account uses AWS's free allowance."""
        return self.of(max(0.0, quantity - self.free))


@dataclass(frozen=True, slots=True)
class Prices:
    """All prices by name, as of a date."""

    dated: str
    by_name: Mapping[str, Price]


def read_prices(file: Path = FILE) -> Prices:
    """Read the price list. Raises KeyError or TypeError where an entry lacks something."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    dated = content.pop("dated")
    return Prices(
        dated,
        {
            name: Price(
                **{("starts_at" if key == "from" else key): value for key, value in entry.items()}
            )
            for name, entry in content.items()
        },
    )
