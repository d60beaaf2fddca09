"""Who is calling and what they may do: the token's groups say it, and nothing else does."""

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

LOCATION_ID = re.compile(r"1-[0-9]{5,12}|[A-Z0-9]{4,12}", re.ASCII)
"""CQC's ids: most as 1-1000587219, those of NHS trusts as their site codes."""

TEAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
TEAM_LENGTH = 40

COGNITO_GROUPS = "cognito:groups"

_TOKEN = re.compile(r"(?:[Bb]earer +)?[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+", re.ASCII)

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in person, or nobody: the public."""

    caller_id: str | None
    homes: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    is_council: bool = False

    @classmethod
    def from_claims(
        cls, claims: Mapping[str, Any], groups_claim: str, authorization: str | None = None
    ) -> "Caller":
        """The caller of a verified token, which `authorization` is, as the request brought it.

        Groups that are none of Bedboard's are passed over.
        """
        groups = _groups(claims.get(groups_claim), groups_claim, authorization)
        homes = {name.removeprefix("home:") for name in groups if name.startswith("home:")}
        teams = {name.removeprefix("team:") for name in groups if name.startswith("team:")}
        return cls(
            caller_id=_opaque(claims),
            homes=frozenset(name for name in homes if LOCATION_ID.fullmatch(name)),
            teams=frozenset(
                name for name in teams if TEAM.fullmatch(name) and len(name) <= TEAM_LENGTH
            ),
            is_council="council" in groups,
        )

    def must_staff(self, location_id: str) -> str:
        """The caller's id. Raises SignInNeededError, ForbiddenError."""
        if location_id not in self.homes:
            self._refuse(f"only the staff of care home {location_id} may do this")
        return self.caller_id or ""

    def must_search(self, *, public: bool) -> None:
        """Raises SignInNeededError, ForbiddenError."""
        if not (public or self.teams or self.is_council):
            self._refuse("only discharge teams and the council may search here")

    def must_see(self, location_id: str, *, public: bool) -> None:
        """Raises SignInNeededError, ForbiddenError."""
        if not (public or self.teams or self.is_council or location_id in self.homes):
            self._refuse("only discharge teams, the council and the home's own staff may see this")

    def must_council(self) -> None:
        """Raises SignInNeededError, ForbiddenError."""
        if not self.is_council:
            self._refuse("only the council may do this")

    def team(self, wanted: str | None) -> str:
        """The team the caller acts for: the one wanted, or the only one there is.

        Raises SignInNeededError, ForbiddenError, RefusedError.
        """
        if not self.teams or (wanted and wanted not in self.teams):
            self._refuse("only the members of a discharge team may see or change its alerts")
        if wanted:
            return wanted
        if len(self.teams) > 1:
            raise RefusedError(Problem("team", "one of " + ", ".join(sorted(self.teams))))
        return next(iter(self.teams))

    def _refuse(self, why: str) -> None:
        if self.caller_id is None:
            raise SignInNeededError("sign in, and send the token as 'Authorization: Bearer ...'")
        raise ForbiddenError(why)


def known_location_id(text: str) -> str:
    """The id itself, if it has the form of one. Raises NotFoundError."""
    if not LOCATION_ID.fullmatch(text):
        raise NotFoundError("location_id: a CQC location id is expected, such as 1-1000587219")
    return text


def _groups(claim: object, name: str, authorization: str | None) -> set[str]:
    """API Gateway hands a list claim on as the text `[a b]`. No group of Cognito's may hold a
    space; of another issuer `Social care council` must not make everybody in it the council."""
    if isinstance(claim, list):
        return {each for each in claim if isinstance(each, str)}
    if not isinstance(claim, str):
        return set()
    words = claim.removeprefix("[").removesuffix("]").split()
    if name == COGNITO_GROUPS:
        return set(words)
    issued = _as_issued(name, authorization or "")
    # What was verified are the words; the token only says which of them belong together.
    return set(issued) if sorted(" ".join(issued).split()) == sorted(words) else set()


def _as_issued(claim: str, authorization: str) -> list[str]:
    """A claim of texts as the token itself has it; none where it cannot be read so."""
    found = _TOKEN.fullmatch(authorization)
    if not found:
        return []
    try:
        payload = base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4))
        held = json.loads(payload)[claim]
    except (ValueError, KeyError, TypeError):
        return []
    texts = held if isinstance(held, list) else [held]
    return texts if all(isinstance(each, str) for each in texts) else []


def _opaque(claims: Mapping[str, Any]) -> str | None:
    """The subject where it is a UUID, as Cognito's are; else its hash: some issuers put an e-mail
    address there, and addresses are kept nowhere."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        return None
    if _UUID.fullmatch(subject):
        return subject
    return hashlib.sha256(f"{claims.get('iss')}|{subject}".encode()).hexdigest()[:32]
