"""The reminder to a home that its vacancies are old, as each protocol sends it."""

from datetime import timedelta
from urllib.parse import quote

from shared.domain.documents import Document, HomeDocument
from shared.domain.freshness import age_in_words
from shared.messages.plain_text import one_line
from shared.messages.sns import SnsMessage, fit_sms, sns_message


def reminder_message(home: HomeDocument, age: timedelta | None, site_url: str) -> SnsMessage:
    """Write the reminder to a home that confirmed so long ago; None if it never did."""
    name, age_text = one_line(home["name"]), age_in_words(age)
    update_url = f"{site_url}update.html?home={quote(home['location_id'])}"
    return sns_message(
        f"Please check your vacancies: {name}",
        email=_email(name, age_text, update_url),
        sms=fit_sms(
            name, f": please check your vacancies: {update_url}", f" They were {age_text}."
        ),
        event=_event(home, update_url),
    )


def _event(home: HomeDocument, update_url: str) -> Document:
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
