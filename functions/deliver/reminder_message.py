"""Write the reminder to the people of a home that its vacancies are old."""

from datetime import datetime
from urllib.parse import quote

from deliver.written import Written
from shared.domain.documents import Document
from shared.domain.freshness import age_in_words
from shared.messages.plain_text import one_line
from shared.messages.sms import fit_sms


def reminder_message(event: Document, site_url: str) -> Written:
    """Write the reminder; the event says when the home last confirmed, or that it never did."""
    name, confirmed_at = one_line(event["name"]), event["confirmed_at"]
    sent_at = datetime.fromisoformat(event["sent_at"])
    age = sent_at - datetime.fromisoformat(confirmed_at) if confirmed_at else None
    update_url = f"{site_url}update.html?home={quote(event['location_id'])}"
    return Written(
        f"Please check your vacancies: {name}",
        _email(name, age_in_words(age), update_url),
        fit_sms(
            name, f": please check your vacancies: {update_url}", f" They were {age_in_words(age)}."
        ),
    )


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
