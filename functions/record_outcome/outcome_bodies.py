"""The request bodies in which a team, or the council, says what came of a call."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from shared.domain.care_home import MOST_BEDS, CareHome
from shared.domain.chance import chance_left
from shared.domain.documents import timestamp
from shared.domain.errors import NotFoundError, Problem, RefusedError
from shared.domain.needs import NEEDS
from shared.domain.outcome import OF_AUDITS, OF_REQUESTS, OF_TEAMS, CallResult, Outcome, Shown
from shared.domain.terms import Funding
from shared.domain.vocabulary import MAX_DAYS, BedCategory
from shared.http.body import Body

_SAID_AT: Final = 'the "said_at" of a search\'s chance_basis, such as "2026-11-03T09:30:00.000Z"'
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
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


def _audit_day(text: str) -> str:
    try:
        if _DAY.fullmatch(text) and date.fromisoformat(text):
            return text
    except ValueError:
        pass
    raise ValueError('the "day" of a call of GET /audits, such as "2026-11-27"')


AuditDay = Annotated[str, AfterValidator(_audit_day)]


class Listing(NamedTuple):
    """What a home said of a category at one moment."""

    location_id: str
    category: BedCategory
    said_at: datetime


class NewOutcome(Body):
    """What came of a call about the beds that a search showed; it has no free text."""

    category: BedCategory
    said_at: Annotated[str, AfterValidator(_said_at)]
    listed: int = Field(ge=1, le=MOST_BEDS)
    result: CallResult
    need: Annotated[str, AfterValidator(_need)] | None = None
    """One of those that the search asked for, drawn before the home answered."""
    team: str | None = None
    """The team whose call it was, where the caller belongs to several."""
    audit_day: AuditDay | None = None
    """The day for which the call was drawn, where it was one of the council's audit."""

    @model_validator(mode="after")
    def _members_fit_together(self) -> Self:
        if self.audit_day and self.team:
            raise ValueError('either "team" or "audit_day"')
        results = OF_AUDITS if self.audit_day else OF_TEAMS
        if self.result not in results:
            of = "a call of the audit" if self.audit_day else "a team's call"
            raise ValueError(f'"result" of {of}: one of {", ".join(sorted(results))}')
        if self.need and self.result not in OF_REQUESTS:
            raise ValueError('"need" only with the result "pursuing" or "not_for_this_person"')
        return self

    @property
    def listing_said_at(self) -> datetime:
        """Return when the home said what was listed."""
        return datetime.fromisoformat(self.said_at)

    def to_outcome(
        self, reporter: str, home: CareHome, told_at: datetime, now: datetime, wrong: float
    ) -> Outcome:
        """Return the outcome of the call that this reporter made at `told_at`.

        What the home says now is taken from the home, whatever the body says was listed. `wrong` is
        the share of posts that list one bed more than there is. Raises
        RefusedError where the home cannot have said anything of the category at that moment.
        """
        said_at = self.listing_said_at
        last = home.posts.said_at.get(self.category)
        if last is None or said_at > last or said_at < now - timedelta(days=MAX_DAYS):
            raise RefusedError(Problem("said_at", _SAID_AT))
        listed = self.listed
        if timestamp(last) == self.said_at and home.beds[self.category].accepting:
            listed = home.beds[self.category].accepting
        # The clocks of who posted and of who called may differ.
        told_at = max(told_at, said_at)
        days = (told_at - said_at) / timedelta(days=1)
        chance = chance_left(listed, days, home.posts.record(self.category), wrong)
        shown = Shown(home.location_id, self.category, said_at, listed, chance)
        return Outcome(
            1,
            shown,
            reporter,
            self.result,
            told_at,
            now,
            self.need,
            audit_day=self.audit_day,
        )


class Withdrawal(Body):
    """Says that a team or the council takes back what it said; a new outcome may follow."""

    withdrawn: Literal[True]
    team: str | None = None
    """The team whose outcome it is, where the caller belongs to several."""
    audit_day: AuditDay | None = None
    """The day for which the call was drawn, where it was one of the council's audit."""


def outcome_id_of(category: BedCategory, said_at: datetime) -> str:
    """Return the id of an outcome among those of one home and team, which names the listing."""
    return f"{category}@{timestamp(said_at)}"


def listing_of(location_id: str, outcome_id: str) -> Listing:
    """Return the listing that an id names. Raises NotFoundError."""
    category, _, text = outcome_id.partition("@")
    said_at = parse_said_at(text)
    if category not in set(BedCategory) or said_at is None:
        raise NotFoundError("There is no outcome with this id.")
    return Listing(location_id, BedCategory(category), said_at)
