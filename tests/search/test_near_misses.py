"""A near miss gives up exactly one thing, and finds what brute force finds besides the results."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.near_misses import LATER, MOST, NearMiss, Relaxed, near_misses
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.fit import Requirements
from shared.domain.geo import Point, miles_between
from shared.domain.needs import Answer
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory
from shared.search_index.query import DISTANCE_BANDS, SearchQuery, Sort
from shared.store.table import Table
from tests.search.conftest import Search
from tests.shared.search_index.test_board import (
    NEIGHBOURS,
    QUERIES,
    a_home,
    board_of,
    by_brute_force,
    is_on_no_edge,
)
from tests.support.builders import NOON, counts, home, save
from tests.support.examples import examples


def besides(homes: list[CareHome], relaxed: SearchQuery, query: SearchQuery) -> list[str]:
    """Return the ids of what the relaxed search finds and the search does not, nearest first."""
    results = set(by_brute_force(homes, query))
    return [each for each in by_brute_force(homes, relaxed) if each not in results]


What = tuple[Relaxed, str | None]


def expected(homes: list[CareHome], query: SearchQuery) -> dict[What, list[str]]:
    """Return, for each thing that can be given up, what that finds; nothing is left out."""
    query = replace(query, sort=Sort.DISTANCE)
    asked = query.requirements
    searches: dict[What, list[SearchQuery]] = {
        (Relaxed.REQUIREMENT, need): [
            replace(
                query,
                requirements=replace(asked, needs=tuple(n for n in asked.needs if n != need)),
            )
        ]
        for need in asked.needs
    }
    if asked.funding:
        without = replace(query, requirements=replace(asked, funding=None))
        searches[Relaxed.REQUIREMENT, asked.funding] = [without]
    if asked.admit_by:
        without = replace(query, requirements=replace(asked, admit_by=None))
        searches[Relaxed.REQUIREMENT, "admit_by"] = [without]
    if query.categories:
        searches[Relaxed.CATEGORY, None] = [replace(query, categories=tuple(BedCategory))]
    searches[Relaxed.RADIUS, None] = [
        replace(query, radius_miles=float(miles))
        for miles in DISTANCE_BANDS
        if miles > query.radius_miles
    ]
    if not query.include_full:
        day = (query.available_by or query.today) + LATER
        searches[Relaxed.DATE, None] = [replace(query, available_by=day)]
    found = {
        what: next(filter(None, (besides(homes, each, query) for each in relaxed)), [])
        for what, relaxed in searches.items()
    }
    return {what: ids for what, ids in found.items() if ids}


@examples(300)
@given(
    st.lists(a_home(NEIGHBOURS), max_size=25, unique_by=lambda each: each.location_id),
    QUERIES,
    NEIGHBOURS,
    st.floats(0.1, 12),
)
def test_near_misses_are_those_of_brute_force(
    homes: list[CareHome], query: SearchQuery, centre: Point, radius: float
) -> None:
    query = replace(query, centre=centre, radius_miles=radius, today=NOON.date())
    if not is_on_no_edge(homes, query):
        return
    found = near_misses(board_of(*homes), query)
    every = expected(homes, query)
    assert len(found) == min(MOST, len(every))
    miles = {each.location_id: miles_between(query.centre, each.point) for each in homes}
    for each in found:
        ids = every[each.relaxed, each.requirement]
        assert each.total == len(ids)
        assert each.nearest.location_id == ids[0]
        assert each.nearest.miles == pytest.approx(miles[ids[0]])
    order = [
        (each.fit is not Answer.YES, each.requirement is not None, each.nearest.miles)
        for each in found
    ]
    assert order == sorted(order)


def at(number: int, accepting: int = 1, **document: object) -> CareHome:
    """Return a home so many miles north of the others' place."""
    there = replace(home().register, latitude=50.7167 + number / 69)
    declaration = Declaration.from_document(document)
    state = home(f"1-90000000{number:02d}", accepting=accepting, register=there)
    return replace(state, declaration=declaration)


def misses_of(homes: list[CareHome], **query: object) -> list[NearMiss]:
    asked = SearchQuery(home().point, 5.0, today=NOON.date(), as_of=NOON)
    return near_misses(board_of(*homes), replace(asked, **query))  # type: ignore[arg-type]  # any field of the query


def test_one_need_is_given_up_and_named() -> None:
    asked = Requirements(needs=("peg", "ground_floor"))
    (only,) = misses_of(
        [
            at(1, needs={"peg": "yes", "ground_floor": "no"}),
            at(2, needs={"peg": "yes", "ground_floor": "no"}),
            at(3, needs={"peg": "no", "ground_floor": "no"}),
            at(4, needs={"peg": "yes", "ground_floor": "yes"}),
        ],
        requirements=asked,
    )
    assert (only.relaxed, only.requirement, only.total) == (Relaxed.REQUIREMENT, "ground_floor", 2)
    assert only.nearest.location_id == "1-9000000001"


def test_a_home_a_little_farther_away_is_a_near_miss() -> None:
    asked = Requirements(funding=Funding.CHC)
    farther = at(9, funding=["chc"])
    (only,) = misses_of([farther, at(60, funding=["chc"])], requirements=asked)
    assert (only.relaxed, only.query.radius_miles, only.total) == (Relaxed.RADIUS, 10.0, 1)
    assert only.fit is Answer.YES


def test_another_kind_of_bed_and_a_later_day_are_near_misses() -> None:
    later = replace(counts(0), available_from=(NOON + timedelta(days=4)).date())
    full = at(1, accepting=0)
    of_another = replace(at(2), beds={BedCategory.GENERAL_RESIDENTIAL: counts(1)})
    announced = replace(full, beds={BedCategory.GENERAL_NURSING: later})
    found = misses_of([announced, of_another], categories=(BedCategory.GENERAL_NURSING,))
    assert [each.relaxed for each in found] == [Relaxed.DATE, Relaxed.CATEGORY]


def test_the_response_names_what_is_given_up(table: Table, search: Search) -> None:
    save(table, at(1, needs={"peg": "no"}), at(9, needs={"peg": "yes"}))
    found = search("near=EX2+5DW&radius_miles=5&need=peg", path="/vacancies/near-misses")
    assert found.status == 200
    farther, without = found.body["near_misses"]
    assert farther["relaxed"] == "radius"
    assert (farther["radius_miles"], farther["total"]) == (10, 1)
    assert farther["nearest"]["yes"] == ["peg"]
    assert (without["relaxed"], without["requirement"]) == ("requirement", "peg")
    assert without["nearest"]["location_id"] == "1-9000000001"


def test_near_misses_need_a_place_and_the_right_to_search(search: Search) -> None:
    assert search("need=peg", path="/vacancies/near-misses").fields == {"near"}
    assert search("near=EX2", path="/vacancies/near-misses", groups=None).status == 401
