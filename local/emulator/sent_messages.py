"""What a local stack sent to people: the emulator keeps it, and delivers nothing."""

import re
from typing import Any, Final, NamedTuple

import httpx

from local.emulator.deploy import ACCOUNT
from local.emulator.stack import LocalStack

_TOKEN_THAT_POSTS: Final = re.compile(r"/y#([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")
_CODE_THAT_POSTS: Final = re.compile(r"\b[Cc]ode ([0-9A-Z]{5}-[0-9A-Z]{5})\b")


class PostingSecrets(NamedTuple):
    """What a message holds that posts for a home: the token of its link, and the code."""

    token: str
    code: str


def posting_secrets(message: str) -> PostingSecrets:
    """Return what the message posts with. Raises ValueError where it holds no link that posts."""
    (token,), (code,) = _TOKEN_THAT_POSTS.findall(message), _CODE_THAT_POSTS.findall(message)
    return PostingSecrets(token, code)


class SentEmail(NamedTuple):
    """An email that the emulator's SES took."""

    subject: str
    text: str

    @property
    def tokens(self) -> list[str]:
        """The tokens of the links to the page `messages.html` in it."""
        return re.findall(r"/messages\.html#([A-Za-z0-9_-]{22})", self.text)


def emails_to(stack: LocalStack, address: str) -> list[SentEmail]:
    """Return the emails to an address, oldest first."""
    query = {"account": ACCOUNT}
    response = httpx.get(f"{stack.endpoint_url}/_ministack/ses/messages", params=query, timeout=30)
    kept: list[dict[str, Any]] = response.json()["messages"].get(ACCOUNT, [])
    return [SentEmail(each["Subject"], each["BodyText"]) for each in kept if address in each["To"]]


def texts_to(stack: LocalStack, number: str) -> list[str]:
    """Return the texts to a number such as `+447700900123`, oldest first."""
    query = {"account": ACCOUNT, "region": stack.region, "phoneNumber": number}
    response = httpx.get(
        f"{stack.endpoint_url}/_ministack/sns/sms-messages", params=query, timeout=30
    )
    kept: dict[str, list[dict[str, Any]]] = response.json()["sms_messages"]
    return [each["Message"] for each in kept.get(number, [])]
