"""Write the alert that a person gets about an opening: an email and a text message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from deliver.written import Written
from shared.domain.contact_details import spaced_phone
from shared.domain.documents import Document
from shared.domain.uk_time import uk_time
from shared.messages.links import home_of_alert_page
from shared.messages.plain_text import one_line
from shared.messages.sms import fit_sms

ALERTS_IN_EMAIL: Final = 10

_LONGEST_PHONE: Final = 20
"""Characters: anything longer is not a phone number, and would not fit into a text message."""


def alert_message(event: Document, site_url: str) -> Written:
    """Write the message about what `notify` found for the team."""
    subject = f"Vacancy at {one_line(event['home']['name'])}: {_summary(event['opened'])}"
    return Written(subject, _email(event, site_url), _sms(event))


def _email(event: Document, site_url: str) -> str:
    home, alerts = event["home"], event["alerts"]
    name, phone = one_line(home["name"]), home["phone"]
    at = uk_time(datetime.fromisoformat(event["as_of"]))
    more = len(alerts) - ALERTS_IN_EMAIL
    which = (
        "one of your team's alerts" if len(alerts) == 1 else f"{len(alerts)} of your team's alerts"
    )
    lines = [
        f"{name} has a vacancy that matches {which}.",
        "",
        *(f"  {_change(beds)}" for beds in event["opened"]),
        "",
        *([_NOW_FITS, ""] if any(alert.get("came_to_fit") for alert in alerts) else []),
        one_line(f"{home['address']}, {home['postcode']}"),
        f"Phone: {spaced_phone(phone) if phone else 'not known'}",
        *([f"CQC rating: {home['rating']}"] if "rating" in home else []),
        "",
        "Your alert:" if len(alerts) == 1 else "Your alerts, the nearest first:",
        *(line for alert in alerts[:ALERTS_IN_EMAIL] for line in _alert(alert, event, site_url)),
        *([f"  and {more} more"] if more > 0 else []),
        "",
        f"This was correct at {at:%H:%M} on {at.day} {at:%B %Y}. The bed may have gone since then,"
        " so phone the home before you make plans.",
        "Open the link to see its latest vacancies, and what to ask the home for the alert. You"
        " need to sign in.",
    ]
    return "\n".join(lines) + "\n"


def _alert(alert: dict[str, Any], event: Document, site_url: str) -> list[str]:
    """Write what an alert is about but for the person, and the link that shows what to ask."""
    location_id, team = event["home"]["location_id"], event["team"]
    page = home_of_alert_page(site_url, location_id, alert["alert_id"], team)
    distance = f"The home is {alert['distance_miles']:.1f} miles away."
    return [f"  {alert_in_words(alert)} {distance}", f"  {page}"]


def alert_in_words(alert: dict[str, Any]) -> str:
    """Write what an alert is about, but for the person."""
    asks_for = alert["asks_for"]
    beds = " or ".join(map(_words, asks_for["categories"])) or "any bed"
    at_least = f", {asks_for['beds']} beds or more" if asks_for["beds"] > 1 else ""
    return (
        f"{alert['alert_id']}: {beds}{at_least}, within {alert['radius_miles']:g} miles of"
        f" {alert['near']}."
    )


def _sms(event: Document) -> str:
    """Write the text message: the home and its number first, then what there is room for."""
    nearest, others = event["alerts"][0], len(event["alerts"]) - 1
    at = uk_time(datetime.fromisoformat(event["as_of"]))
    phone = spaced_phone(event["home"]["phone"] or "")
    return fit_sms(
        one_line(event["home"]["name"]),
        (f", {phone}" if 0 < len(phone) <= _LONGEST_PHONE else "")
        + f": {_summary(event['opened'])} free at {at:%H:%M} on {at.day} {at:%b}.",
        *_asked_use(event),
        f" {nearest['distance_miles']:.1f} miles from {nearest['near']}.",
        f" Alert {nearest['alert_id']}",
        f" and {others} more" if others else "",
    )


def _summary(opened: Sequence[dict[str, Any]]) -> str:
    """Name the only category, or count the categories, so that it is short."""
    if len(opened) == 1:
        return _beds(opened[0])
    total = sum(beds["accepting"] for beds in opened)
    return f"{total} beds in {len(opened)} categories"


_NOW_FITS: Final = (
    "It did not fit before: its CQC rating, or what it says of its beds and of whom it takes, has"
    " changed."
)


def _change(beds: dict[str, Any]) -> str:
    """Say how many beds are free, and what else they may serve as, which an alert may want."""
    uses = " or ".join(map(_words, beds.get("also_as", ())))
    free = f"{_beds(beds)} free ({beds['before']} before)"
    return f"{free}, also as {uses}" if uses else free


def _asked_use(event: Document) -> list[str]:
    """Name what a bed may serve as that the alerts want, where none wants its own category."""
    asked = {name for alert in event["alerts"] for name in alert["asks_for"]["categories"]}
    uses = [
        use
        for beds in event["opened"]
        if beds["category"] not in asked
        for use in beds.get("also_as", ())
        if use in asked
    ]
    return [f" May serve as {' or '.join(map(_words, dict.fromkeys(uses)))}."] if uses else []


def _beds(beds: dict[str, Any]) -> str:
    plural = "" if beds["accepting"] == 1 else "s"
    return f"{beds['accepting']} {_words(beds['category'])} bed{plural}"


def _words(category: str) -> str:
    return category.replace("_", " ")
