"""The overview as JSON: every home, and the totals of all homes and of each local authority."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from council_overview.overview import HomeEntry, Overview
from shared.domain.documents import Document, timestamp, to_json
from shared.domain.freshness import Freshness, confirmation_age, freshness
from shared.domain.uk_time import uk_day

NEVER: Final = "never"
"""The freshness of a home that has never posted. A search calls it stale, but a council treats it
differently."""

_LABELS: Final = (*Freshness, NEVER)


@dataclass(slots=True)
class Totals:
    """The totals of some homes; capacity and vacancies by bed category."""

    homes: int = 0
    closed: int = 0
    freshness: Counter[str] = field(default_factory=Counter)
    capacity: Counter[str] = field(default_factory=Counter)
    vacancies: Counter[str] = field(default_factory=Counter)

    def add(self, home: HomeEntry, label: str) -> None:
        """Add a home whose freshness has this label."""
        self.homes += 1
        self.closed += home.is_closed
        self.freshness[label] += 1
        for category, beds in home.capacity.items():
            self.capacity[category] += beds
        for category, beds in home.free.items():
            self.vacancies[category] += beds

    def to_document(self) -> Document:
        """Return the totals as a response gives them."""
        return {
            "homes": self.homes,
            "closed": self.closed,
            "freshness": {label: self.freshness[label] for label in _LABELS},
            "capacity": self.capacity,
            "vacancies": self.vacancies,
        }


def overview_json(overview: Overview, now: datetime) -> str:
    """Return the body of the response."""
    totals, by_authority = Totals(), dict[str, Totals]()
    today = uk_day(now).isoformat()
    objects = []
    for home in overview.homes:
        label = _freshness_label(home.confirmed_at, now)
        totals.add(home, label)
        by_authority.setdefault(home.local_authority, Totals()).add(home, label)
        # The label is one of four words, so there is nothing to escape.
        objects.append(f'{{"freshness":"{label}",{home.members_on(today)}}}')
    head = {
        "as_of": timestamp(now),
        "totals": totals.to_document(),
        "local_authorities": [
            {"local_authority": name, **by_authority[name].to_document()}
            for name in sorted(by_authority)
        ],
        "posting_but_not_in_search": overview.posting_but_not_in_search(now),
    }
    return f'{to_json(head)[:-1]},"homes":[{",".join(objects)}]}}'


def _freshness_label(confirmed_at: datetime | None, now: datetime) -> str:
    age = confirmation_age(confirmed_at, now)
    return NEVER if age is None else freshness(age)
