"""Where a member of a team is told: which addresses are taken, and how they are shown again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from shared.domain.errors import Problem, RefusedError


class Protocol(StrEnum):
    """Those of SNS's that a team has a use for."""

    EMAIL = "email"
    SMS = "sms"
    HTTPS = "https"
    SQS = "sqs"


@dataclass(frozen=True, slots=True)
class Address:
    """An address as SNS has it. It is personal: SNS keeps it, nothing else does."""

    protocol: Protocol
    endpoint: str

    @classmethod
    def checked(cls, protocol: Protocol, text: str) -> "Address":
        """The address in its normal form. Raises RefusedError, which does not repeat it."""
        read, expected = _READERS[protocol]
        endpoint = read(text.strip()) if len(text) <= _LONGEST else None
        if endpoint is None:
            raise RefusedError(Problem("address", expected))
        return cls(protocol, endpoint)

    @property
    def masked(self) -> str:
        """Enough for its owner to recognise it: `j***@nhs.net`, `+44*******123`."""
        if self.protocol is Protocol.EMAIL:
            name, _, domain = self.endpoint.rpartition("@")
            return f"{name[:1]}***@{domain}"
        if self.protocol is Protocol.SMS:
            return f"{self.endpoint[:3]}{'*' * (len(self.endpoint) - 6)}{self.endpoint[-3:]}"
        if self.protocol is Protocol.HTTPS:
            return f"https://{urlsplit(self.endpoint).hostname}/***"
        return self.endpoint.rsplit(":", 1)[-1]


_LONGEST: Final = 500

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])"
_EMAIL = re.compile(rf"[a-z0-9_'+&-]+(?:\.[a-z0-9_'+&-]+)*@{_DOMAIN}", re.ASCII)
_LONGEST_EMAIL, _LONGEST_LOCAL_PART = 254, 64

# 070 are personal numbers, dear to call, and 076 pagers.
_MOBILE = re.compile(r"\+447[1-57-9][0-9]{8}", re.ASCII)

_HOST = re.compile(_DOMAIN, re.ASCII)
_URL_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?&=%+,;!$'()*@]+", re.ASCII)
_INSIDE = ("localhost", "local", "internal", "lan", "home", "corp", "test", "invalid", "arpa")

_QUEUE = re.compile(r"arn:aws:sqs:[a-z]{2}(-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,80}", re.ASCII)


def _email(text: str) -> str | None:
    """In lower case: no provider tells two people apart by it."""
    lower = text.lower()
    fits = len(lower) <= _LONGEST_EMAIL and lower.find("@") <= _LONGEST_LOCAL_PART
    return lower if fits and _EMAIL.fullmatch(lower) else None


def _mobile(text: str) -> str | None:
    digits = re.sub(r"[ ()-]", "", text)
    if digits.startswith("07"):
        digits = "+44" + digits[1:]
    return digits if _MOBILE.fullmatch(digits) else None


def _https(text: str) -> str | None:
    """Of a named host on the internet: not a way to reach what is inside a network."""
    if not _URL_CHARACTERS.fullmatch(text):
        return None
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        return None
    host = url.hostname or ""
    is_named = _HOST.fullmatch(host) and host.rsplit(".", 1)[-1] not in _INSIDE
    fits = url.scheme == "https" and is_named and "@" not in url.netloc and port in (None, 443)
    return text if fits else None


def _queue(text: str) -> str | None:
    return text if _QUEUE.fullmatch(text) else None


_READERS: Final[Mapping[Protocol, tuple[Callable[[str], str | None], str]]] = {
    Protocol.EMAIL: (_email, "an e-mail address, such as ward.7@example.nhs.uk"),
    Protocol.SMS: (_mobile, "a mobile number of the United Kingdom, such as +447700900123"),
    Protocol.HTTPS: (
        _https,
        "an https:// address of a named host, without user name and port, such as"
        " https://discharge.example.nhs.uk/vacancies",
    ),
    Protocol.SQS: (
        _queue,
        "the ARN of a standard SQS queue, such as arn:aws:sqs:eu-west-2:123456789012:vacancies",
    ),
}
