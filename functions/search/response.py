"""The response to a search; the JSON of a home is written once for each version of it."""

from collections.abc import Sequence
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
from shared.domain.documents import HomeDocument, timestamp, to_json
from shared.domain.freshness import age_in_words, confirmation_age
from shared.domain.listings import Weighing, chance_document
from shared.search_index.board import Match, SearchResults

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


def results_json(search: SearchRequest, results: SearchResults, now: datetime) -> str:
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
    # Moments in the same time zone are subtracted faster.
    utc_now = now.astimezone(UTC)
    fit_members, weighing = FitMembers(query), query.weighing
    homes = ",".join([_result(each, fit_members, weighing, utc_now) for each in results.results])
    return f'{to_json(head)[:-1]},"results":[{homes}]}}'


def near_misses_json(found: Sequence[NearMiss], now: datetime) -> str:
    """Return near misses as JSON, each with the nearest home that it finds."""
    utc_now = now.astimezone(UTC)
    entries = ",".join(_near_miss(each, utc_now) for each in found)
    return f'{{"as_of":"{timestamp(now)}","near_misses":[{entries}]}}'


def _near_miss(found: NearMiss, now: datetime) -> str:
    members: dict[str, Any] = {"relaxed": found.relaxed, "total": found.total}
    if found.requirement:
        members["requirement"] = found.requirement
    if found.relaxed is Relaxed.RADIUS:
        members["radius_miles"] = found.query.radius_miles
    if found.relaxed is Relaxed.DATE:
        members["available_by"] = found.query.available_by and found.query.available_by.isoformat()
    query = found.query
    nearest = _result(found.nearest, FitMembers(query), query.weighing, now)
    return f'{to_json(members)[:-1]},"nearest":{nearest}}}'


def _result(match: Match, fit_members: FitMembers, weighing: Weighing, now: datetime) -> str:
    # The age is in words of this program, without characters to escape.
    age = age_in_words(confirmation_age(match.confirmed_at, now))
    return (
        f'{{"distance_miles":{match.miles:.2f},"age":"{age}",{_chance(match, weighing)}'
        f"{fit_members.of(match)}{match.rendered}}}"
    )


def _chance(match: Match, weighing: Weighing) -> str:
    """Return the members that say how likely a bed is still there, and why; none without beds."""
    best = weighing.most_likely(match.home.listings)
    if best is None:
        return ""
    listing, chance = best
    members = chance_document(chance, listing)
    if listing.gone:
        members["gone"] = listing.gone.shown()
    return f"{to_json(members)[1:-1]},"
