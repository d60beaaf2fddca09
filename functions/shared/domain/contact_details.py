"""Read email addresses, phone numbers and websites as people type or paste them; mask them.

Every form, file and command reads them here. Each reader returns the normal form in which the
value is stored, or None where the text is not such a value; the caller says so, with the matching
`..._EXPECTED`, and never repeats the text, because it is personal.
"""

import re
from typing import Final

from shared.domain.typed_text import visible_text

EMAIL_EXPECTED: Final = "an email address, such as a.carer@example.org"
EMAIL_BEGINNING_EXPECTED: Final = "how an email address begins, such as a.carer"
PHONE_EXPECTED: Final = (
    "one United Kingdom telephone number without an extension, such as 01632 960001"
)
MOBILE_EXPECTED: Final = "a United Kingdom mobile number, such as 07700 900123"
WEBSITE_EXPECTED: Final = "a web address, such as https://www.example.org/home"

LONGEST_EMAIL: Final = 254
LONGEST_WEBSITE: Final = 200

_LONGEST_LOCAL_PART: Final = 64
_LONGEST_TYPED_PHONE: Final = 40

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label begins with a letter, so no IP address is a host.
_HOST = rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]"
_LOCAL_PART = r"[a-z0-9_'+&-]+(?:\.[a-z0-9_'+&-]+)*"

_INTERNET_HOST = re.compile(_HOST, re.ASCII)
_EMAIL = re.compile(rf"{_LOCAL_PART}@{_HOST}", re.ASCII)
# Nothing that a filter of Cognito's would take for more than a letter.
_EMAIL_BEGINNING = re.compile(r"[a-z0-9_'+&.@-]+", re.ASCII)
_INSIDE_A_NETWORK = frozenset(
    {"localhost", "local", "internal", "lan", "home", "corp", "test", "invalid", "arpa"}
)

# Ofcom's numbering plan: ten digits after the 0, or nine in some places and on some freephone
# numbers. Left out are 04 and 06 (unused), 09 (premium rate), 070 (personal numbers, expensive to
# call) and 076 (pagers).
_UK_NUMBER = re.compile(
    r"(?:(?:\+|00)?440?|0)([12358][0-9]{9}|7[1-57-9][0-9]{8}|[18][0-9]{8})", re.ASCII
)
_BETWEEN_DIGITS = re.compile(r"[ ().\-\u2012-\u2015]")
_BEFORE_PHONE = re.compile(r"tel(?:ephone)?[:.]? *", re.IGNORECASE)

# An area code of four digits after the 0: the page's spacedPhone has the same rule.
_UNSPACED_PHONE = re.compile(r"(0[0-9]{4})([0-9]{5,6})", re.ASCII)

# No user information (an email address is not a website), no port, no quotes and no brackets.
_WEBSITE = re.compile(
    r"(?:(https?)://)?([a-z0-9.-]+)(/[a-z0-9_./~%#?=&+:,;!*$-]*)?", re.ASCII | re.IGNORECASE
)

# As email programs write an address, with the name before it.
_NAMED_EMAIL = re.compile(r"([^<>]*)<([^<>]*)>")
_AFTER_TEXT: Final = " .,;"
"""What a sentence or a list leaves at the end of what is copied from it."""


def email_address(text: str) -> str | None:
    """Return the address in lower case: no provider tells two people apart by capital letters."""
    lower = _without_name(visible_text(text).rstrip(_AFTER_TEXT).lower())
    fits = len(lower) <= LONGEST_EMAIL and lower.find("@") <= _LONGEST_LOCAL_PART
    return lower if fits and _EMAIL.fullmatch(lower) else None


def email_beginning(text: str) -> str | None:
    """Return the first characters of an email address, or a whole one, in lower case."""
    if whole := email_address(text):
        return whole
    lower = visible_text(text).lower()
    return lower if len(lower) <= LONGEST_EMAIL and _EMAIL_BEGINNING.fullmatch(lower) else None


def masked_email(email: str) -> str:
    """Return `j***@nhs.net`: enough to recognise the address, too little to write to it."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}"


def phone_number(text: str) -> str | None:
    """Return the digits of a UK number, such as `01632960001`.

    Reads `01632 960 001`, `(01632) 960-001`, `+44 1632 960001` and `+44 (0)1632 960001` alike.
    """
    number = _national_number(text)
    return f"0{number}" if number else None


def spaced_phone(phone: str) -> str:
    """Return a stored phone number as people read it out, such as `01632 960001`.

    A number that is not stored as the digits of a UK number, as a foreign one, stays as it is.
    """
    match = _UNSPACED_PHONE.fullmatch(phone)
    return f"{match[1]} {match[2]}" if match else phone


def mobile_number(text: str) -> str | None:
    """Return a UK mobile number in international form, such as `+447700900123`."""
    number = _national_number(text)
    return f"+44{number}" if number and number.startswith("7") else None


def web_address(text: str) -> str | None:
    """Return the web address of a named host on the internet, with its scheme.

    `www.example.org` becomes `https://www.example.org`.
    """
    typed = visible_text(text).rstrip(_AFTER_TEXT)
    if typed.startswith("<") and typed.endswith(">"):
        typed = typed[1:-1]
    match = _WEBSITE.fullmatch(typed)
    if not match:
        return None
    scheme, host, path = match[1] or "https", match[2].lower(), match[3] or ""
    address = f"{scheme.lower()}://{host}{path}"
    return address if len(address) <= LONGEST_WEBSITE and is_internet_host(host) else None


def is_internet_host(host: str) -> bool:
    """Tell whether a host, in lower case, is a name on the internet.

    An IP address and a name inside a network, such as `printer.local`, are not.
    """
    if not _INTERNET_HOST.fullmatch(host):
        return False
    return host.rsplit(".", 1)[-1] not in _INSIDE_A_NETWORK


def _national_number(text: str) -> str | None:
    """Return the digits after the 0 or +44."""
    typed = visible_text(text).rstrip(_AFTER_TEXT)
    if len(typed) > _LONGEST_TYPED_PHONE:
        return None
    if prefix := _BEFORE_PHONE.match(typed):
        typed = typed[prefix.end() :]
    match = _UK_NUMBER.fullmatch(_BETWEEN_DIGITS.sub("", typed))
    return match[1] if match else None


def _without_name(typed: str) -> str:
    """Return `ward@example.org` of `Ward Seven <ward@example.org>`, unless the name is an address.

    Two addresses are none: which of them is meant is not ours to say.
    """
    match = _NAMED_EMAIL.fullmatch(typed)
    if not match:
        return typed.removeprefix("mailto:")
    name, address = match[1].strip(" \"'"), match[2].strip().removeprefix("mailto:")
    return typed if "@" in name and name != address else address
