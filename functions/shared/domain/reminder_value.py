"""What a reminder to a home is worth: how uncertain its beds are, times how often they are sought.

The uncertainty of a category is what an answer would take away. For listed beds that is how much
less likely one is still there than just after a post; for a category that lists none it is how
likely a bed has opened that nobody reported. So many beds listed a week ago may need no question,
and a single one does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from shared.domain.availability import ever_announced, free_beds, is_closed
from shared.domain.chance import USUALLY_FREE, FillRecord, chance_left, chance_opened
from shared.domain.demand import ANY_CATEGORY
from shared.domain.documents import HomeDocument
from shared.domain.freshness import confirmed_at
from shared.domain.uk_time import uk_day

WORTH_A_REMINDER: Final = 0.1
"""The least value of a reminder, where a category is sought as often as usual.

`make simulate` shows what it costs and brings: docs/simulation.md.
"""

QUIET_AFTER_A_POST: Final = timedelta(hours=20)
"""No reminder so soon after a post: it was true just now, and who posts daily is never reminded."""

_LEAST_WEIGHT: Final = 0.5
_MOST_WEIGHT: Final = 2.0
"""What is published says little of what is sought rarely, so that no category is ever left out."""

_NOTHING_SEEN: Final = FillRecord()


@dataclass(frozen=True, slots=True)
class SoughtNear:
    """How often teams searched near a home for each category, and how often is usual."""

    searches: Mapping[str, int] = field(default_factory=dict)
    """At least so many, of what is published of the last period that is over."""
    usual: float = 0.0

    def searches_for(self, category: str) -> int:
        """Return how often at least teams searched for a category, or for any."""
        return self.searches.get(category, self.searches.get(ANY_CATEGORY, 0))

    def weight(self, category: str) -> float:
        """Return how much an answer about a category matters: 1 where it is sought as usual."""
        weight = (1 + self.searches_for(category)) / (1 + self.usual)
        return min(_MOST_WEIGHT, max(_LEAST_WEIGHT, weight))

    @property
    def most_weight(self) -> float:
        """Return the weight of the category that is sought most."""
        return max(map(self.weight, [*self.searches, ANY_CATEGORY]))


NOTHING_PUBLISHED: Final = SoughtNear()
"""Where nothing is known of what teams search for, all counts alike."""


def answer_gain(listed: int, days: float, record: FillRecord) -> float:
    """Return what an answer about a category would tell that its last post does not, 0 to 1.

    `listed` beds were free so many days ago.
    """
    if listed <= 0:
        return chance_opened(days, record)
    return max(0.0, chance_left(listed, 0, record) - chance_left(listed, days, record))


def reminder_value(home: HomeDocument, sought: SoughtNear, now: datetime) -> float:
    """Return what a reminder to a registered home is worth: the sum over its categories.

    A home that has said nothing yet is worth as much as it usually has a bed that is sought.
    While a home is closed until a day that is still to come, there is nothing to ask.
    """
    today = uk_day(now)
    if is_closed(home) and _reopens_later(home, today):
        return 0.0
    said_at, records = home.get("said_at", {}), home.get("fill_records", {})
    if not said_at:
        return USUALLY_FREE * sought.most_weight
    free, announced = free_beds(home), ever_announced(home)
    total = 0.0
    for category in home["beds"]:
        if category not in said_at:
            continue
        days = (now - datetime.fromisoformat(said_at[category])) / timedelta(days=1)
        record = records.get(category)
        gain = answer_gain(
            free.get(category, 0),
            days,
            FillRecord.from_document(record) if record else _NOTHING_SEEN,
        )
        if category not in free and announced.get(category, "9999") < today.isoformat():
            gain = USUALLY_FREE  # the bed that it announced is there by now, or is not
        total += gain * sought.weight(category)
    return total


def is_quiet(home: HomeDocument, now: datetime) -> bool:
    """Tell whether the home posted so lately that nobody may remind it."""
    confirmed = confirmed_at(home)
    return confirmed is not None and now - confirmed < QUIET_AFTER_A_POST


def is_worth_a_reminder(home: HomeDocument, sought: SoughtNear, now: datetime) -> bool:
    """Tell whether a registered home is to be reminded, unless it was reminded today already."""
    return not is_quiet(home, now) and reminder_value(home, sought, now) >= WORTH_A_REMINDER


def _reopens_later(home: HomeDocument, today: date) -> bool:
    expected: str = home["admission_status"].get("expected_date", "")
    return expected > today.isoformat()
