"""Take out of a record what must not be in a repository: accounts, people, tokens, addresses.

Two nets, one over the other. What this run knows (its account, its people, the names of its stack)
is replaced wherever it stands, and so is whatever has the form of something that is never written
down.
What stands in its place has the same form, so that an event still reads like one.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

ACCOUNT: Final = "123456789012"

_FORMS: Final = (
    # A token of three parts, and the beginnings of one that was cut off.
    (re.compile(r"eyJ[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*){0,4}"), "token"),
    (re.compile(r"(?i)\bbearer\s+[^\s\"',]+"), "Bearer token"),
    (re.compile(r"\b(AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b"), "AKIAEXAMPLE"),
    (re.compile(r"(?i)(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s\"']+"), r"\1redacted"),
    (
        re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"),
        "someone@example.org",
    ),
    (
        re.compile(r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
        "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    ),
    (re.compile(r"\b[a-z]{2}(-[a-z]+)+-\d_[A-Za-z0-9]{9}\b"), "eu-west-2_pool00000"),
    (re.compile(r"\b[a-z0-9-]+\.cloudfront\.net\b"), "site.cloudfront.net"),
    (re.compile(r"\b[a-z0-9]+\.execute-api\."), "api.execute-api."),
    (re.compile(r"\b[a-z0-9-]+\.auth\.([a-z0-9-]+)\.amazoncognito\.com\b"), "sign-in.example.org"),
    (re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), "192.0.2.1"),
    # Whole addresses of version 6, and those with a gap. A time has only two colons.
    (re.compile(r"(?i)(?<!\w)(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?!\w)"), "2001:db8::1"),
    (re.compile(r"(?i)(?<!\w)[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*::[0-9a-f:]+(?!\w)"), "2001:db8::1"),
    # Before telephone numbers, which may be as long. Not within a longer number.
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), ACCOUNT),
    (re.compile(r"(?<![\w.])(?:\+|00)\d[\d ()-]{7,16}\d(?!\w)"), "+441632960000"),
    (re.compile(r"(?<![\w.#-])0[1-9]\d{2,4}[ -]?\d{3}[ -]?\d{3,4}(?![\w-])"), "01632960000"),
)

_SECRET_NAMES: Final = re.compile(
    r"(?i)^(authorization|cookie|set-cookie|password|token|access_?token|refresh_?token|id_?token"
    r"|signature|x-amz-security-token|secret\w*|receipt_?handle|unsubscribe_?url|subscribe_?url"
    r"|signingcert_?url|sourceip|x-forwarded-for|cloudfront-viewer-address|jti|origin_jti|event_id"
    r"|policy|x-amz-credential)$"
)
"""Names of values that are taken out whole, whatever they look like."""

REDACTED: Final = "redacted"


class Redactor:
    """Takes out what one run knows, and what has the form of a secret."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known` maps what this run knows to what stands in its place."""
        # The longest first: one may be a part of another.
        self._known = sorted(
            ((text, instead) for text, instead in known.items() if len(text) > 2),
            key=lambda each: -len(each[0]),
        )

    def text(self, text: str) -> str:
        """Return the text without secrets."""
        for known, instead in self._known:
            text = text.replace(known, instead)
        for form, instead in _FORMS:
            text = form.sub(instead, text)
        return text

    def json(self, value: Any) -> Any:  # noqa: ANN401 - anything that JSON can hold
        """Return the same structure without secrets, in its keys and its values."""
        match value:
            case str():
                return self.text(value)
            case bool() | None:
                return value
            case int() | float():
                return self._number(value)
            case Mapping():
                return {
                    self.text(str(name)): REDACTED
                    if _SECRET_NAMES.match(str(name)) and isinstance(each, str)
                    else self.json(each)
                    for name, each in value.items()
                }
            case list() | tuple():
                return [self.json(each) for each in value]
        return self.text(str(value))

    def _number(self, number: float) -> float | str:
        """Return a number, unless it is one that may not be written down."""
        text = str(number)
        return number if self.text(text) == text else self.text(text)
