"""The request bodies with which a council lists, invites and disables people."""

from typing import Annotated

from pydantic import Field

from shared.domain.contact_details import (
    EMAIL_BEGINNING_EXPECTED,
    EMAIL_EXPECTED,
    email_address,
    email_beginning,
)
from shared.domain.errors import Problem, RefusedError
from shared.http.body import Body, read_with


class PeopleFilter(Body):
    """The people to list, by at most one filter; `after` is the cursor of the page before."""

    role: str | None = None
    email_begins: Annotated[str, read_with(email_beginning, EMAIL_BEGINNING_EXPECTED)] | None = None
    waiting: bool = False
    after: str | None = Field(None, min_length=1, max_length=20_000)

    def check(self) -> None:
        """Raise RefusedError if there is more than one filter, as Cognito takes only one."""
        if (self.role is not None) + (self.email_begins is not None) + self.waiting > 1:
            raise RefusedError(Problem("role", "only one of role, email_begins and waiting"))


class Invitation(Body):
    """A person's email address, and the role to give them."""

    email: Annotated[str, read_with(email_address, EMAIL_EXPECTED)]
    role: str


class Access(Body):
    """Whether the person can sign in."""

    enabled: bool
