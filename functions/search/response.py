"""The response to a search; the JSON of a home is written once for each version of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from search import cursor
from search.fit_members import FitMembers
from search.near_misses import NearMiss, Relaxed
from search.query_string import SearchRequest
from shared.domain.availability import (
    admission_status_on,
    announced_beds,
    free_beds,
    phone_for_vacancies,
)
from shared.domain.documents import Document, HomeDocument, timestamp, to_json
from shared.domain.freshness import age_in_words, confirmation_age
from shared.domain.listings import Listing, chance_document
from shared.domain.uk_time import uk_day
from shared.search_index.board import Match, SearchResults
from shared.search_index.query import SearchQuery
from shared.search_index.request_records import RequestRecords

_MEMBERS = (
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
    "also_as",
    "weekly_fee_from",
    "weekly_fee_to",
    "website",
    "confirmed_at",
)


def home_members(home: HomeDocument, today: date) -> str:
    """Return the JSON members of a home in results, without braces, as they are all day.

    A day that has passed is left out.
    """
    members: dict[str, Any] = {name: home[name] for name in _MEMBERS if name in home}
    if phone := phone_for_vacancies(home):
        members["phone"] = phone
    members["admission_status"] = admission_status_on(home, today)
    members["free"] = free_beds(home)
    if suits := {
        category: counts["suits"]
        for category, counts in home["beds"].items()
        if "suits" in counts and category in members["free"]
    }:
        members["suits"] = suits
    if announced := announced_beds(home, today):
        members["available_from"] = announced
    return to_json(members)[1:-1]


def results_json(
    search: SearchRequest, results: SearchResults, now: datetime, records: RequestRecords
) -> str:
    """Return the response as JSON."""
    place, query, more = search.place, search.query, results.more_after
    head: dict[str, Any] = {
        "near": {
            "label": place.label,
            "latitude": place.point.latitude,
            "longitude": place.point.longitude,
            "approximate": place.approximate,
        },
        "radius_miles": query.radius_miles,
        "as_of": timestamp(now),
        "total": results.total,
        "next_cursor": cursor.write(more, search.fingerprint, query.as_of) if more else None,
    }
    if query.requirements:
        head["totals"] = results.totals
    if search.notices:
        head["notices"] = search.notices
    write = _result_writer(query, now, records)
    homes = ",".join([write(each) for each in results.results])
    return f'{to_json(head)[:-1]},"results":[{homes}]}}'


def near_misses_json(found: Sequence[NearMiss], now: datetime, records: RequestRecords) -> str:
    """Return near misses as JSON, each with the nearest home that it finds."""
    entries = ",".join(_near_miss(each, now, records) for each in found)
    return f'{{"as_of":"{timestamp(now)}","near_misses":[{entries}]}}'


def _near_miss(found: NearMiss, now: datetime, records: RequestRecords) -> str:
    members: dict[str, Any] = {"relaxed": found.relaxed, "total": found.total}
    if found.requirement:
        members["requirement"] = found.requirement
    if found.relaxed is Relaxed.RADIUS:
        members["radius_miles"] = found.query.radius_miles
    if found.relaxed is Relaxed.DATE:
        members["available_by"] = found.query.available_by and found.query.available_by.isoformat()
    nearest = _result_writer(found.query, now, records)(found.nearest)
    return f'{to_json(members)[:-1]},"nearest":{nearest}}}'


def _result_writer(
    query: SearchQuery, now: datetime, records: RequestRecords
) -> Callable[[Match], str]:
    """Return the function that writes a home as a result of this search."""
    # Moments in the same time zone are subtracted faster.
    utc_now, today = now.astimezone(UTC), uk_day(now)
    fit_members, weighing, names = FitMembers(query), query.weighing, query.requirements.names

    def write(match: Match) -> str:
        # The age is in words of this program, without characters to escape.
        age = age_in_words(confirmation_age(match.confirmed_at, utc_now))
        likely = weighing.most_likely(match.home.listings)
        categories = (likely[0].category,) if likely else ()
        requests = records.shown(match.location_id, (*categories, *names), today)
        return (
            f'{{"distance_miles":{match.miles:.2f},"age":"{age}",{_chance(likely)}'
            f"{fit_members.of(match)}{_requests(requests)}{match.rendered}}}"
        )

    return write


def _chance(likely: tuple[Listing, float] | None) -> str:
    """Return the members that say how likely a bed is still there, and why; none without beds."""
    if likely is None:
        return ""
    listing, chance = likely
    members = chance_document(chance, listing)
    if listing.gone:
        members["gone"] = listing.gone.shown()
    return f"{to_json(members)[1:-1]},"


def _requests(shown: list[Document]) -> str:
    """Return the member that says how the home answered the last such requests; often none."""
    return f"{to_json({'requests': shown})[1:-1]}," if shown else ""
