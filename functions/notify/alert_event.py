"""Describe an opening to one team: what systems get as JSON, and what people's messages say."""

from collections.abc import Sequence
from typing import Final

from notify.opening import Opening
from notify.streamed_change import StreamedChange
from shared.domain.alert import Alert
from shared.domain.availability import phone_for_vacancies
from shared.domain.documents import Document, timestamp
from shared.domain.geo import Point, miles_between
from shared.domain.listings import listing_documents
from shared.messages.plain_text import one_line

_HOME_PROPERTIES: Final = (
    "location_id",
    "name",
    "address",
    "postcode",
    "latitude",
    "longitude",
    "rating",
)


def alert_event(
    streamed: StreamedChange, opening: Opening, alerts: Sequence[Alert], wrong: float
) -> Document:
    """Return the event for one team: `alerts` are those of its alerts that the change matches.

    `wrong` is the share of posts that list one bed more than there is. Alerts are listed with the
    nearest to the home first. What they ask for a person is left out: topics, queues and dead
    letters must not hold it. A team's systems ask for it by itself.
    """
    home, stamped = streamed.change.document, streamed.stamped
    point = Point(home["latitude"], home["longitude"])
    matches = sorted(
        (
            (miles_between(alert.point, point), alert.alert_id, alert, opening.beds_for(alert))
            for alert in alerts
        ),
        key=lambda match: match[:2],
    )
    phone = phone_for_vacancies(home)
    listed = listing_documents(home, stamped, wrong)
    chances = {each["chance_basis"]["category"]: each for each in listed}
    return {
        "event": "vacancy_opened",
        "change_id": streamed.change_id,
        "changed_at": timestamp(stamped),
        "as_of": home.get("confirmed_at", timestamp(stamped)),
        "team": alerts[0].team,
        "home": {
            **{name: home[name] for name in _HOME_PROPERTIES if name in home},
            "phone": one_line(phone) if phone else None,
        },
        "opened": [
            beds.to_document() | chances.get(beds.category, {})
            for beds in opening.free
            if any(beds in match[-1] for match in matches)
        ],
        "alerts": [
            {
                "alert_id": alert.alert_id,
                "near": alert.near,
                "radius_miles": alert.radius_miles,
                "distance_miles": round(miles, 1),
                **({"came_to_fit": True} if opening.came_to_fit(alert) else {}),
                "categories": [each.category for each in beds],
                "asks_for": {"categories": list(alert.categories), "beds": alert.beds},
            }
            for miles, _, alert, beds in matches
        ],
    }
