"""What a reminder to a home is worth: how uncertain its beds are, times how often they are sought.

The uncertainty of a category is what an answer would take away. For listed beds that is how much
less likely one is still there than just after a post; for a category that lists none it is how
likely a bed has opened that nobody reported. So many beds listed a week ago may need no question,
and a single one does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Self

from shared.domain.availability import ever_announced, free_beds
from shared.domain.chance import (
    USUALLY_FREE,
    USUALLY_WRONG,
    FillRecord,
    chance_left,
    chance_opened,
)
from shared.domain.demand import ANY_CATEGORY
from shared.domain.documents import HomeDocument
from shared.domain.freshness import confirmed_at
from shared.domain.uk_time import uk_day

WORTH_A_REMINDER: Final = 0.1
"""The least value of a reminder, where a category is sought as often as usual.

`make simulate` shows what it costs and brings: docs/simulation.md.
"""

QUIET_AFTER_A_POST: Final = timedelta(hours=20)
"""No reminder so soon after a post, which was true then: a home that posts daily gets none."""

_LEAST_WEIGHT: Final = 0.5
_MOST_WEIGHT: Final = 2.0
"""What is published says little of what is sought rarely, so that no category is ever left out."""

_NOTHING_SEEN: Final = FillRecord()


@dataclass(frozen=True, slots=True)
class SoughtNear:
    """How often teams searched near a home for each category, and how often is usual."""

    searches: Mapping[str, int] = field(default_factory=dict)
    """At least so many, as published for the last period that is over."""
    usual: float = 0.0

    def searches_for(self, category: str) -> int:
        """Return at least how often teams searched for a category, or for any."""
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
"""Where nothing is known of what teams search for, every category counts the same."""


def answer_gain(
    listed: int, days: float, record: FillRecord, wrong: float = USUALLY_WRONG
) -> float:
    """Return what an answer about a category would tell that its last post does not, 0 to 1.

    `listed` beds were free so many days ago; `wrong` is the share of posts that list one bed more
    than there is.
    """
    if listed <= 0:
        return chance_opened(days, record)
    just_posted = chance_left(listed, 0, record, wrong)
    return max(0.0, just_posted - chance_left(listed, days, record, wrong))


class Question(NamedTuple):
    """What a reminder asks about one category: whether its last post is still right."""

    category: str
    listed: int
    """The beds that were free."""
    said_at: datetime
    record: FillRecord
    announced: str
    """The day for which a bed was announced while none was free; empty if none was."""

    def gain(self, now: datetime, today: str, wrong: float = USUALLY_WRONG) -> float:
        """Return what an answer would tell, 0 to 1; `wrong` as in `answer_gain`."""
        if self.announced and self.announced < today:
            return USUALLY_FREE  # the bed is there by now, or is not: the home has not said
        days = (now - self.said_at) / timedelta(days=1)
        return answer_gain(self.listed, days, self.record, wrong)


class Questions(NamedTuple):
    """All that a reminder asks a registered home."""

    of_categories: tuple[Question, ...]
    has_posted: bool
    reopens_on: str
    """The day for which a closed home expects to reopen; empty if it gave none, or is open."""

    @classmethod
    def of(cls, home: HomeDocument) -> Self:
        """Read them from a home's document."""
        said_at, records = home.get("said_at", {}), home.get("fill_records", {})
        free, announced = free_beds(home), ever_announced(home)
        questions = tuple(
            Question(
                category,
                free.get(category, 0),
                datetime.fromisoformat(said_at[category]),
                FillRecord.from_document(records[category])
                if category in records
                else _NOTHING_SEEN,
                "" if category in free else announced.get(category, ""),
            )
            for category in home["beds"]
            if category in said_at
        )
        reopens_on = home["admission_status"].get("expected_date", "")
        return cls(questions, bool(said_at), reopens_on)

    def value(self, sought: SoughtNear, now: datetime, wrong: float = USUALLY_WRONG) -> float:
        """Return what a reminder is worth: the sum over the home's categories.

        `wrong` is as in `answer_gain`. A home that has said nothing yet is worth as much as it
        usually has a bed that is sought. While a home is closed until a day that is still to come,
        there is nothing to ask.
        """
        today = uk_day(now).isoformat()
        if self.reopens_on > today:
            return 0.0
        if not self.has_posted:
            return USUALLY_FREE * sought.most_weight
        return sum(
            each.gain(now, today, wrong) * sought.weight(each.category)
            for each in self.of_categories
        )


def reminder_value(
    home: HomeDocument, sought: SoughtNear, now: datetime, wrong: float = USUALLY_WRONG
) -> float:
    """Return what a reminder to a registered home is worth now; `wrong` as in `answer_gain`."""
    return Questions.of(home).value(sought, now, wrong)


def is_quiet(home: HomeDocument, now: datetime) -> bool:
    """Tell whether the home posted so lately that nobody may remind it."""
    confirmed = confirmed_at(home)
    return confirmed is not None and now - confirmed < QUIET_AFTER_A_POST


def is_worth_a_reminder(
    home: HomeDocument, sought: SoughtNear, now: datetime, wrong: float = USUALLY_WRONG
) -> bool:
    """Tell whether a registered home is to be reminded, unless it was reminded today already.

    `wrong` is as in `answer_gain`.
    """
    return not is_quiet(home, now) and reminder_value(home, sought, now, wrong) >= WORTH_A_REMINDER
