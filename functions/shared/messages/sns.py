"""One SNS message with a text for each protocol, within the limits of SNS and of a text message."""

from typing import Final, NamedTuple

from shared.domain.documents import Document, to_json
from shared.messages.plain_text import ascii_only, gsm

LONGEST_SMS: Final = 150
"""Characters: one text message has 160, and SNS puts `Bedboard> ` before the text."""

LONGEST_SUBJECT: Final = 99
"""Characters: SNS refuses 100 or more."""


class SnsMessage(NamedTuple):
    """A message to publish; a protocol without a text of its own gets the default, JSON."""

    subject: str
    text_by_protocol: dict[str, str]


def sns_message(subject: str, *, email: str, sms: str, event: Document) -> SnsMessage:
    """Build the message: `event` is for machines, over HTTPS and SQS."""
    return SnsMessage(
        ascii_only(subject)[:LONGEST_SUBJECT].rstrip(),
        {"default": to_json(event), "email": email, "sms": sms},
    )


def fit_sms(name: str, text: str, ending: str = "") -> str:
    """Join the parts of a text message so that it stays one message.

    If there is too little room the ending is left out, and then the name is shortened. The text is
    never shortened: it holds the phone number or the web address.
    """
    fixed = gsm(text + ending)
    if len(fixed) > LONGEST_SMS:
        fixed = gsm(text)
    return gsm(name)[: max(0, LONGEST_SMS - len(fixed))].rstrip() + fixed
