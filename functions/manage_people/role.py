"""A role that somebody has here: `council`, `team:<slug>` or `home:<location id>`."""

from typing import Final

from shared.domain.errors import Problem, RefusedError
from shared.http.callers import LOCATION_ID, TEAM, TEAM_LENGTH

COUNCIL: Final = "council"

_HOME: Final = "home:"
_TEAM: Final = "team:"


def checked(text: str) -> str:
    """The role itself, if it has the form of one. Raises RefusedError."""
    if not is_role(text):
        raise RefusedError(
            Problem(
                "role",
                "'council', 'home:' with a CQC location id, or 'team:' with the team's name: up to "
                f"{TEAM_LENGTH} of a-z, 0-9 and single '-' between them",
            )
        )
    return text


def is_role(text: str) -> bool:
    """Whether the name of a group is that of a role."""
    if text == COUNCIL:
        return True
    team = text.removeprefix(_TEAM)
    if team != text:
        return len(team) <= TEAM_LENGTH and TEAM.fullmatch(team) is not None
    home = home_of(text)
    return home is not None and LOCATION_ID.fullmatch(home) is not None


def home_of(role: str) -> str | None:
    """The location id of the home whose staff it makes; None of another role."""
    return role.removeprefix(_HOME) if role.startswith(_HOME) else None
