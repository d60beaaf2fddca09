"""Cognito's event before it issues tokens: version 2, which also shapes the access token.

From "Pre token generation Lambda trigger" in the Amazon Cognito Developer Guide.
"""

from collections.abc import Sequence
from typing import Any

from shared.http.roles import SECOND_STEP_CLAIM, SECOND_STEP_NEEDED


def groups_in(event: dict[str, Any]) -> list[str]:
    """Return the groups of the person who signs in."""
    configuration = event["request"].get("groupConfiguration") or {}
    return list(configuration.get("groupsToOverride") or ())


def response_with(
    event: dict[str, Any], groups: Sequence[str], *, is_withheld: bool
) -> dict[str, Any]:
    """Return the response that puts these groups into both tokens.

    Groups are always written: Cognito takes an empty override as no groups at all. Where some are
    withheld, a claim tells the pages and the API why.
    """
    claims = {SECOND_STEP_CLAIM: SECOND_STEP_NEEDED} if is_withheld else {}
    configuration = event["request"].get("groupConfiguration") or {}
    return {
        "claimsAndScopeOverrideDetails": {
            "idTokenGeneration": {"claimsToAddOrOverride": claims},
            "accessTokenGeneration": {"claimsToAddOrOverride": claims},
            "groupOverrideDetails": {**configuration, "groupsToOverride": list(groups)},
        }
    }
