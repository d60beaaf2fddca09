"""Keep a text message within one message, which is what it costs."""

from typing import Final

from shared.messages.plain_text import gsm

LONGEST_SMS: Final = 160
"""Characters of the basic alphabet of GSM 03.38."""


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
