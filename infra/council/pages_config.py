"""`/config.json`: what the pages know about their council and about where to sign in."""

from typing import Any, Final

from infra.council.model import Council

ACCOUNT_SCOPE: Final = "openid aws.cognito.signin.user.admin"
"""The scopes of a token with which people set up a second step, and which nothing else needs."""


def pages_config(
    council: Council, *, issuer: str, client_id: str, sign_in_url: str, account_url: str
) -> dict[str, Any]:
    """Return the document.

    `sign_in_url` is the address of a user pool's sign-in pages, and `account_url` of the service
    where people set up a second step. Without them, the pages read the endpoints from the discovery
    document of the OpenID Connect issuer, which looks after second steps itself.
    """
    endpoints = {
        "authorization_endpoint": f"{sign_in_url}/oauth2/authorize",
        "token_endpoint": f"{sign_in_url}/oauth2/token",
        "end_session_endpoint": f"{sign_in_url}/logout",
        "revocation_endpoint": f"{sign_in_url}/oauth2/revoke",
    }
    account = {
        "url": account_url,
        "scope": ACCOUNT_SCOPE,
        "second_step_for": council.second_step_for,
    }
    return {
        "council": {
            "name": council.name,
            "contact": council.contact,
            "colour": council.colour,
            "privacy_url": council.privacy_url,
            "accessibility_url": council.accessibility_url,
        },
        "sign_in": {
            "issuer": issuer,
            "client_id": client_id,
            "groups_claim": council.groups_claim,
            "scope": council.oidc_scope,
            "endpoints": endpoints if sign_in_url else None,
            "account": account if account_url else None,
        },
        "search": {"public": council.search_is_public},
        "messages": {"email": bool(council.email_from), "sms": bool(council.sms_sender_id)},
        "map": {"tiles_url": council.map_tiles_url, "attribution": council.map_attribution},
    }
