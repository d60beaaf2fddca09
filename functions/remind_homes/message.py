"""What a home is told whose numbers are old: which home, how old, and where to say how it is."""

from datetime import timedelta
from typing import Final, NamedTuple
from urllib.parse import quote

from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.freshness import age_in_words
from shared.messages.plain_text import ascii_only, gsm, one_line

LONGEST_SMS: Final = 150
"""One text message of 160 characters, less the `Bedboard> ` that SNS puts before it."""

LONGEST_SUBJECT: Final = 99


class Reminder(NamedTuple):
    """One publication; each protocol of SNS takes its own text, the rest take the default."""

    subject: str
    text_by_protocol: dict[str, str]


def compose(home: HomeDocument, age: timedelta | None, site_url: str) -> Reminder:
    """The reminder of a home whose numbers are of this age; None: it never said any."""
    name, how_old = one_line(home["name"]), age_in_words(age)
    address = f"{site_url}update.html?home={quote(home['location_id'])}"
    subject = ascii_only(f"Please check your vacancies: {name}")
    return Reminder(
        subject[:LONGEST_SUBJECT].rstrip(),
        {
            "default": to_json(_for_machines(home, address)),
            "email": _email(name, how_old, address),
            "sms": _sms(name, how_old, address),
        },
    )


def _for_machines(home: HomeDocument, address: str) -> Document:
    return {
        "event": "numbers_are_old",
        "location_id": home["location_id"],
        "name": home["name"],
        "confirmed_at": home.get("confirmed_at"),
        "update_url": address,
    }


def _email(name: str, how_old: str, address: str) -> str:
    return (
        f"The vacancies of {name} were {how_old}.\n"
        "\n"
        "Discharge teams look at them before they phone. If nothing has changed, one tap says so:\n"
        "\n"
        f"{address}\n"
        "\n"
        "The staff of the home choose on that page who gets these reminders.\n"
    )


def _sms(name: str, how_old: str, address: str) -> str:
    """The name gives way where room is short; the address never does."""
    rest = gsm(f": vacancies {how_old}. Please check: {address}")
    return gsm(name)[: max(0, LONGEST_SMS - len(rest))].rstrip() + rest
