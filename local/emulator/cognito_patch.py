"""Let the emulator's user pool do what Cognito does about second steps.

ministack reads the groups of a trigger's answer from another place than Cognito does, forgets a
person's groups and the time when a sign-in is renewed, does not look at a token's scopes, and asks
for no code on its sign-in page. Each would let a local run pass where AWS fails, or the opposite.
"""

# ruff: noqa: ANN401, SLF001 - a module without types, of which this replaces private parts

import functools
import secrets
from collections.abc import Callable
from html import escape
from typing import Any, Final
from urllib.parse import parse_qs

Response = tuple[int, dict[str, str], bytes]

ACCOUNT_SCOPE: Final = "aws.cognito.signin.user.admin"

_SECTIONS: Final = ("idTokenGeneration", "accessTokenGeneration")

_NEEDS_SCOPE: Final = (
    "_get_user",
    "_associate_software_token",
    "_verify_software_token",
    "_set_user_mfa_preference",
    "_global_sign_out",
)

_TOTP: Final = "SOFTWARE_TOKEN_MFA"


def install(cognito: Any) -> None:
    """Replace the parts of ministack's `services.cognito` that differ from Cognito."""
    cognito._extract_trigger_response = with_groups_in_each_section(
        cognito._extract_trigger_response
    )
    cognito._fake_token = _with_groups_on_renewal(cognito)
    cognito._signed_jwt = _with_time_of_sign_in(cognito._signed_jwt)
    for name in _NEEDS_SCOPE:
        setattr(cognito, name, _with_scope_checked(cognito, getattr(cognito, name)))
    _ask_for_code(cognito)


def with_groups_in_each_section(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Wrap the reader of a trigger's answer: Cognito reads the groups beside the two sections."""

    @functools.wraps(read)
    def moved(payload: Any) -> Any:
        response = read(payload)
        details = (response or {}).get("claimsAndScopeOverrideDetails") or {}
        if groups := details.get("groupOverrideDetails"):
            for section in _SECTIONS:
                details[section] = {
                    **(details.get(section) or {}),
                    "groupOverrideDetails": groups,
                }
        return response

    return moved


def _with_groups_on_renewal(cognito: Any) -> Callable[..., str]:
    issue: Callable[..., str] = cognito._fake_token

    @functools.wraps(issue)
    def issued(sub: str, pool_id: str, *args: Any, **more: Any) -> str:
        if more.get("trigger_source") == "TokenGeneration_RefreshTokens":
            users = cognito._get_pool_unscoped(pool_id)["_users"].values()
            (groups,) = [u.get("_groups", []) for u in users if _sub_of(u) == sub] or [[]]
            more["groups"] = more.get("groups") or groups
        return issue(sub, pool_id, *args, **more)

    return issued


def _with_time_of_sign_in(sign: Callable[..., str]) -> Callable[..., str]:
    """Keep the time of the sign-in in renewed tokens: a page refuses those of another one."""
    signed_in: dict[str, int] = {}

    @functools.wraps(sign)
    def signed(claims: dict[str, Any], *args: Any) -> str:
        if "auth_time" in claims:
            claims["auth_time"] = signed_in.setdefault(claims["origin_jti"], claims["auth_time"])
        return sign(claims, *args)

    return signed


def _sub_of(user: dict[str, Any]) -> str:
    return next((each["Value"] for each in user["Attributes"] if each["Name"] == "sub"), "")


def _with_scope_checked(cognito: Any, act: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(act)
    def checked(request: dict[str, Any]) -> Any:
        token = request.get("AccessToken")
        if token and ACCOUNT_SCOPE not in cognito._token_claims(token).get("scope", "").split():
            return cognito.error_response_json(
                "NotAuthorizedException", "Access Token does not have required scopes", 400
            )
        return act(request)

    return checked


def _ask_for_code(cognito: Any) -> None:
    """Have the sign-in page ask whoever has an authenticator app for its code."""
    submit: Callable[..., Response] = cognito.handle_login_submit
    issue: Callable[..., Response] = cognito._issue_auth_code_redirect
    waiting: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {}

    def page(token: str, error: str = "") -> Response:
        message = f'<div class="error">{escape(error)}</div>' if error else ""
        form = f"""{message}
<form method="POST" action="/login">
<input type="hidden" name="code_token" value="{token}">
<label for="code">Security code</label>
<input type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" autofocus>
<button type="submit">Sign in</button>
</form>"""
        html: str = cognito._page_shell("Sign in", "Enter the code from your app", form)
        return 200, {"Content-Type": "text/html; charset=utf-8"}, html.encode()

    def issued(client_id: str, pool_id: str, *args: Any) -> Response:
        username = args[2]
        user = cognito._get_pool_unscoped(pool_id)["_users"].get(username, {})
        if _TOTP not in user.get("_mfa_enabled", []) or not user.get("_totp_secret"):
            return issue(client_id, pool_id, *args)
        token = secrets.token_urlsafe()
        waiting[token] = (user, (client_id, pool_id, *args))
        return page(token)

    def submitted(method: str, path: str, headers: Any, body: bytes, query: Any) -> Response:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        token = form.get("code_token", "")
        if token not in waiting:
            return submit(method, path, headers, body, query)
        user, request = waiting[token]
        if not cognito._totp_matches(user["_totp_secret"], form.get("code", "")):
            return page(token, "Invalid code. Try again.")
        del waiting[token]
        return issue(*request)

    cognito._issue_auth_code_redirect = issued
    cognito.handle_login_submit = submitted
