"""The request bodies of whoever has a link, and of the staff who stop and allow links."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.domain.errors import Problem, RefusedError
from shared.http.body import Body
from shared.http.vacancies import Vacancies

Secret = Annotated[str, Field(min_length=1, max_length=64)]
Version = Annotated[int, Field(ge=1, le=10**12)]


class Doing(StrEnum):
    """What someone does with a link."""

    LOOK = "look"
    CONFIRM = "confirm"
    UPDATE = "update"
    UNDO = "undo"
    STOP = "stop"


class Look(Body):
    """The token of a link, or the code that stands in for it."""

    token: Secret | None = None
    code: Secret | None = None


class Act(Look):
    """What to do, with what the person saw when they pressed."""

    do: Doing
    version: Version | None = None
    """Of the home as shown; to undo, that of the press to undo."""
    shown: Vacancies | None = None
    """Every count and the admission status that were shown."""
    change: Vacancies | None = None

    def seen_version(self) -> int:
        """Return the version. Raises RefusedError without one."""
        if self.version is None:
            raise RefusedError(Problem("version", "the version of the home that was shown"))
        return self.version

    def what_was_shown(self) -> Vacancies:
        """Return the counts and the status that were shown. Raises RefusedError without them."""
        if self.shown is None or self.shown.admission_status is None:
            raise RefusedError(Problem("shown", "the beds and the admission_status as shown"))
        return self.shown

    def new_vacancies(self) -> Vacancies:
        """Return the change. Raises RefusedError without one."""
        if self.change is None:
            raise RefusedError(Problem("change", "the beds, the admission_status, or both"))
        return self.change


class LinksAllowed(Body):
    """Whether reminders of the home may hold links that post."""

    allowed: bool
