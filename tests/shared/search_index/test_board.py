"""The board finds what comparing every home finds, in the same order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from shared.domain.admission_hours import WEEKDAYS, AdmissionHours, Day, Period
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.chance import (
    USUALLY_WRONG,
    FillRecord,
    Likelihood,
    chance_after_gone,
    chance_left,
    likelihood,
)
from shared.domain.declaration import Declaration
from shared.domain.dispute import Disputes
from shared.domain.documents import HomeDocument, to_json
from shared.domain.fit import Requirements, answers_of, fit_of
from shared.domain.geo import Point, miles_between
from shared.domain.needs import Answer, Suits
from shared.domain.posts import Posts
from shared.domain.terms import Funding, Terms
from shared.domain.vocabulary import (
    AdmissionState,
    BedCategory,
    ClosureReason,
    Rating,
    Registration,
    ServiceUserBand,
)
from shared.search_index.board import Board, DisputesOfBoard, SearchResults
from shared.search_index.likelihoods import MOST_KEPT
from shared.search_index.query import DISTANCE_BANDS, SearchQuery, Sort
from tests.support.builders import NOON, REGISTER, counts, home
from tests.support.examples import examples

METRES_PER_MILE = 1609.344
# Few of each, so that they meet.
CATEGORIES = [BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING, BedCategory.TRANSITIONAL]
BANDS = [ServiceUserBand.DEMENTIA, ServiceUserBand.OLDER_PEOPLE]
NEEDS = ["peg", "hoist", "pet"]
DAYS = [NOON.date() + timedelta(days=n) for n in range(1, 4)]

POINTS = st.builds(Point, st.floats(49.9, 58), st.floats(-6, 1.7))
NEIGHBOURS = st.builds(Point, st.floats(51.4, 51.6), st.floats(-0.3, 0.1))


ALWAYS = AdmissionHours({day: (Period(0, 1440),) for day in WEEKDAYS})
MONDAY_MORNINGS = AdmissionHours({Day.MONDAY: (Period(480, 720),)}, same_day_before=600)
DECLARATIONS = st.builds(
    Declaration,
    needs=st.dictionaries(st.sampled_from(NEEDS), st.sampled_from(Answer)),
    terms=st.builds(
        Terms,
        funding=st.none() | st.lists(st.sampled_from(Funding), unique=True).map(tuple),
        assesses_within_hours=st.sampled_from([None, 4, 48]),
        admission_hours=st.sampled_from([None, ALWAYS, MONDAY_MORNINGS]),
    ),
    also_as=st.dictionaries(
        st.sampled_from(CATEGORIES),
        st.lists(st.sampled_from(CATEGORIES), unique=True, max_size=2).map(tuple),
    ),
).filter(lambda declaration: not list(declaration.problems()))
REQUIREMENTS = st.builds(
    Requirements,
    needs=st.lists(st.sampled_from(NEEDS), unique=True).map(tuple),
    funding=st.none() | st.sampled_from(Funding),
    admit_by=st.none() | st.integers(0, 60).map(lambda hours: NOON + timedelta(hours=hours)),
)


@st.composite
def a_home(draw: st.DrawFn, places: st.SearchStrategy[Point] = POINTS | NEIGHBOURS) -> CareHome:
    """Return a random home, in any state that a home can be in."""
    point = draw(places)
    beds = {}
    for category in draw(st.lists(st.sampled_from(CATEGORIES), unique=True)):
        accepting = draw(st.integers(0, 3))
        free = draw(st.none() | st.sampled_from(DAYS))
        suits = draw(st.sampled_from([Suits.ANY, *Suits]))
        beds[category] = BedCounts(9, 9 - accepting, 0, accepting, 0, None, free, suits)
    register = replace(
        REGISTER,
        latitude=point.latitude,
        longitude=point.longitude,
        registration=draw(st.sampled_from([Registration.ACTIVE] * 4 + [*Registration])),
        rating=draw(st.none() | st.sampled_from(Rating)),
        service_user_bands=tuple(draw(st.lists(st.sampled_from(BANDS), unique=True))),
    )
    status = draw(
        st.sampled_from(
            [AdmissionStatus()] * 3
            + [AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)]
        )
    )
    state = home(f"1-{draw(st.integers(0, 60)):010}")
    hours = draw(st.none() | st.integers(0, 80))
    return replace(
        state,
        register=register,
        declaration=draw(DECLARATIONS),
        beds=beds,
        admission_status=status,
        confirmed_at=None if hours is None else NOON - timedelta(hours=hours),
        posts=Posts(
            {each: NOON - timedelta(hours=draw(st.integers(0, 1500))) for each in beds},
            {each: FillRecord(draw(st.integers(0, 9)), draw(st.integers(0, 400))) for each in beds},
        ),
    )


QUERIES = st.builds(
    SearchQuery,
    centre=POINTS | NEIGHBOURS,
    radius_miles=st.floats(0.1, 100),
    categories=st.lists(st.sampled_from(CATEGORIES), unique=True).map(tuple),
    beds=st.integers(1, 3),
    suits=st.sampled_from([Suits.ANY, *Suits]),
    available_by=st.none() | st.sampled_from(DAYS),
    service_user_bands=st.lists(st.sampled_from(BANDS), unique=True).map(tuple),
    min_rating=st.none() | st.sampled_from(Rating),
    confirmed_since=st.none() | st.integers(0, 80).map(lambda hours: NOON - timedelta(hours=hours)),
    include_full=st.booleans(),
    sort=st.sampled_from(Sort),
    requirements=st.just(Requirements()) | REQUIREMENTS,
    fits=st.sampled_from([(Answer.YES,), (Answer.YES, Answer.ASK), tuple(Answer)]),
    would_like=st.lists(st.sampled_from([*NEEDS, *Funding]), unique=True, max_size=2).map(tuple),
    as_of=st.just(NOON),
    limit=st.integers(1, 30),
)


def board_of(*homes: CareHome) -> Board:
    board = Board(lambda document, _today: to_json(document))
    for each in homes:
        board.put(each.to_document())
    return board


def fit(each: CareHome, query: SearchQuery) -> Answer:
    """Return what the home says of all requirements together."""
    return fit_of(answers_of(each.to_document(), query.requirements, NOON).values())


def beds_that_serve(each: CareHome, category: BedCategory) -> list[BedCounts]:
    """Return the counts of the category, and of the others whose beds may serve as it."""
    also_as = each.declaration.also_as
    return [counts for own, counts in each.beds.items() if category in (own, *also_as.get(own, ()))]


def suits(counts: BedCounts, person: Suits) -> bool:
    """Tell whether the vacancies are for such a person."""
    if person is Suits.ANY:
        return True
    return counts.suits is person or (counts.suits is Suits.ANY and person is not Suits.COUPLE)


def matches(each: CareHome, query: SearchQuery) -> bool:
    """Apply every rule of a search to one home, as the contract states them, but for its fit."""
    if each.register.registration is not Registration.ACTIVE:
        return False
    if miles_between(query.centre, each.point) > query.radius_miles:
        return False
    rating = each.register.rating
    if query.min_rating and (rating is None or rating.rank < query.min_rating.rank):
        return False
    if not set(query.service_user_bands) <= set(each.register.service_user_bands):
        return False
    if query.confirmed_since and not (
        each.confirmed_at and each.confirmed_at >= query.confirmed_since
    ):
        return False
    categories = set(query.categories or BedCategory)
    if query.include_full:
        return not query.categories or any(beds_that_serve(each, one) for one in categories)
    if each.admission_status.status is AdmissionState.CLOSED:
        return False
    return any(
        # Without a category, the beds of one kind are counted, whatever else they may serve as.
        (
            sum(counts.accepting for counts in serving) >= query.beds
            and any(counts.accepting and suits(counts, query.suits) for counts in serving)
        )
        or any(
            query.available_by is not None
            and counts.available_from is not None
            and counts.available_from <= query.available_by
            for counts in serving
        )
        for serving in (
            [beds_that_serve(each, one) for one in query.categories]
            or [[counts] for counts in each.beds.values()]
        )
    )


def is_announced(counts: BedCounts, query: SearchQuery) -> bool:
    """Tell whether a bed is announced for the day of the query or earlier."""
    day, by = counts.available_from, query.available_by
    return day is not None and by is not None and query.today <= day <= by


def unlikely(each: CareHome, query: SearchQuery, told_gone: Mapping[str, int], wrong: float) -> int:
    """Return how far down the words for a chance the home's likeliest beds of the query stand.

    Disputed beds stand below all words, and so does a home without beds of the query.
    """
    is_open = each.admission_status.status is AdmissionState.OPEN
    teams = told_gone.get(each.location_id, 0)
    chances = [
        chance_after_gone(0, each.posts.record(own))
        if teams
        else chance_left(
            max(1, (counts.accepting or 1) - query.beds + 1),
            (NOON - each.posts.said_at[own]) / timedelta(days=1),
            each.posts.record(own),
            wrong,
        )
        for own, counts in each.beds.items()
        if is_open
        and (suits(counts, query.suits) if counts.accepting else is_announced(counts, query))
        and any(
            own is one or one in each.declaration.also_as.get(own, ())
            for one in query.categories or [own]
        )
    ]
    if teams > 1 or not chances:
        return len(Likelihood)
    return list(Likelihood).index(likelihood(max(chances)))


def disputes(each: CareHome, teams: int) -> Disputes:
    """Return the disputes of a home where so many teams were told that all its beds are gone."""
    against = Disputes(each.location_id)
    for category, said_at in each.posts.said_at.items():
        for team in range(teams):
            against = against.with_report(category, said_at, str(team), NOON, name="")
    return against


def by_brute_force(
    homes: list[CareHome],
    query: SearchQuery,
    told_gone: Mapping[str, int] = MappingProxyType({}),
    wrong: float = USUALLY_WRONG,
) -> list[str]:
    """Return the ids of all matches, in order; `told_gone` says how many teams, by home.

    `wrong` is the share of posts that list one bed more than there is.
    """

    def place(each: CareHome) -> tuple[object, ...]:
        miles = miles_between(query.centre, each.point)
        age = -(each.confirmed_at or datetime(1970, 1, 1, tzinfo=UTC)).timestamp()
        terms, needs = each.declaration.terms, each.declaration.needs
        unmet = sum(
            (terms.accepts(name) if isinstance(name, Funding) else needs.get(name))
            is not Answer.YES
            for name in query.would_like
        )
        band = sum(each_band < miles for each_band in DISTANCE_BANDS)
        best = (
            band,
            list(query.fits).index(fit(each, query)),
            unmet,
            unlikely(each, query, told_gone, wrong),
        )
        first = {Sort.DISTANCE: (miles,), Sort.FRESHNESS: (age,), Sort.BEST: best}
        return (*first[query.sort], miles, each.location_id)

    fitting = [each for each in homes if matches(each, query) and fit(each, query) in query.fits]
    return [each.location_id for each in sorted(fitting, key=place)]


def pages(board: Board, query: SearchQuery) -> Iterator[SearchResults]:
    while True:
        page = board.search(query)
        yield page
        if page.more_after is None:
            return
        query = replace(query, after=page.more_after)


def ids(found: SearchResults) -> list[str]:
    return [match.location_id for match in found.results]


def contents(found: SearchResults) -> tuple[object, ...]:
    """Return everything in the results, to compare them with others."""
    results = [
        (each.location_id, each.miles, each.confirmed_at, each.rendered) for each in found.results
    ]
    return found.total, results, found.more_after


def is_on_no_edge(homes: list[CareHome], query: SearchQuery) -> bool:
    """Tell whether no distance is so close to the radius, or to another, that rounding decides."""
    miles = sorted(miles_between(query.centre, each.point) for each in homes)
    apart = all(b - a > 1e-9 or a == b for a, b in pairwise(miles))
    edges = (query.radius_miles, *DISTANCE_BANDS)
    return apart and all(abs(each - edge) > 1e-9 for each in miles for edge in edges)


@examples(400)
@given(
    st.lists(a_home(), max_size=40, unique_by=lambda each: each.location_id),
    QUERIES,
    st.lists(st.integers(0, 2), min_size=40, max_size=40),
    st.floats(0, 0.6),
)
def test_a_search_returns_the_matches_that_brute_force_finds_in_order(
    homes: list[CareHome], query: SearchQuery, teams_told: list[int], wrong: float
) -> None:
    if not is_on_no_edge(homes, query):
        return
    told_gone = {each.location_id: teams for each, teams in zip(homes, teams_told, strict=False)}
    board = board_of(*homes[::2])
    board.search(query)  # so that listings are weighed before what is learned of wrong posts
    board.weigh_with(wrong)
    for each in homes[1::2]:
        board.put(each.to_document())
    for each in homes:
        board.put_disputes(disputes(each, told_gone[each.location_id]))
    found = board.search(query)
    expected = by_brute_force(homes, query, told_gone, wrong)
    assert found.total == len(expected)
    assert ids(found) == expected[: query.limit]
    of_each_fit = Counter(fit(each, query) for each in homes if matches(each, query))
    assert {**found.totals} == {answer: of_each_fit[answer] for answer in Answer}
    by_id = {each.location_id: each.to_document() for each in homes}
    for match in found.results:
        said = answers_of(by_id[match.location_id], query.requirements, NOON)
        assert match.answers(query) == said
        assert fit_of(said.values()) in query.fits


@examples(60)
@given(
    st.integers(0, 2**32),
    REQUIREMENTS,
    st.sampled_from([(Answer.YES,), (Answer.YES, Answer.ASK), tuple(Answer)]),
    st.sampled_from(Sort),
    st.lists(st.sampled_from([*NEEDS, *Funding]), unique=True, max_size=2).map(tuple),
)
def test_searches_with_needs_among_crowded_homes_are_exact(
    seed: int,
    requirements: Requirements,
    fits: tuple[Answer, ...],
    sort: Sort,
    would_like: tuple[str, ...],
) -> None:
    """So many that not all are ranked, and that each band of distance has some of each fit."""
    random = Random(seed)
    homes = [a_declaring_home(random, number) for number in range(150)]
    query = SearchQuery(
        Point(50.7, -3.5),
        random.uniform(1, 60),
        requirements=requirements,
        fits=fits,
        sort=sort,
        would_like=would_like,
        as_of=NOON,
        limit=random.randrange(1, 7),
    )
    if not is_on_no_edge(homes, query):
        return
    board, expected = board_of(*homes), by_brute_force(homes, query)
    for miles in (100, 4):  # what others searched for changes nothing
        board.search(replace(query, radius_miles=miles))
    found = board.search(query)
    assert ids(found) == expected[: query.limit]
    assert found.total == len(expected)
    of_each_fit = Counter(fit(each, query) for each in homes if matches(each, query))
    assert {**found.totals} == {answer: of_each_fit[answer] for answer in Answer}
    second = board.search(replace(query, after=found.more_after)) if found.more_after else None
    if second:
        assert ids(second) == expected[query.limit : 2 * query.limit]


def a_declaring_home(random: Random, number: int) -> CareHome:
    """Return a home with a bed free, near Exeter, with some answers."""
    answers = {need: random.choice([None, *Answer]) for need in NEEDS}
    funding = random.choice([None, tuple(random.sample([*Funding], 4))])
    hours = random.choice([None, ALWAYS, MONDAY_MORNINGS])
    declaration = Declaration(
        {need: answer for need, answer in answers.items() if answer},
        terms=Terms(funding=funding, assesses_within_hours=24, admission_hours=hours),
    )
    register = replace(
        REGISTER,
        latitude=50.7 + random.gauss(0, 0.15),
        longitude=-3.5 + random.gauss(0, 0.2),
    )
    state = home(f"1-{number:010}", accepting=random.randrange(4))
    confirmed = NOON - timedelta(hours=random.randrange(80))
    said_at = NOON - timedelta(hours=random.randrange(1500))
    return replace(
        state,
        register=register,
        declaration=declaration,
        confirmed_at=confirmed,
        posts=Posts({BedCategory.GENERAL_NURSING: said_at}),
    )


@examples(150)
@given(
    st.lists(a_home(NEIGHBOURS), max_size=40, unique_by=lambda each: each.location_id),
    QUERIES,
    NEIGHBOURS,
)
def test_the_pages_of_a_search_have_every_match_once(
    homes: list[CareHome], query: SearchQuery, centre: Point
) -> None:
    query = replace(query, centre=centre, limit=min(query.limit, 4))
    if not is_on_no_edge(homes, query):
        return
    board = board_of(*homes)
    shown = [each for page in pages(board, query) for each in ids(page)]
    assert shown == by_brute_force(homes, query)
    assert len({page.total for page in pages(board, query)}) == 1


@examples(60)
@given(st.lists(a_home(NEIGHBOURS), max_size=40, unique_by=lambda each: each.location_id), QUERIES)
def test_a_need_that_no_home_has_spoken_of_leaves_out_none_and_changes_no_order(
    homes: list[CareHome], query: SearchQuery
) -> None:
    board = board_of(*homes)
    plain = replace(query, requirements=Requirements(), fits=tuple(Answer))
    asked = board.search(replace(plain, requirements=Requirements(("bsl",))))
    found = board.search(plain)
    assert ids(asked) == ids(found)
    assert {**asked.totals} == {Answer.YES: 0, Answer.ASK: found.total, Answer.NO: 0}


@examples(150)
@given(st.lists(a_home(), max_size=60), QUERIES)
def test_an_updated_board_equals_a_new_one(history: list[CareHome], query: SearchQuery) -> None:
    newest = {each.location_id: each for each in history}
    updated, fresh = board_of(*history), board_of(*newest.values())
    assert contents(updated.search(query)) == contents(fresh.search(query))
    assert len(updated) == len(fresh)


@examples(60)
@given(st.integers(0, 2**32))
def test_the_best_order_is_right_after_changes_whatever_was_searched_before(seed: int) -> None:
    random = Random(seed)
    homes = [a_declaring_home(random, number) for number in range(60)]
    told_gone = {each.location_id: 0 for each in homes}
    board = board_of(*homes)
    query = SearchQuery(Point(50.7, -3.5), 60, sort=Sort.BEST, as_of=NOON, limit=60)
    wrong = USUALLY_WRONG
    for _ in range(10):
        board.search(replace(query, radius_miles=random.uniform(1, 60)))
        at, other = random.randrange(60), a_declaring_home(random, 0)
        before = homes[at]
        match random.choice(["posts", "moves", "is told gone", "calls tell of wrong posts"]):
            case "calls tell of wrong posts":
                wrong = random.random() / 2
                board.weigh_with(wrong)
            case "posts":
                homes[at] = replace(before, beds=other.beds, posts=other.posts)
                told_gone[before.location_id] = 0
                board.put(homes[at].to_document())
            case "moves":
                homes[at] = replace(before, register=other.register)
                board.put(homes[at].to_document())
            case _:
                told_gone[before.location_id] = random.randrange(3)
                board.put_disputes(disputes(before, told_gone[before.location_id]))
    if is_on_no_edge(homes, query):
        assert ids(board.search(query)) == by_brute_force(homes, query, told_gone, wrong)


def test_each_kind_of_bed_has_an_order_of_its_own_however_many_are_searched() -> None:
    """More kinds and moments than are kept, each searched again after the others."""
    nursing, dementia, _ = CATEGORIES
    both, long_ago = {each: counts(1) for each in CATEGORIES}, NOON - timedelta(days=60)
    first, second = (
        replace(home(f"1-000000000{number}"), beds=both, posts=Posts(posts))
        for number, posts in enumerate(
            ({nursing: long_ago, dementia: NOON}, {nursing: NOON, dementia: long_ago})
        )
    )
    board = board_of(first, second)
    for _ in range(2):
        for number in range(MOST_KEPT):
            as_of = NOON + timedelta(minutes=10 * number)
            query = SearchQuery(home().point, 5.0, sort=Sort.BEST, as_of=as_of)
            for category, likelier in ((nursing, second), (dementia, first)):
                found = board.search(replace(query, categories=(category,)))
                assert ids(found)[0] == likelier.location_id


@given(NEIGHBOURS | POINTS, POINTS)
def test_distances_are_those_over_the_ground(here: Point, there: Point) -> None:
    register = replace(REGISTER, latitude=there.latitude, longitude=there.longitude)
    found = board_of(home(register=register)).search(SearchQuery(here, 1000.0))
    _, _, metres = Geod(ellps="WGS84").inv(
        here.longitude, here.latitude, there.longitude, there.latitude
    )
    assert found.results[0].miles == pytest.approx(metres / METRES_PER_MILE, rel=0.005, abs=1e-6)


@pytest.mark.parametrize(
    ("centre", "other"),
    [
        (Point(0, 179.99), Point(0, -179.99)),
        (Point(89.99, 0), Point(89.99, 180)),
        (Point(-89.99, 10), Point(-89.99, -170)),
        (Point(51.5, 0.01), Point(51.5, -0.01)),
    ],
)
def test_homes_across_a_pole_or_a_meridian_are_found(centre: Point, other: Point) -> None:
    register = replace(REGISTER, latitude=other.latitude, longitude=other.longitude)
    assert board_of(home(register=register)).search(SearchQuery(centre, 5)).total == 1


def test_closed_homes_have_no_vacancies_and_dormant_homes_are_not_found() -> None:
    closed = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.STAFFING)
    here = SearchQuery(home().point, 5.0)
    everything = replace(here, include_full=True)
    shut = board_of(replace(home(accepting=2), admission_status=closed))
    assert shut.search(here).total == 0
    assert shut.search(replace(here, available_by=date(2030, 1, 1))).total == 0
    assert shut.search(everything).total == 1
    for registration in (Registration.DORMANT, Registration.DEREGISTERED):
        gone = home(accepting=2, register=replace(REGISTER, registration=registration))
        assert board_of(gone).search(everything).total == 0


def test_beds_of_one_kind_are_not_counted_for_whom_only_another_kind_suits() -> None:
    beds = {
        BedCategory.GENERAL_NURSING: replace(counts(1), suits=Suits.COUPLE),
        BedCategory.DEMENTIA_NURSING: counts(2),
    }
    board = board_of(replace(home(), beds=beds))
    for_a_couple = SearchQuery(home().point, 5.0, suits=Suits.COUPLE)
    assert board.search(for_a_couple).total == 1
    assert board.search(replace(for_a_couple, beds=2)).total == 0
    assert board.search(replace(for_a_couple, suits=Suits.WOMAN, beds=2)).total == 1


def test_a_cleared_board_is_empty() -> None:
    board = board_of(home())
    board.clear()
    assert len(board) == 0
    assert board.search(SearchQuery(home().point, 5.0)).total == 0


def test_a_mark_outlives_a_change_of_the_home_that_is_no_post_and_ends_with_its_post() -> None:
    listed, query = home(), SearchQuery(home().point, 5.0, as_of=NOON)
    board = board_of(listed)
    DisputesOfBoard(board).put(disputes(listed, 1).to_document())

    def is_marked() -> bool:
        (match,) = board.search(query).results
        return match.home.listings[0].gone is not None

    assert is_marked()
    board.put(replace(listed, version=2).to_document())
    assert is_marked()
    board.put(listed.confirm(NOON + timedelta(hours=1)).to_document())
    assert not is_marked()


@pytest.mark.parametrize("end", ["clear", "remove"])
def test_what_a_board_no_longer_knows_of_teams_marks_no_home(end: str) -> None:
    board = board_of(home())
    index = DisputesOfBoard(board)
    index.put(disputes(home(), 2).to_document())
    index.clear() if end == "clear" else index.remove(home().location_id)
    (match,) = board.search(SearchQuery(home().point, 5.0, as_of=NOON)).results
    assert match.home.listings[0].gone is None
    assert match.home.listings[0].chance(NOON.timestamp()) > 0.9


def test_a_home_is_rendered_once_for_each_version() -> None:
    rendered: list[Any] = []

    def render(document: HomeDocument, _: date) -> str:
        rendered.append(document["version"])
        return "{}"

    board = Board(render)
    board.put(home().to_document())
    for _ in range(3):
        board.search(SearchQuery(home().point, 5.0))
    assert rendered == [1]


def test_a_home_is_rendered_again_when_a_day_in_it_has_passed() -> None:
    days: list[date] = []

    def render(_: HomeDocument, today: date) -> str:
        days.append(today)
        return "{}"

    board, here = Board(render), SearchQuery(home().point, 5.0, include_full=True)
    nursing = replace(counts(1), available_from=date(2026, 1, 6))
    status = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OTHER, date(2026, 1, 8))
    beds = {BedCategory.GENERAL_NURSING: nursing}
    board.put(replace(home(), beds=beds, admission_status=status).to_document())
    for day in range(5, 12):
        for _ in range(2):
            board.search(replace(here, today=date(2026, 1, day)))
    # The closed home announces no bed, so that only its reopening counts.
    assert [day.day for day in days] == [5, 9]


def test_a_bed_is_found_until_the_day_it_was_announced_for() -> None:
    day = date(2026, 1, 6)
    beds = {BedCategory.GENERAL_NURSING: replace(counts(0), available_from=day)}
    board = board_of(replace(home(), beds=beds))
    query = SearchQuery(home().point, 5.0, available_by=date(2026, 1, 20), today=day)
    assert board.search(query).total == 1
    assert board.search(replace(query, today=date(2026, 1, 7))).total == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": "50.7"},
        {"longitude": None},
        {"latitude": float("nan")},
        {"longitude": 500},
        {"beds": None},
        {"beds": {"general_nursing": 3}},
        {"beds": {"penthouse": {"accepting": 1}}},
        {"confirmed_at": "2026-01-05T12:00:00"},
        {"confirmed_at": 7},
        {"service_user_bands": None},
        {"admission_status": None},
        {"rating": "Splendid"},
    ],
)
def test_a_document_of_any_kind_is_refused_at_once_and_hides_no_other(wrong: Any) -> None:
    board = board_of(home("1-9000000001"))
    with pytest.raises((AttributeError, KeyError, TypeError, ValueError)):
        board.put({**home("1-9000000002").to_document(), **wrong})
    everything = SearchQuery(home().point, 5.0, include_full=True, sort=Sort.FRESHNESS)
    assert ids(board.search(everything)) == ["1-9000000001"]


def test_a_home_that_cannot_be_rendered_hides_only_itself_and_is_reported() -> None:
    reported: list[str] = []

    def render(document: HomeDocument, _: date) -> str:
        return str(document["name"].upper())

    board = Board(render, reported.append)
    for number in range(1, 5):
        board.put(home(f"1-900000000{number}").to_document())
    board.put({**home("1-9000000002").to_document(), "name": None})
    found = board.search(SearchQuery(home().point, 5.0))
    assert found.total == 3
    assert ids(found) == ["1-9000000001", "1-9000000003", "1-9000000004"]
    assert reported == ["1-9000000002"]
