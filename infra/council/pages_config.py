"""`/config.json`: all that the pages know of their council and of where to sign in."""

from typing import Any


def configuration(
    *,
    council_name: str,
    contact: str,
    issuer: str,
    client_id: str,
    sign_in_url: str,
    groups_claim: str = "cognito:groups",
    colour: str = "",
    map_tiles_url: str = "",
    map_attribution: str = "",
    search_is_public: bool = False,
    privacy_url: str = "",
    accessibility_url: str = "",
    scope: str = "openid",
) -> dict[str, Any]:
    """The document; `contact` is the line that people in trouble read.

    Without a `sign_in_url` (a user pool's own pages) the issuer's discovery document says where
    its endpoints are, as any OpenID Connect issuer's does.
    """
    endpoints = {
        "authorization_endpoint": f"{sign_in_url}/oauth2/authorize",
        "token_endpoint": f"{sign_in_url}/oauth2/token",
        "end_session_endpoint": f"{sign_in_url}/logout",
    }
    return {
        "council": {
            "name": council_name,
            "contact": contact,
            "colour": colour,
            "privacy_url": privacy_url,
            "accessibility_url": accessibility_url,
        },
        "sign_in": {
            "issuer": issuer,
            "client_id": client_id,
            "groups_claim": groups_claim,
            "scope": scope,
            "endpoints": endpoints if sign_in_url else None,
        },
        "search": {"public": search_is_public},
        "map": {"tiles_url": map_tiles_url, "attribution": map_attribution},
    }
