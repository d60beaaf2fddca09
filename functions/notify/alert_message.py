"""Write the alert that a team gets: plain words by email and text message, JSON for machines."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from notify.alert_index import NewlyFreeBeds, beds_for
from shared.domain.alert import Alert
from shared.domain.availability import phone_for_vacancies
from shared.domain.contact_details import spaced_phone
from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.geo import Point, miles_between
from shared.domain.uk_time import uk_time
from shared.domain.vocabulary import BedCategory
from shared.messages.plain_text import one_line
from shared.messages.sns import SnsMessage, fit_sms, sns_message
from shared.store.change_log import Change

ALERTS_IN_EMAIL: Final = 10

_LONGEST_PHONE: Final = 20
"""Characters: anything longer is not a phone number, and would not fit into a text message."""

_HOME_PROPERTIES: Final = (
    "location_id",
    "name",
    "address",
    "postcode",
    "latitude",
    "longitude",
    "rating",
)


class _Match(NamedTuple):
    """An alert that the change matches: with which beds, and how far the home is from its place."""

    alert: Alert
    beds: list[NewlyFreeBeds]
    miles: float


class _Contents(NamedTuple):
    """What the message tells; `matches` begins with the alert nearest to the home."""

    home: HomeDocument
    name: str
    phone: str | None
    """The number to ring, as it is stored."""
    confirmed_at: str
    free: list[NewlyFreeBeds]
    matches: list[_Match]


def alert_message(
    change: Change, stamped: datetime, free: Sequence[NewlyFreeBeds], alerts: Sequence[Alert]
) -> SnsMessage:
    """Write the message for one team: `alerts` are those of its alerts that the change matches."""
    home = change.document
    point = Point(home["latitude"], home["longitude"])
    matches = sorted(
        (
            _Match(alert, beds_for(alert, free), miles_between(alert.point, point))
            for alert in alerts
        ),
        key=lambda match: (match.miles, match.alert.alert_id),
    )
    phone = phone_for_vacancies(home)
    contents = _Contents(
        home,
        one_line(home["name"]),
        one_line(phone) if phone else None,
        home.get("confirmed_at", timestamp(stamped)),
        [beds for beds in free if any(beds in match.beds for match in matches)],
        matches,
    )
    return sns_message(
        f"Vacancy at {contents.name}: {_summary(contents.free)}",
        email=_email(contents),
        sms=_sms(contents),
        event=_event(change.change_id, contents),
    )


def _event(change_id: str, contents: _Contents) -> Document:
    home = contents.home
    return {
        "event": "vacancy_opened",
        "change_id": change_id,
        "as_of": contents.confirmed_at,
        "team": contents.matches[0].alert.team,
        "home": {
            **{name: home[name] for name in _HOME_PROPERTIES if name in home},
            "phone": contents.phone,
        },
        "opened": [beds._asdict() for beds in contents.free],
        "alerts": [
            {
                "alert_id": match.alert.alert_id,
                "near": match.alert.near,
                "radius_miles": match.alert.radius_miles,
                "distance_miles": round(match.miles, 1),
                "categories": [beds.category for beds in match.beds],
            }
            for match in contents.matches
        ],
    }


def _email(contents: _Contents) -> str:
    home, name, matches = contents.home, contents.name, contents.matches
    at = uk_time(datetime.fromisoformat(contents.confirmed_at))
    more = len(matches) - ALERTS_IN_EMAIL
    which = (
        "one of your team's alerts"
        if len(matches) == 1
        else f"{len(matches)} of your team's alerts"
    )
    lines = [
        f"{name} has a vacancy that matches {which}.",
        "",
        *(f"  {_beds(beds)} free ({beds.before} before)" for beds in contents.free),
        "",
        one_line(f"{home['address']}, {home['postcode']}"),
        f"Phone: {spaced_phone(contents.phone) if contents.phone else 'not known'}",
        *([f"CQC rating: {home['rating']}"] if "rating" in home else []),
        "",
        "Your alert:" if len(matches) == 1 else "Your alerts, the nearest first:",
        *(f"  {_criteria(match)}" for match in matches[:ALERTS_IN_EMAIL]),
        *([f"  and {more} more"] if more > 0 else []),
        "",
        f"This was correct at {at:%H:%M} on {at.day} {at:%B %Y}. The bed may have gone since then,"
        " so phone the home before you make plans.",
        f"To see its latest vacancies, look up {name} ({home['location_id']}) in Bedboard.",
    ]
    return "\n".join(lines) + "\n"


def _criteria(match: _Match) -> str:
    alert = match.alert
    beds = " or ".join(map(_words, alert.categories)) or "any bed"
    at_least = f", {alert.beds} beds or more" if alert.beds > 1 else ""
    return (
        f"{alert.alert_id}: {beds}{at_least}, within {alert.radius_miles:g} miles of {alert.near}."
        f" The home is {match.miles:.1f} miles away."
    )


def _sms(contents: _Contents) -> str:
    """Write the text message: the home and its number first, then what there is room for."""
    nearest, others = contents.matches[0], len(contents.matches) - 1
    at = uk_time(datetime.fromisoformat(contents.confirmed_at))
    phone = spaced_phone(contents.phone or "")
    return fit_sms(
        contents.name,
        (f", {phone}" if 0 < len(phone) <= _LONGEST_PHONE else "")
        + f": {_summary(contents.free)} free at {at:%H:%M} on {at.day} {at:%b}.",
        f" {nearest.miles:.1f} miles from {nearest.alert.near}.",
        f" Alert {nearest.alert.alert_id}",
        f" and {others} more" if others else "",
    )


def _summary(free: Sequence[NewlyFreeBeds]) -> str:
    """Name the only category, or count the categories, so that it is short."""
    if len(free) == 1:
        return _beds(free[0])
    total = sum(beds.accepting for beds in free)
    return f"{total} beds in {len(free)} categories"


def _beds(beds: NewlyFreeBeds) -> str:
    plural = "" if beds.accepting == 1 else "s"
    return f"{beds.accepting} {_words(beds.category)} bed{plural}"


def _words(category: BedCategory) -> str:
    return category.replace("_", " ")
