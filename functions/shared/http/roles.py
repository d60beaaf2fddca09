"""The roles that people have: `council`, `team:<slug>` or `home:<location id>`.

A role is the name of a group, which an issuer puts into the token of each member.
"""

from typing import Final

from shared.domain.errors import Problem, RefusedError
from shared.domain.identifiers import LONGEST_TEAM, is_location_id, is_team

COUNCIL: Final = "council"
HOME_PREFIX: Final = "home:"
TEAM_PREFIX: Final = "team:"

SECOND_STEP_CLAIM: Final = "second_step"
"""The claim of a token without some of its person's roles; its value is SECOND_STEP_NEEDED."""
SECOND_STEP_NEEDED: Final = "needed"
"""The person gets those roles once they sign in with a second step."""


def parse_role(text: str) -> str:
    """Return the role, if it has the form of one. Raises RefusedError."""
    if not is_role(text):
        raise RefusedError(
            Problem(
                "role",
                "'council', 'home:' with a CQC location id, or 'team:' with the team's name: up to "
                f"{LONGEST_TEAM} of a-z, 0-9 and single '-' between them",
            )
        )
    return text


def is_role(text: str) -> bool:
    """Tell whether a group's name has the form of a role."""
    return text == COUNCIL or home_of_role(text) is not None or team_of_role(text) is not None


def home_of_role(text: str) -> str | None:
    """Return the location id of the home whose staff have this role; None for all other texts."""
    location_id = text.removeprefix(HOME_PREFIX)
    return location_id if text.startswith(HOME_PREFIX) and is_location_id(location_id) else None


def team_of_role(text: str) -> str | None:
    """Return the discharge team whose members have this role; None for all other texts."""
    team = text.removeprefix(TEAM_PREFIX)
    return team if text.startswith(TEAM_PREFIX) and is_team(team) else None
