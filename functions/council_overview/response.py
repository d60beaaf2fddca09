"""What the overview is answered: all homes, and what they add up to in all and by authority."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from council_overview.overview import Overseen
from shared.domain.documents import Document, timestamp, to_json
from shared.domain.freshness import Freshness, freshness

NEVER: Final = "never"
"""Of a home that never posted: stale to a search, and to a council another matter."""

_LABELS: Final = (*Freshness, NEVER)


@dataclass(slots=True)
class Totals:
    """What some homes add up to; capacity and vacancies by category."""

    homes: int = 0
    closed: int = 0
    freshness: Counter[str] = field(default_factory=Counter)
    capacity: Counter[str] = field(default_factory=Counter)
    vacancies: Counter[str] = field(default_factory=Counter)

    def add(self, home: Overseen, label: str) -> None:
        self.homes += 1
        self.closed += home.is_closed
        self.freshness[label] += 1
        for category, beds in home.capacity.items():
            self.capacity[category] += beds
        for category, beds in home.free.items():
            self.vacancies[category] += beds

    def to_document(self) -> Document:
        return {
            "homes": self.homes,
            "closed": self.closed,
            "freshness": {label: self.freshness[label] for label in _LABELS},
            "capacity": self.capacity,
            "vacancies": self.vacancies,
        }


def rendered(homes: Iterable[Overseen], now: datetime) -> str:
    """The answer as JSON."""
    whole, by_authority = Totals(), dict[str, Totals]()
    shown = []
    for home in homes:
        label = _label(home.confirmed_at, now)
        whole.add(home, label)
        by_authority.setdefault(home.local_authority, Totals()).add(home, label)
        # The label is one of four words, without anything to escape.
        shown.append(f'{{"freshness":"{label}",{home.shown}}}')
    head = {
        "as_of": timestamp(now),
        "totals": whole.to_document(),
        "local_authorities": [
            {"local_authority": name, **by_authority[name].to_document()}
            for name in sorted(by_authority)
        ],
    }
    return f'{to_json(head)[:-1]},"homes":[{",".join(shown)}]}}'


def _label(confirmed_at: datetime | None, now: datetime) -> str:
    return freshness(now - confirmed_at) if confirmed_at else NEVER
