"""The reminder to a home that its vacancies are old, as each protocol sends it."""

from datetime import timedelta
from typing import Final, NamedTuple
from urllib.parse import quote

from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.freshness import age_in_words
from shared.messages.plain_text import ascii_only, gsm, one_line

LONGEST_SMS: Final = 150
"""One text message has 160 characters; SNS puts `Bedboard> ` before the text."""

LONGEST_SUBJECT: Final = 99
"""Characters; SNS refuses 100 or more."""


class Reminder(NamedTuple):
    """One message to publish; a protocol without a text of its own gets the default."""

    subject: str
    text_by_protocol: dict[str, str]


def compose(home: HomeDocument, age: timedelta | None, site_url: str) -> Reminder:
    """Write the reminder to a home that confirmed so long ago; None if it never did."""
    name, age_text = one_line(home["name"]), age_in_words(age)
    update_url = f"{site_url}update.html?home={quote(home['location_id'])}"
    subject = ascii_only(f"Please check your vacancies: {name}")
    return Reminder(
        subject[:LONGEST_SUBJECT].rstrip(),
        {
            "default": to_json(_for_machines(home, update_url)),
            "email": _email(name, age_text, update_url),
            "sms": _sms(name, age_text, update_url),
        },
    )


def _for_machines(home: HomeDocument, update_url: str) -> Document:
    return {
        "event": "vacancies_are_old",
        "location_id": home["location_id"],
        "name": home["name"],
        "confirmed_at": home.get("confirmed_at"),
        "update_url": update_url,
    }


def _email(name: str, age_text: str, update_url: str) -> str:
    return (
        f"The vacancies of {name} were {age_text}.\n"
        "\n"
        "Hospital discharge teams look at them before they phone you. If nothing has changed, you "
        "can confirm them with one tap:\n"
        "\n"
        f"{update_url}\n"
        "\n"
        "On the same page, the staff of the home choose who gets these reminders.\n"
    )


def _sms(name: str, age_text: str, update_url: str) -> str:
    """Shorten the name where the text is too long, never the address."""
    rest = gsm(f": vacancies {age_text}. Please check: {update_url}")
    return gsm(name)[: max(0, LONGEST_SMS - len(rest))].rstrip() + rest
