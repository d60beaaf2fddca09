"""The configuration of the pages says where people sign in."""

from typing import Any

from infra.council.model import Council
from infra.council.pages_config import pages_config


def sign_in(sign_in_url: str, account_url: str = "") -> dict[str, Any]:
    """Return the part of the configuration that is about signing in."""
    config = pages_config(
        Council.model_validate({"slug": "ours", "name": "Our Council"}),
        issuer="https://issuer.example/pool",
        client_id="client",
        sign_in_url=sign_in_url,
        account_url=account_url,
    )
    section: dict[str, Any] = config["sign_in"]
    return section


def test_a_user_pools_endpoints_are_listed() -> None:
    assert sign_in("https://sign-in.example")["endpoints"] == {
        "authorization_endpoint": "https://sign-in.example/oauth2/authorize",
        "token_endpoint": "https://sign-in.example/oauth2/token",
        "end_session_endpoint": "https://sign-in.example/logout",
        "revocation_endpoint": "https://sign-in.example/oauth2/revoke",
    }


def test_the_pages_learn_where_people_set_up_a_second_step() -> None:
    assert sign_in("https://sign-in.example", "https://account.example/")["account"] == {
        "url": "https://account.example/",
        "scope": "openid aws.cognito.signin.user.admin",
        "second_step_for": "council",
    }


def test_other_issuers_look_after_second_steps_themselves() -> None:
    assert sign_in("")["account"] is None


def test_other_issuers_publish_their_own_endpoints() -> None:
    assert sign_in("")["endpoints"] is None
