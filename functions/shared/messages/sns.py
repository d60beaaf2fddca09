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


def fit_sms(name: str, text: str, *endings: str) -> str:
    """Join the parts of a text message so that it stays one message.

    The name comes first, with its text, which is never left out: it holds the phone number or the
    web address. The name is shortened to make room for it. Each ending follows if there is room.
    """
    fixed = gsm(text)[:LONGEST_SMS]
    message = _shortened(gsm(name).strip(), LONGEST_SMS - len(fixed)) + fixed
    for ending in map(gsm, endings):
        if len(message) + len(ending) <= LONGEST_SMS:
            message += ending
    return message


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: max(0, longest - len(_CUT))].rstrip(" ,.-") + _CUT[:longest]


_CUT: Final = "..."
