"""The discharge team that a request is about."""

from typing import Final

from shared.http.request import Request

PARAMETERS: Final = frozenset({"team"})


def team_of_caller(request: Request) -> str:
    """Return the team that the caller acts for; `?team=` names it if they belong to several.

    Raises SignInNeededError, ForbiddenError, RefusedError.
    """
    params = request.query_params(PARAMETERS)
    team = params.text("team")
    params.check()
    return request.caller().require_team(team)
