"""The caller of a request and what they may do, which only the groups in their token decide."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.errors import (
    ForbiddenError,
    NotFoundError,
    Problem,
    RefusedError,
    SignInNeededError,
)
from shared.domain.identifiers import is_location_id, is_uuid
from shared.http.roles import (
    COUNCIL,
    SECOND_STEP_CLAIM,
    SECOND_STEP_NEEDED,
    home_of_role,
    team_of_role,
)

COGNITO_GROUPS = "cognito:groups"

_ONLY_MEMBERS = "Only members of a discharge team can see or change its alerts."

_TOKEN = re.compile(r"(?:[Bb]earer +)?[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Caller:
    """A person who is signed in, or the public."""

    caller_id: str | None
    homes: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    is_council: bool = False
    needs_second_step: bool = False
    """Whether some of their roles are withheld until they sign in with a second step."""

    @classmethod
    def from_claims(
        cls, claims: Mapping[str, Any], groups_claim: str, authorization: str | None = None
    ) -> "Caller":
        """Return the caller of a verified token; `authorization` is the header that brought it.

        Groups that are not Bedboard's are ignored.
        """
        groups = _groups(claims.get(groups_claim), groups_claim, authorization)
        return cls(
            caller_id=_opaque_id(claims),
            homes=frozenset(home for group in groups if (home := home_of_role(group))),
            teams=frozenset(team for group in groups if (team := team_of_role(group))),
            is_council=COUNCIL in groups,
            needs_second_step=claims.get(SECOND_STEP_CLAIM) == SECOND_STEP_NEEDED,
        )

    def require_home_staff(self, location_id: str) -> str:
        """Return the caller's id, if they work at this home.

        Raises SignInNeededError, ForbiddenError.
        """
        if location_id not in self.homes:
            self._refuse("Only staff of this care home can do this.")
        return self.caller_id or ""

    def require_search_access(self, *, public: bool) -> None:
        """Check that the caller may search. Raises SignInNeededError, ForbiddenError."""
        if not (public or self.teams or self.is_council):
            self._refuse("Only discharge teams and the council can search.")

    def require_home_access(self, location_id: str, *, public: bool) -> None:
        """Check that the caller may see this home. Raises SignInNeededError, ForbiddenError."""
        if not (public or self.teams or self.is_council or location_id in self.homes):
            self._refuse(
                "Only discharge teams, the council and staff of this care home can see this."
            )

    def require_home_staff_or_council(self, location_id: str) -> None:
        """Check that the caller is of this home or the council.

        Raises SignInNeededError, ForbiddenError.
        """
        if not (self.is_council or location_id in self.homes):
            self._refuse("Only the council and staff of this care home can see this.")

    def require_council(self) -> None:
        """Check that the caller is of the council. Raises SignInNeededError, ForbiddenError."""
        if not self.is_council:
            self._refuse("Only the council can do this.")

    def require_some_team(self) -> None:
        """Check that the caller belongs to a discharge team, before anything else is read.

        Raises SignInNeededError, ForbiddenError.
        """
        if not self.teams:
            self._refuse(_ONLY_MEMBERS)

    def require_team_or_council(self) -> None:
        """Check that the caller is of a team or the council, before anything else is read.

        Raises SignInNeededError, ForbiddenError.
        """
        if not (self.teams or self.is_council):
            self._refuse("Only discharge teams and the council can do this.")

    def require_team(self, team: str | None) -> str:
        """Return the team that the caller acts for: the given one, or the only one they belong to.

        Raises SignInNeededError, ForbiddenError, RefusedError.
        """
        self.require_some_team()
        if team and team not in self.teams:
            self._refuse(_ONLY_MEMBERS)
        if team:
            return team
        if len(self.teams) > 1:
            raise RefusedError(Problem("team", "one of " + ", ".join(sorted(self.teams))))
        return next(iter(self.teams))

    def _refuse(self, detail: str) -> None:
        if self.caller_id is None:
            raise SignInNeededError(
                "Sign in, then send your token as 'Authorization: Bearer <token>'."
            )
        if self.needs_second_step:
            detail += " If that is you, set up a second step for your sign-in, and sign in again."
        raise ForbiddenError(detail)


def parse_location_id(text: str) -> str:
    """Return the id, if it has the form of a CQC location id. Raises NotFoundError."""
    if not is_location_id(text):
        raise NotFoundError(
            "location_id: this is not a CQC location id. An id looks like 1-1000587219."
        )
    return text


def _groups(claim: object, name: str, authorization: str | None) -> set[str]:
    """Return the groups of a claim, which API Gateway passes on as the text `[a b]`.

    Groups of Cognito contain no spaces. The groups of another issuer may: `Social care council`
    must not give its members the rights of the group `council`.
    """
    if isinstance(claim, list):
        return {each for each in claim if isinstance(each, str)}
    if not isinstance(claim, str):
        return set()
    words = claim.removeprefix("[").removesuffix("]").split()
    if name == COGNITO_GROUPS:
        return set(words)
    issued = _groups_in_token(name, authorization or "")
    # The words were verified; the token only says which of them belong together.
    return set(issued) if sorted(" ".join(issued).split()) == sorted(words) else set()


def _groups_in_token(claim: str, authorization: str) -> list[str]:
    """Return the texts of a claim as the token holds them; none if it cannot be read."""
    match = _TOKEN.fullmatch(authorization)
    if not match:
        return []
    try:
        payload = base64.urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4))
        value = json.loads(payload)[claim]
    except (ValueError, KeyError, TypeError):
        return []
    texts = value if isinstance(value, list) else [value]
    return texts if all(isinstance(each, str) for each in texts) else []


def _opaque_id(claims: Mapping[str, Any]) -> str | None:
    """Return the subject if it is a UUID, as Cognito's are; otherwise its hash.

    Some issuers use an email address as the subject, and Bedboard stores no addresses.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        return None
    if is_uuid(subject):
        return subject
    return hashlib.sha256(f"{claims.get('iss')}|{subject}".encode()).hexdigest()[:32]
