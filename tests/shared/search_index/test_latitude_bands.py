"""A search is exact wherever homes lie, and measures few distances."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import dist
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome, Register
from shared.domain.chance import FillRecord, Likelihood, chance_left, likelihood
from shared.domain.geo import Point, earth_xyz, miles_to_chord
from shared.domain.posts import Posts
from shared.domain.vocabulary import (
    AdmissionState,
    BedCategory,
    ClosureReason,
    Rating,
    Registration,
    ServiceUserBand,
)
from shared.search_index import latitude_bands, slices
from shared.search_index.board import Board, SearchResults
from shared.search_index.query import DISTANCE_BANDS, SearchQuery, Sort, SortKey
from tests.support.examples import examples

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
EXETER = Point(50.7184, -3.5339)
CLOSED = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)

# Where a mistake in the cutting of the earth would show: two poles, the date line, the equator.
PLACES = [EXETER, Point(51.5, 0), Point(90, 0), Point(-89.7, 20), Point(0, -179.9), Point(-17, 180)]


def a_home(random: Random, number: int) -> CareHome:
    """Return a random home near one of the places; a few share exactly one place."""
    place, spread = random.choice(PLACES), random.choice((0.0, 0.02, 0.3, 3.0))
    latitude = place.latitude + random.uniform(-spread, spread)
    longitude = place.longitude + random.uniform(-spread, spread)
    posted = random.random() < 0.9
    beds = {category: some_beds(random) for category in some_categories(random) if posted}
    return CareHome(
        location_id=f"1-{random.randrange(10**9, 10**10)}{number}",
        version=1,
        register=Register(
            name="Larkrise House",
            address="1 Example Lane",
            postcode="EX2 5DW",
            local_authority="Exampleshire",
            latitude=max(-90.0, min(90.0, latitude)),
            longitude=(longitude + 180) % 360 - 180,
            registration=random.choice([Registration.ACTIVE] * 9 + [Registration.DORMANT]),
            rating=random.choice([None, *Rating]),
            service_user_bands=tuple(random.sample([*ServiceUserBand], random.randrange(12))),
        ),
        beds=beds,
        posts=some_posts(random, beds),
        admission_status=random.choice([AdmissionStatus()] * 5 + [CLOSED]),
        confirmed_at=NOW - timedelta(minutes=random.choice((0, 59, 60, 1500, 90000)))
        if posted
        else None,
    )


def some_categories(random: Random) -> list[BedCategory]:
    return random.sample([*BedCategory], random.randrange(1, 5))


def some_beds(random: Random) -> BedCounts:
    occupied, accepting = random.randrange(5), random.randrange(4)
    available_from = random.choice([None, TODAY, TODAY + timedelta(days=random.randrange(-9, 9))])
    return BedCounts(occupied + accepting, occupied, 0, accepting, 0, available_from=available_from)


def some_posts(random: Random, beds: Iterable[BedCategory]) -> Posts:
    return Posts(
        {each: NOW - timedelta(days=random.randrange(60)) for each in beds},
        {each: FillRecord(random.randrange(5), random.randrange(300)) for each in beds},
    )


some_bands = st.sets(st.sampled_from(ServiceUserBand), max_size=2).map(tuple)
queries = st.builds(
    SearchQuery,
    centre=st.sampled_from(PLACES).flatmap(
        lambda place: (
            st.builds(
                Point,
                st.floats(max(-90, place.latitude - 0.4), min(90, place.latitude + 0.4)),
                st.floats(max(-180, place.longitude - 0.4), min(180, place.longitude + 0.4)),
            )
            | st.just(place)
        )
    ),
    radius_miles=st.floats(0.001, 100),
    categories=st.just(()) | st.sets(st.sampled_from(BedCategory), max_size=4).map(tuple),
    beds=st.integers(1, 4),
    available_by=st.none() | st.dates(TODAY, TODAY + timedelta(days=10)),
    service_user_bands=st.just(()) | some_bands,
    min_rating=st.none() | st.sampled_from(Rating),
    confirmed_since=st.none()
    | st.integers(0, 100_000).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    include_full=st.booleans(),
    sort=st.sampled_from(Sort),
    as_of=st.just(NOW),
    limit=st.sampled_from([1, 2, 5, 100]),
    today=st.just(TODAY),
)
seeds = st.integers(0, 2**32)


def fits(home: CareHome, query: SearchQuery) -> bool:
    """Apply the rules of a search one after the other, as the contract states them."""
    register = home.register
    is_open = home.admission_status.status is AdmissionState.OPEN
    categories = query.categories or tuple(BedCategory)
    rank = register.rating.rank if register.rating else 0
    general = (
        register.registration is Registration.ACTIVE
        and set(query.service_user_bands) <= set(register.service_user_bands)
        and (not query.min_rating or rank >= query.min_rating.rank)
        and (
            not query.confirmed_since
            or (home.confirmed_at is not None and home.confirmed_at >= query.confirmed_since)
        )
    )
    if query.include_full:
        has_some = any(each in home.beds for each in categories)
        return general and (has_some or not query.categories)
    has_vacancy = is_open and any(
        home.beds[each].accepting >= query.beds for each in categories if each in home.beds
    )
    will_have = is_open and any(
        query.available_by
        and (day := home.beds[each].available_from)
        and query.today <= day <= query.available_by
        for each in categories
        if each in home.beds
    )
    return general and (has_vacancy or will_have)


def unlikely(home: CareHome, query: SearchQuery) -> int:
    """Return how far down the words for a chance the home's likeliest beds of the query stand."""
    chances = [0.0]
    for category in query.categories or home.beds:
        if category in home.beds and home.admission_status.status is AdmissionState.OPEN:
            counts, days = home.beds[category], (NOW - home.posts.said_at[category]).days
            day = counts.available_from
            if counts.accepting:
                left = max(1, counts.accepting - query.beds + 1)
                chances.append(chance_left(left, days, home.posts.record(category)))
            elif day and query.available_by and query.today <= day <= query.available_by:
                chances.append(chance_left(1, days, home.posts.record(category)))
    return list(Likelihood).index(likelihood(max(chances)))


