"""What the pages are told of their stack."""

from typing import Any

from infra.council.pages_config import configuration


def told(**other: Any) -> dict[str, Any]:
    return configuration(
        council_name="Example County Council",
        contact="01632 960001",
        issuer="https://issuer.example/pool",
        client_id="client",
        **{"sign_in_url": "https://sign-in.example", **other},
    )


def test_a_user_pools_pages_are_named_one_by_one() -> None:
    assert told()["sign_in"]["endpoints"] == {
        "authorization_endpoint": "https://sign-in.example/oauth2/authorize",
        "token_endpoint": "https://sign-in.example/oauth2/token",
        "end_session_endpoint": "https://sign-in.example/logout",
    }


def test_any_other_issuer_says_itself_where_its_endpoints_are() -> None:
    assert told(sign_in_url="")["sign_in"]["endpoints"] is None
