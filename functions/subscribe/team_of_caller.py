"""The discharge team that a request is about, read before any of its other fields."""

from typing import Final

from pydantic import ConfigDict

from shared.http.body import Body
from shared.http.request import Request

PARAMETERS: Final = frozenset({"team"})


def team_of_caller(request: Request) -> str:
    """Return the team that the caller acts for; `?team=` names it if they belong to several.

    Raises SignInNeededError, ForbiddenError, RefusedError.
    """
    caller = request.caller()
    caller.require_some_team()
    params = request.query_params(PARAMETERS)
    team = caller.require_team(params.text("team"))
    params.check()
    return team


class _TeamOfBody(Body):
    """The team in a body, whatever else the body has."""

    model_config = ConfigDict(extra="ignore")

    team: str | None = None


def team_of_body(request: Request) -> str:
    """Return the team that the caller acts for; `team` names it if they belong to several.

    Raises SignInNeededError, ForbiddenError, TooLargeError, MalformedError, RefusedError.
    """
    caller = request.caller()
    caller.require_some_team()
    return caller.require_team(request.body(_TeamOfBody).team)
