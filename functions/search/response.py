"""What a search is answered: each home's part is written once for each version, not each time."""

from datetime import UTC, datetime
from typing import Any

from search import cursor
from search.query_string import Question
from shared.domain.availability import announced_beds, free_beds, phone_for_vacancies
from shared.domain.documents import HomeDocument, timestamp, to_json
from shared.domain.freshness import age_in_words, freshness
from shared.search_index.board import Match, SearchResults

_SHOWN = (
    "location_id",
    "version",
    "name",
    "address",
    "postcode",
    "local_authority",
    "latitude",
    "longitude",
    "rating",
    "nursing",
    "registered_beds",
    "service_user_bands",
    "features",
    "weekly_fee_from",
    "weekly_fee_to",
    "website",
    "admission_status",
    "confirmed_at",
)


def standing_part(home: HomeDocument) -> str:
    """What does not depend on who asks or when: an object's members without its braces."""
    shown: dict[str, Any] = {name: home[name] for name in _SHOWN if name in home}
    if phone := phone_for_vacancies(home):
        shown["phone"] = phone
    shown["free"] = free_beds(home)
    if coming := announced_beds(home):
        shown["available_from"] = coming
    return to_json(shown)[1:-1]


def rendered(question: Question, found: SearchResults, now: datetime) -> str:
    """The answer as JSON."""
    place, more = question.place, found.more_after
    head = {
        "near": {
            "label": place.label,
            "latitude": place.point.latitude,
            "longitude": place.point.longitude,
            "approximate": place.approximate,
        },
        "radius_miles": question.wanted.radius_miles,
        "as_of": timestamp(now),
        "total": found.total,
        "next_cursor": cursor.write(more, question.fingerprint) if more else None,
    }
    results = ",".join(_result(match, now) for match in found.results)
    return f'{to_json(head)[:-1]},"results":[{results}]}}'


def _result(match: Match, now: datetime) -> str:
    # The words are of this module's own making, without anything to escape.
    age = now.astimezone(UTC) - match.confirmed_at if match.confirmed_at else None
    return (
        f'{{"distance_miles":{match.miles:.2f},"age":"{age_in_words(age)}",'
        f'"freshness":"{freshness(age)}",{match.shown}}}'
    )