def by_brute_force(homes: Iterable[CareHome], query: SearchQuery) -> list[str]:
    """Return the ids of all matches, in order."""
    origin, reach = earth_xyz(query.centre), miles_to_chord(query.radius_miles)
    found = []
    for home in homes:
        chord = dist(earth_xyz(home.point), origin)
        if chord <= reach and fits(home, query):
            age = -home.confirmed_at.timestamp() if home.confirmed_at else 0.0
            band = sum(miles_to_chord(miles) < chord for miles in DISTANCE_BANDS)
            first = {
                Sort.DISTANCE: chord,
                Sort.FRESHNESS: age,
                Sort.BEST: 4 * band + unlikely(home, query),
            }
            found.append((first[query.sort], chord, home.location_id))
    return [location_id for *_, location_id in sorted(found)]


def board_of(homes: Iterable[CareHome]) -> Board:
    board = Board(lambda document, _today: f"v{document['version']}")
    for home in homes:
        board.put(home.to_document())
    return board


def ids(found: SearchResults) -> list[str]:
    return [match.location_id for match in found.results]


def pages(board: Board, query: SearchQuery) -> list[str]:
    """Return the ids of all pages, searching for one after the other."""
    shown: list[str] = []
    after: SortKey | None = None
    while True:
        found = board.search(replace(query, after=after))
        shown += ids(found)
        if found.more_after is None:
            return shown
        assert len(found.results) == query.limit
        after = found.more_after


