"""What a team is told of an opening: words for e-mail and text message, JSON for machines."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from notify.alert_index import Opening, firing
from shared.domain.alert import Alert
from shared.domain.availability import phone_for_vacancies
from shared.domain.documents import Document, HomeDocument, timestamp, to_json
from shared.domain.geo import Point, miles_between
from shared.domain.vocabulary import BedCategory
from shared.messages.plain_text import ascii_only, gsm, one_line
from shared.messages.uk_time import on_the_wall
from shared.store.change_log import Change

LONGEST_SMS: Final = 150
"""One text message of 160 characters, less the `Bedboard> ` that SNS puts before it."""

LONGEST_SUBJECT: Final = 99

ALERTS_IN_EMAIL: Final = 10


class Message(NamedTuple):
    """One publication; each protocol of SNS takes its own text, the rest take the default."""

    subject: str
    text_by_protocol: dict[str, str]


class _Fit(NamedTuple):
    """An alert that fired: on what, and how far the home is from its place."""

    alert: Alert
    opened: list[Opening]
    miles: float


def compose(
    change: Change, stamped: datetime, opened: Sequence[Opening], alerts: Sequence[Alert]
) -> Message:
    """The message for the team of these alerts, all of which the change fired."""
    home = change.document
    here = Point(home["latitude"], home["longitude"])
    fits = sorted(
        (_Fit(alert, firing(alert, opened), miles_between(alert.point, here)) for alert in alerts),
        key=lambda fit: (fit.miles, fit.alert.alert_id),
    )
    fired = [opening for opening in opened if any(opening in fit.opened for fit in fits)]
    name = one_line(home["name"])
    subject = ascii_only(f"Vacancy at {name}: {_beds_in_words(fired)}")
    return Message(
        subject[:LONGEST_SUBJECT].rstrip(),
        {
            "default": to_json(_for_machines(change, stamped, fired, fits)),
            "email": _email(name, home, stamped, fired, fits),
            "sms": _sms(name, home, stamped, fired, fits),
        },
    )


def _for_machines(
    change: Change, stamped: datetime, fired: Sequence[Opening], fits: Sequence[_Fit]
) -> Document:
    home = change.document
    shown = ("location_id", "name", "address", "postcode", "latitude", "longitude", "rating")
    return {
        "event": "vacancy_opened",
        "change_id": change.change_id,
        "as_of": home.get("confirmed_at", timestamp(stamped)),
        "team": fits[0].alert.team,
        "home": {
            **{name: home[name] for name in shown if name in home},
            "phone": _phone(home),
        },
        "opened": [opening._asdict() for opening in fired],
        "alerts": [
            {
                "alert_id": fit.alert.alert_id,
                "near": fit.alert.near,
                "radius_miles": fit.alert.radius_miles,
                "distance_miles": round(fit.miles, 1),
                "categories": [opening.category for opening in fit.opened],
            }
            for fit in fits
        ],
    }


def _email(
    name: str, home: HomeDocument, stamped: datetime, fired: Sequence[Opening], fits: Sequence[_Fit]
) -> str:
    at = _as_of(home, stamped)
    more = len(fits) - ALERTS_IN_EMAIL
    lines = [
        f"{name} has a vacancy that your team is waiting for.",
        "",
        *(f"  {_capital(_beds(opening))} (before: {opening.was})" for opening in fired),
        "",
        one_line(f"{home['address']}, {home['postcode']}"),
        f"Phone: {_phone(home) or 'not known'}",
        *([f"CQC rating: {home['rating']}"] if "rating" in home else []),
        "",
        "It fits this alert:" if len(fits) == 1 else f"It fits {len(fits)} of your alerts:",
        *(f"  {_alert(fit)}" for fit in fits[:ALERTS_IN_EMAIL]),
        *([f"  and {more} more"] if more > 0 else []),
        "",
        f"This is as the home had it at {at:%H:%M} on {at.day} {at:%B %Y}. Please phone before"
        " you plan: the bed may be taken by now.",
        f"To see how it stands, look up {name} ({home['location_id']}) in Bedboard.",
    ]
    return "\n".join(lines) + "\n"


def _alert(fit: _Fit) -> str:
    alert = fit.alert
    wanted = " or ".join(map(_words, alert.categories)) or "any bed"
    at_least = f", {alert.beds} beds or more" if alert.beds > 1 else ""
    return (
        f"{alert.alert_id}: {wanted}{at_least}, within {alert.radius_miles:g} miles of"
        f" {alert.near}; this is {fit.miles:.1f} miles away"
    )


def _as_of(home: HomeDocument, stamped: datetime) -> datetime:
    """When the home said so, as its clocks and the team's show it."""
    said = home.get("confirmed_at")
    return on_the_wall(datetime.fromisoformat(said) if said else stamped)


def _sms(
    name: str, home: HomeDocument, stamped: datetime, fired: Sequence[Opening], fits: Sequence[_Fit]
) -> str:
    """The name gives way where room is short; the phone number never does."""
    nearest, at = fits[0], _as_of(home, stamped)
    phone = _phone(home)
    rest = (
        f": {_beds_in_words(fired)} at {at:%H:%M} on {at.day} {at:%b}."
        f" {nearest.miles:.1f} miles from {nearest.alert.near}."
        + (f" Phone {phone}." if phone and len(phone) <= _LONGEST_PHONE else "")
        + f" Alert {nearest.alert.alert_id}"
        + (f" and {len(fits) - 1} more" if len(fits) > 1 else "")
    )
    text = gsm(rest)
    return gsm(name)[: LONGEST_SMS - len(text)].rstrip() + text


_LONGEST_PHONE: Final = 20


def _beds_in_words(fired: Sequence[Opening]) -> str:
    """Short enough for a text message, whatever has opened."""
    if len(fired) == 1:
        return _beds(fired[0])
    total = sum(opening.accepting for opening in fired)
    return f"{total} beds in {len(fired)} categories"


def _beds(opening: Opening) -> str:
    plural = "" if opening.accepting == 1 else "s"
    return f"{opening.accepting} {_words(opening.category)} bed{plural}"


def _words(category: BedCategory) -> str:
    return category.replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _phone(home: HomeDocument) -> str | None:
    phone = phone_for_vacancies(home)
    return one_line(phone) if phone else None
