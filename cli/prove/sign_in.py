"""Sign people in through the pool's own pages, as a browser does: forms, a code, and PKCE."""

import base64
import hashlib
import hmac
import json
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx

from cli.errors import CommandError

_MOST_PAGES: Final = 10
_USERNAME_FIELDS: Final = frozenset({"username", "signinformusername"})
_CODE_WORDS: Final = ("code", "otp", "totp", "mfa")
_STEP_SECONDS: Final = 30


class SignInError(CommandError):
    """The sign-in pages did not let the person in; the message says where it ended."""


class Tokens(NamedTuple):
    """What the token endpoint gave."""

    access: str
    refresh: str

    @property
    def claims(self) -> dict[str, Any]:
        """The claims of the access token."""
        return decode_claims(self.access)


class Person(NamedTuple):
    """Someone who can sign in."""

    username: str
    password: str
    authenticator: str = ""
    """The secret of their authenticator app, in base 32; empty without a second step."""


def decode_claims(token: str) -> dict[str, Any]:
    """Return the claims of a token, whose signature is not looked at."""
    part = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def one_time_code(secret: str, at: float) -> str:
    """Return the six digits that an authenticator app shows at a time (RFC 6238)."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(at) // _STEP_SECONDS)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(int(number) & 0x7FFFFFFF) % 1_000_000:06d}"


@dataclass
class _Form(HTMLParser):
    """The form of a page that asks for a password, a name or a code."""

    forms: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    """Of each form: its address, the values of its fields, and their types."""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((values.get("action", ""), {}, {}))
        elif tag == "input" and self.forms and values.get("name"):
            _, fields, types = self.forms[-1]
            fields[values["name"]] = values.get("value", "")
            types[values["name"]] = values.get("type", "text").lower()


class SignInPages:
    """The sign-in pages of a user pool, for one client of it."""

    def __init__(
        self,
        open_client: Callable[[], httpx.Client],
        sign_in_url: str,
        client_id: str,
        redirect_uri: str,
        *,
        takes_codes_once: bool = True,
    ) -> None:
        """`open_client` gives a browser without cookies."""
        self._open, self._url = open_client, sign_in_url.rstrip("/")
        self.client_id, self.redirect_uri = client_id, redirect_uri
        self._takes_codes_once, self._used = takes_codes_once, set[tuple[str, str]]()

    def sign_in(self, person: Person, scope: str = "openid") -> Tokens:
        """Return the tokens of a person. Raises SignInError."""
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        query = {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": scope,
            "state": secrets.token_urlsafe(16),
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        with self._open() as browser:
            code = self._walk(browser, f"{self._url}/oauth2/authorize?{urlencode(query)}", person)
            return self._tokens(
                browser,
                {
                    "grant_type": "authorization_code",
                    "code": code,
                    "code_verifier": verifier,
                    "redirect_uri": self.redirect_uri,
                },
            )

    def next_code(self, secret: str) -> str:
        """Return a code of an authenticator app that was not used yet; it waits for one."""
        deadline = time.monotonic() + _STEP_SECONDS + 1
        while True:
            code = one_time_code(secret, time.time())
            is_new = (secret, code) not in self._used or not self._takes_codes_once
            if is_new or time.monotonic() > deadline:
                self._used.add((secret, code))
                return code
            time.sleep(0.5)

    def refresh(self, refresh_token: str) -> Tokens:
        """Return new tokens for a refresh token. Raises SignInError."""
        with self._open() as browser:
            new = self._tokens(
                browser, {"grant_type": "refresh_token", "refresh_token": refresh_token}
            )
        return new if new.refresh else new._replace(refresh=refresh_token)

    def authorize(self, redirect_uri: str) -> httpx.Response:
        """Ask for the sign-in page with some address to come back to, and return the answer."""
        query = {"client_id": self.client_id, "redirect_uri": redirect_uri}
        query |= {"response_type": "code", "scope": "openid"}
        with self._open() as browser:
            return browser.get(f"{self._url}/oauth2/authorize?{urlencode(query)}")

    def sign_out(self, to: str) -> httpx.Response:
        """Ask to be signed out and led to an address, as the pages do, and return the answer."""
        query = {"client_id": self.client_id, "logout_uri": to}
        with self._open() as browser:
            return browser.get(f"{self._url}/logout?{urlencode(query)}")

    def token_endpoint_for(self, origin: str) -> httpx.Response:
        """Ask the token endpoint for nothing, as a page of an origin, and return the answer."""
        with self._open() as browser:
            return browser.post(
                f"{self._url}/oauth2/token",
                data={"grant_type": "refresh_token", "client_id": self.client_id},
                headers={"Origin": origin},
            )

    def _walk(self, browser: httpx.Client, url: str, person: Person) -> str:
        """Fill in page after page until one leads back with a code, and return the code."""
        response = browser.get(url)
        for _ in range(_MOST_PAGES):
            if location := response.headers.get("location"):
                target = urljoin(str(response.request.url), location)
                if target.startswith(self.redirect_uri):
                    query = parse_qs(urlsplit(target).query)
                    if "code" in query:
                        return str(query["code"][0])
                    raise SignInError(
                        f"the sign-in ended with {query.get('error', ['no code'])[0]}"
                    )
                response = browser.get(target)
                continue
            response = self._submit(browser, response, person)
        raise SignInError(f"the sign-in did not end after {_MOST_PAGES} pages")

    def _submit(
        self, browser: httpx.Client, response: httpx.Response, person: Person
    ) -> httpx.Response:
        page = _Form()
        page.feed(response.text)
        for action, fields, types in page.forms:
            filled = self._fill_in(fields, types, person)
            if filled:
                target = urljoin(str(response.request.url), action)
                answer = browser.post(target, data=filled)
                if answer.status_code == httpx.codes.OK and answer.text == response.text:
                    break
                return answer
        raise SignInError(
            f"the sign-in page answered {response.status_code} without a form that can be filled in"
            " here: it may need JavaScript, or it refused what was typed"
        )

    def _tokens(self, browser: httpx.Client, grant: dict[str, str]) -> Tokens:
        response = browser.post(
            f"{self._url}/oauth2/token",
            data={"client_id": self.client_id, **grant},
        )
        if not response.is_success:
            raise SignInError(f"the token endpoint answered {response.status_code}")
        document = response.json()
        return Tokens(document["access_token"], document.get("refresh_token", ""))

    def _fill_in(
        self, fields: dict[str, str], types: dict[str, str], person: Person
    ) -> dict[str, str] | None:
        """Return a form's fields as the person types; None where it asks for nothing known."""
        filled, is_known = dict(fields), False
        for name, kind in types.items():
            if kind == "password":
                filled[name], is_known = person.password, True
            elif name.lower() in _USERNAME_FIELDS:
                filled[name], is_known = person.username, True
            elif (
                kind != "hidden"
                and person.authenticator
                and any(word in name.lower() for word in _CODE_WORDS)
            ):
                filled[name] = self.next_code(person.authenticator)
                is_known = True
        return filled if is_known else None