@pytest.fixture(params=[0.5, 2.0, latitude_bands.LONGEST_BAND], autouse=True, scope="module")
def _bands_of_any_length(request: pytest.FixtureRequest) -> Iterable[None]:
    """Split bands early in some runs, so that few homes make many bands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(latitude_bands, "LONGEST_BAND", request.param)
        yield


@given(seeds, st.integers(0, 250), queries)
@examples(300)
def test_a_search_returns_what_comparing_every_home_finds(
    seed: int, many: int, query: SearchQuery
) -> None:
    random = Random(seed)
    homes = [a_home(random, number) for number in range(many)]
    expected = by_brute_force(homes, query)
    board = board_of(homes)
    found = board.search(query)
    assert found.total == len(expected)
    assert ids(found) == expected[: query.limit]
    assert (found.more_after is None) == (len(expected) <= query.limit)


@given(seeds, st.floats(0.5, 30), st.sampled_from(Sort), st.booleans())
@examples(60)
def test_searches_among_crowded_homes_are_exact(
    seed: int, radius: float, sort: Sort, include_full: bool
) -> None:
    random = Random(seed)
    homes = [
        replace(
            a_home_at(
                Point(50.7 + random.gauss(0, 0.15), -3.5 + random.gauss(0, 0.2)),
                location_id=f"1-{number:09}",
            ),
            beds=(beds := {category: some_beds(random) for category in some_categories(random)}),
            confirmed_at=NOW - timedelta(hours=random.randrange(2000)),
            posts=some_posts(random, beds),
        )
        for number in range(400)
    ]
    query = SearchQuery(
        Point(50.7, -3.5),
        radius,
        include_full=include_full,
        sort=sort,
        as_of=NOW,
        limit=random.randrange(1, 9),
    )
    expected = by_brute_force(homes, query)
    found = board_of(homes).search(query)
    assert found.total == len(expected)
    assert ids(found) == expected[: query.limit]


def test_a_home_that_moves_is_found_only_at_its_new_place() -> None:
    board = board_of([a_home_at(), a_home_at(location_id="1-100000002")])
    there = Point(EXETER.latitude, EXETER.longitude + 0.2)
    assert board.search(SearchQuery(EXETER, 1)).total == 2
    moved = a_home_at(there)
    board.put(moved.to_document())
    assert ids(board.search(SearchQuery(EXETER, 1))) == ["1-100000002"]
    assert ids(board.search(SearchQuery(there, 1))) == ["1-100000001"]


@pytest.mark.parametrize("sort", Sort)
def test_homes_that_never_posted_come_last(sort: Sort) -> None:
    homes = [
        a_home_at(location_id=f"1-2000000{n:02}", beds={}, confirmed_at=None) for n in range(20)
    ]
    homes += [a_home_at(location_id=f"1-10000000{n}") for n in range(3)]
    for limit in (1, 2, 3):
        query = SearchQuery(EXETER, 10, include_full=True, sort=sort, limit=limit)
        assert pages(board_of(homes), query) == sorted(home.location_id for home in homes)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("first", [-1e308, -1.0, 0.0, 1e-300, 50.0, 1e308])
def test_a_cursor_that_no_home_can_have_does_no_harm(sort: Sort, first: float) -> None:
    homes = [a_home_at(location_id=f"1-1000000{n:02}") for n in range(50)]
    query = SearchQuery(EXETER, 10, sort=sort, limit=1, after=SortKey(first, first, "1-0"))
    assert board_of(homes).search(query).total == 50


@given(seeds, queries)
@examples(100)
def test_all_pages_together_have_every_match_in_order(seed: int, query: SearchQuery) -> None:
    random = Random(seed)
    homes = [a_home(random, number) for number in range(120)]
    whole = board_of(homes).search(replace(query, limit=1000))
    assert pages(board_of(homes), query) == ids(whole) == by_brute_force(homes, query)


@given(seeds, st.lists(st.sampled_from(["move", "close", "doze", "post", "confirm"])), queries)
@examples(150)
def test_a_board_after_many_changes_equals_a_new_one(
    seed: int, events: list[str], query: SearchQuery
) -> None:
    random = Random(seed)
    homes = {home.location_id: home for home in (a_home(random, n) for n in range(60))}
    board = board_of(homes.values())
    board.search(query)  # sorts the bands, so that the changes must keep them sorted
    for event in events:
        home = random.choice([*homes.values()])
        other = a_home(random, 0)
        register = home.register
        if event == "move":
            register = replace(
                register,
                latitude=other.register.latitude,
                longitude=other.register.longitude,
                registration=Registration.ACTIVE,
            )
        elif event == "doze":
            register = replace(register, registration=Registration.DEREGISTERED)
        after = replace(
            home,
            version=home.version + 1,
            register=register,
            admission_status=CLOSED if event == "close" else home.admission_status,
            beds=other.beds if event == "post" else home.beds,
            posts=other.posts if event == "post" else home.posts,
            confirmed_at=NOW if event in {"post", "confirm"} else home.confirmed_at,
        )
        homes[home.location_id] = after
        board.put(after.to_document())
        if random.random() < 0.3:
            board.search(query)
    fresh = board_of(homes.values())
    assert board.search(query).total == fresh.search(query).total
    assert pages(board, query) == by_brute_force(homes.values(), query)
    rendered = {match.location_id: match.rendered for match in board.search(query).results}
    assert all(rendered[each] == f"v{homes[each].version}" for each in rendered)
    assert len(board) == len(fresh)


def a_home_at(
    place: Point = EXETER, *, location_id: str = "1-100000001", **parts: object
) -> CareHome:
    """Return an open home with one general nursing bed free, confirmed an hour ago."""
    register = Register(
        "Larkrise House",
        "1 Example Lane",
        "EX2 5DW",
        "Exampleshire",
        *place,
        rating=Rating.GOOD,
        service_user_bands=(ServiceUserBand.DEMENTIA,),
    )
    home = CareHome(
        location_id,
        1,
        register,
        beds={BedCategory.GENERAL_NURSING: BedCounts(10, 9, 0, 1, 0)},
        confirmed_at=NOW - timedelta(hours=1),
    )
    return replace(home, **parts)  # type: ignore[arg-type]  # any field of the home


def measured_distances(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[float]]:
    """Return a list that gets the place of every home whose distance a search measures."""
    measured: list[Sequence[float]] = []

    def measure(here: Sequence[float], there: Sequence[float]) -> float:
        measured.append(here)
        return dist(here, there)

    monkeypatch.setattr(slices, "dist", measure)
    return measured


def test_homes_elsewhere_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = measured_distances(monkeypatch)
    near = [a_home_at(location_id=f"1-10000{number}") for number in range(10)]
    far = [
        a_home_at(Point(52 + number / 1000, 0), location_id=f"1-20000{number}")
        for number in range(2000)
    ]
    board_of(near).search(SearchQuery(EXETER, 10))
    alone = len(measured)
    board_of([*far, *near]).search(SearchQuery(EXETER, 10))
    assert alone == 10
    assert len(measured) == 2 * alone


@pytest.fixture(scope="module")
def large_board() -> Board:
    random = Random(3)
    homes = [
        a_home_at(
            Point(51 + random.uniform(-0.5, 0.5), -1 + random.uniform(-0.8, 0.8)),
            location_id=f"1-1{number:08}",
            confirmed_at=NOW - timedelta(minutes=random.randrange(14 * 24 * 60)),
        )
        for number in range(5000)
    ]
    return board_of(homes)


@pytest.mark.parametrize("sort", Sort)
def test_of_many_homes_only_those_near_the_edge_and_the_results_are_measured(
    large_board: Board, sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = measured_distances(monkeypatch)
    query = SearchQuery(Point(51, -1), 30, sort=sort, as_of=NOW)
    found = large_board.search(query)
    assert found.total > 2500
    assert len(measured) < 0.45 * found.total
