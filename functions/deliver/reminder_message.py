"""Write to the people of a home, with a link that posts: a reminder, or a question about a bed."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from deliver.written import Written
from shared.domain.documents import Document
from shared.domain.freshness import age_in_words
from shared.domain.uk_time import uk_time
from shared.messages.links import posting_page
from shared.messages.plain_text import one_line
from shared.messages.sms import fit_sms
from shared.store.posting_links import LinkSecrets


def reminder_message(event: Document, site_url: str, link: LinkSecrets | None) -> Written:
    """Write the reminder; the event says when the home last confirmed, or that it never did."""
    name, confirmed_at = one_line(event["name"]), event["confirmed_at"]
    sent_at = datetime.fromisoformat(event["sent_at"])
    age = age_in_words(sent_at - datetime.fromisoformat(confirmed_at) if confirmed_at else None)
    way = _way_to_post(event, site_url, link)
    return Written(
        f"Please check your vacancies: {name}",
        f"The vacancies of {name} were {age}.\n"
        "\n"
        f"Hospital discharge teams look at them before they phone you. {way.text}",
        fit_sms(name, f": please check your vacancies: {way.page}", way.code, f" They were {age}."),
    )


def still_free_message(event: Document, site_url: str, link: LinkSecrets | None) -> Written:
    """Ask whether a bed is still free after a team was told that it is gone."""
    name = one_line(event["name"])
    bed = f"{event['category'].replace('_', ' ')} bed"
    told = uk_time(datetime.fromisoformat(event["told_at"]))
    way = _way_to_post(event, site_url, link)
    return Written(
        f"Still free, or gone? {name}",
        f"A hospital team was told at {told:%H:%M} that the {bed} of {name} has gone. Is it still "
        "free?\n"
        "\n"
        f"Teams see your answer at once. {way.text}",
        fit_sms(
            name,
            f": still free, or gone? {way.page}",
            way.code,
            f" A team was told that the {bed} has gone.",
        ),
    )


class _WayToPost(NamedTuple):
    """How the reader of a message answers it."""

    page: str
    code: str
    """The end of a text message that gives the link's code; empty without a link."""
    text: str


def _way_to_post(event: Document, site_url: str, link: LinkSecrets | None) -> _WayToPost:
    """Return the way by the link; without one, as the home's staff stopped them, by signing in."""
    update_url = f"{site_url}update.html?home={quote(event['location_id'])}"
    if link is None:
        return _WayToPost(update_url, "", _by_signing_in(update_url))
    page = posting_page(site_url, link.token.text)
    text = _with_link(page, link, site_url, update_url)
    return _WayToPost(page, f" Code {link.code.spaced}", text)


def _with_link(page: str, link: LinkSecrets, site_url: str, update_url: str) -> str:
    return (
        "With this link you can say that nothing has changed, or what has. You do not have to sign "
        "in:\n"
        "\n"
        f"{page}\n"
        "\n"
        f"If it does not work, go to {posting_page(site_url)} and enter the code "
        f"{link.code.spaced}\n"
        "\n"
        "The link and the code are for you alone, for 36 hours or until the next reminder. Do not "
        "forward this email.\n"
        "\n"
        "The staff of the home choose who gets these reminders. Sign in to change that:\n"
        "\n"
        f"{update_url}\n"
    )


def _by_signing_in(update_url: str) -> str:
    return (
        "If nothing has changed, you can confirm them with one tap:\n"
        "\n"
        f"{update_url}\n"
        "\n"
        "On the same page, the staff of the home choose who gets these reminders.\n"
    )
