"""The addresses that can be notified, and how the API shows them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from shared.domain.contact_details import (
    EMAIL_EXPECTED,
    MOBILE_EXPECTED,
    email_address,
    is_internet_host,
    masked_email,
    mobile_number,
)
from shared.domain.errors import Problem, RefusedError
from shared.domain.member import Protocol
from shared.domain.typed_text import visible_text


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its normal form. A person's is personal data, and stored only encrypted."""

    protocol: Protocol
    endpoint: str

    @classmethod
    def parse(cls, protocol: Protocol, text: str) -> "Address":
        """Return the address in its normal form. Raises RefusedError, which does not repeat it."""
        read, expected = _READERS[protocol]
        endpoint = read(visible_text(text)) if len(text) <= _MAX_LENGTH else None
        if endpoint is None:
            raise RefusedError(Problem("address", expected))
        return cls(protocol, endpoint)

    @classmethod
    def parse_personal(cls, protocol: Protocol, text: str) -> "Address":
        """Return the address of a person in its normal form. Raises RefusedError."""
        if protocol not in _OF_PEOPLE:
            raise RefusedError(Problem("protocol", f"one of {', '.join(_OF_PEOPLE)}"))
        return cls.parse(protocol, text)

    @property
    def is_personal(self) -> bool:
        """Tell whether it is a person's and not a system's."""
        return self.protocol in _OF_PEOPLE

    @property
    def masked(self) -> str:
        """Return what its owner can recognise: `j***@nhs.net`, `+44*******123`."""
        if self.protocol is Protocol.EMAIL:
            return masked_email(self.endpoint)
        if self.protocol is Protocol.SMS:
            return f"{self.endpoint[:3]}{'*' * (len(self.endpoint) - 6)}{self.endpoint[-3:]}"
        if self.protocol is Protocol.HTTPS:
            return f"https://{urlsplit(self.endpoint).hostname}/***"
        return self.endpoint.rsplit(":", 1)[-1]


_OF_PEOPLE: Final = (Protocol.EMAIL, Protocol.SMS)

_MAX_LENGTH: Final = 500

_URL_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?&=%+,;!$'()*@]+", re.ASCII)
_QUEUE = re.compile(r"arn:aws:sqs:[a-z]{2}(-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,80}", re.ASCII)


def _https(text: str) -> str | None:
    """Return the address of a named host on the internet, never of one inside a network."""
    if not _URL_CHARACTERS.fullmatch(text):
        return None
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        return None
    is_named = is_internet_host(url.hostname or "")
    fits = url.scheme == "https" and is_named and "@" not in url.netloc and port in (None, 443)
    return text if fits else None


def _queue(text: str) -> str | None:
    return text if _QUEUE.fullmatch(text) else None


_READERS: Final[Mapping[Protocol, tuple[Callable[[str], str | None], str]]] = {
    Protocol.EMAIL: (email_address, EMAIL_EXPECTED),
    Protocol.SMS: (mobile_number, MOBILE_EXPECTED),
    Protocol.HTTPS: (
        _https,
        "an https:// address of a named host, without a user name and a port, such as"
        " https://discharge.example.nhs.uk/vacancies",
    ),
    Protocol.SQS: (
        _queue,
        "the ARN of a standard SQS queue, such as arn:aws:sqs:eu-west-2:123456789012:vacancies",
    ),
}
