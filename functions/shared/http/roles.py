"""The roles that people have: `council`, `team:<slug>` or `home:<location id>`.

A role is the name of a group, which an issuer puts into the token of each member.
"""

from typing import Final

from shared.domain.errors import Problem, RefusedError
from shared.http.callers import LOCATION_ID, TEAM, TEAM_LENGTH

COUNCIL: Final = "council"
HOME_PREFIX: Final = "home:"
TEAM_PREFIX: Final = "team:"


def parse_role(text: str) -> str:
    """Return the role, if it has the form of one. Raises RefusedError."""
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
    """Tell whether a group's name has the form of a role."""
    if text == COUNCIL:
        return True
    if text.startswith(TEAM_PREFIX):
        team = text.removeprefix(TEAM_PREFIX)
        return len(team) <= TEAM_LENGTH and TEAM.fullmatch(team) is not None
    location_id = home_of_role(text)
    return location_id is not None and LOCATION_ID.fullmatch(location_id) is not None


def home_of_role(role: str) -> str | None:
    """Return the location id of the home whose staff have this role; None for other roles."""
    return role.removeprefix(HOME_PREFIX) if role.startswith(HOME_PREFIX) else None
