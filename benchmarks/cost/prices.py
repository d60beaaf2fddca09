"""The list of prices: each with its unit, its source and whether it could be confirmed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("prices.toml")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for so many units, beyond the first `starts_at` in a month."""

    service: str
    unit: str
    each: float
    per: float
    source: str
    confirmed: bool
    free: float = 0
    starts_at: float = 0

    def of(self, quantity: float) -> float:
        """In US dollars, for a month's quantity, at the list price."""
        return max(0.0, quantity - self.starts_at) * self.each / self.per

    def beyond_free(self, quantity: float) -> float:
        """The same where nothing else in the account uses up what AWS gives for nothing."""
        return self.of(max(0.0, quantity - self.free))


@dataclass(frozen=True, slots=True)
class Prices:
    """All of them, by name, as of a date."""

    dated: str
    by_name: Mapping[str, Price]


def prices(file: Path = FILE) -> Prices:
    """The list. Raises KeyError or TypeError where an entry lacks something."""
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
