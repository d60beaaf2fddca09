"""What a local stack sent to people: the emulator keeps it, and delivers nothing."""

import re
from typing import Any, NamedTuple

import httpx

from local.emulator.deploy import ACCOUNT
from local.emulator.stack import LocalStack


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
