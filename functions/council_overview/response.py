"""The overview as JSON: every home, and the totals of all homes and of each local authority."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from council_overview.overview import HomeEntry, Overview
from shared.domain.certainty import NoListing, least_likely
from shared.domain.chance import Likelihood
from shared.domain.documents import Document, timestamp, to_json
from shared.domain.listings import weighing_moment
from shared.domain.uk_time import uk_day
from shared.places.searches_near import SearchesNear
from shared.store.reminded import Reminder

_WORDS: Final = (*Likelihood, *NoListing)


@dataclass(slots=True)
class Totals:
    """The totals of some homes; capacity and vacancies by bed category."""

    homes: int = 0
    closed: int = 0
    likelihood: Counter[str] = field(default_factory=Counter)
    """The homes by the word of their least likely listing."""
    capacity: Counter[str] = field(default_factory=Counter)
    vacancies: Counter[str] = field(default_factory=Counter)

    def add(self, home: HomeEntry, word: str) -> None:
        """Add a home whose least likely listing has this word."""
        self.homes += 1
        self.closed += home.is_closed
        self.likelihood[word] += 1
        for category, beds in home.capacity.items():
            self.capacity[category] += beds
        for category, beds in home.free.items():
            self.vacancies[category] += beds

    def to_document(self) -> Document:
        """Return the totals as a response gives them."""
        return {
            "homes": self.homes,
            "closed": self.closed,
            "likelihood": {word: self.likelihood[word] for word in _WORDS},
            "capacity": self.capacity,
            "vacancies": self.vacancies,
        }


def overview_json(
    overview: Overview,
    now: datetime,
    searches: SearchesNear,
    reminders: Mapping[str, Reminder],
) -> str:
    """Return the body of the response; `reminders` are those of today."""
    totals, by_authority = Totals(), dict[str, Totals]()
    today, seconds = uk_day(now).isoformat(), weighing_moment(now)
    objects = []
    for home in overview.homes:
        listings = [each.to_document(seconds) for each in home.listings]
        word = _word(home, listings)
        totals.add(home, word)
        by_authority.setdefault(home.local_authority, Totals()).add(home, word)
        sought = searches.around(home.postcode)
        members = {
            "likelihood": word,
            "listings": listings,
            "searches": max(
                map(sought.searches_for, home.categories or sought.searches), default=0
            ),
            "reminder_value": round(home.questions.value(sought, now, overview.wrong), 3),
        }
        if reminder := reminders.get(home.location_id):
            members["reminded_at"] = timestamp(reminder.at)
        objects.append(f"{to_json(members)[:-1]},{home.members_on(today)}}}")
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


def _word(home: HomeEntry, listings: list[Document]) -> str:
    least = least_likely(each["likelihood"] for each in listings)
    return least or (NoListing.NO_BEDS if home.confirmed_at else NoListing.NEVER)
