"""The request body in which a team says what came of its call."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from shared.domain.care_home import MOST_BEDS, CareHome
from shared.domain.chance import chance_left
from shared.domain.documents import timestamp
from shared.domain.errors import NotFoundError, Problem, RefusedError
from shared.domain.needs import NEEDS
from shared.domain.outcome import CallResult, Outcome, Shown, reporter_of
from shared.domain.terms import Funding
from shared.domain.vocabulary import MAX_DAYS, BedCategory
from shared.http.body import Body
from shared.store.outcomes import ListingKey

_SAID_AT: Final = 'the "said_at" of a search\'s chance_basis, such as "2026-11-03T09:30:00.000Z"'
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def parse_said_at(text: str) -> datetime | None:
    """Return the moment, if it is written as documents write it."""
    if not _TIMESTAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _said_at(text: str) -> str:
    if parse_said_at(text) is None:
        raise ValueError(_SAID_AT)
    return text


def _need(name: str) -> str:
    if name not in NEEDS and name not in set(Funding):
        raise ValueError("one of the needs or fundings that docs/http.md lists")
    return name


class NewOutcome(Body):
    """What came of a call about the beds that a search showed; it has no free text."""

    category: BedCategory
    said_at: Annotated[str, AfterValidator(_said_at)]
    listed: int = Field(ge=1, le=MOST_BEDS)
    result: CallResult
    need: Annotated[str, AfterValidator(_need)] | None = None
    team: str | None = None
    """The team whose call it was, where the caller belongs to several."""

    @model_validator(mode="after")
    def _need_fits_result(self) -> Self:
        if self.need and self.result is not CallResult.NOT_FOR_THIS_PERSON:
            raise ValueError('"need" only with the result "not_for_this_person"')
        return self

    def to_outcome(self, team: str, home: CareHome, told_at: datetime, now: datetime) -> Outcome:
        """Return the outcome of this team's call at `told_at`.

        What the home says now is taken from the home, whatever the body says was listed. Raises
        RefusedError where the home cannot have said anything of the category at that moment.
        """
        said_at = datetime.fromisoformat(self.said_at)
        last = home.posts.said_at.get(self.category)
        if last is None or said_at > last or said_at < now - timedelta(days=MAX_DAYS):
            raise RefusedError(Problem("said_at", _SAID_AT))
        listed = self.listed
        if timestamp(last) == self.said_at and home.beds[self.category].accepting:
            listed = home.beds[self.category].accepting
        # The clocks of who posted and of who called may differ.
        told_at = max(told_at, said_at)
        days = (told_at - said_at) / timedelta(days=1)
        chance = chance_left(listed, days, home.posts.record(self.category))
        shown = Shown(home.location_id, self.category, said_at, listed, chance)
        reporter = reporter_of(team, home.location_id, self.category, said_at)
        return Outcome(1, shown, reporter, self.result, told_at, now, self.need)


class Withdrawal(Body):
    """Says that a team takes back what it said; a new outcome may follow."""

    withdrawn: Literal[True]
    team: str | None = None
    """The team whose outcome it is, where the caller belongs to several."""


def outcome_id_of(category: BedCategory, said_at: datetime) -> str:
    """Return the id of an outcome among those of one home and team, which names the listing."""
    return f"{category}@{timestamp(said_at)}"


def listing_of(location_id: str, outcome_id: str, team: str) -> ListingKey:
    """Return the listing that an id names. Raises NotFoundError."""
    category, _, text = outcome_id.partition("@")
    said_at = parse_said_at(text)
    if category not in set(BedCategory) or said_at is None:
        raise NotFoundError("There is no outcome with this id.")
    of = BedCategory(category)
    return ListingKey(location_id, of, said_at, reporter_of(team, location_id, of, said_at))
