"""The free beds that a home lists, as a search weighs them."""

from dataclasses import replace
from datetime import date, timedelta

from shared.domain.care_home import CareHome
from shared.domain.chance import FillRecord, chance_left
from shared.domain.declaration import Declaration
from shared.domain.listings import Listing, Weighing, listings_of, weighing_moment
from shared.domain.needs import Suits
from shared.domain.posts import Posts
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON, counts, home, unposted

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
NOW = NOON.timestamp()
DAY = 86_400


def listed(*homes: CareHome) -> tuple[Listing, ...]:
    return tuple(each for one in homes for each in listings_of(one.to_document()))


def with_dementia_beds(said_days_ago: int) -> CareHome:
    one = home(accepting=1)
    return replace(
        one,
        beds={**one.beds, DEMENTIA: counts(1)},
        posts=Posts({NURSING: NOON, DEMENTIA: NOON - timedelta(days=said_days_ago)}),
    )


def test_the_likeliest_beds_that_are_searched_for_decide() -> None:
    listings = listed(with_dementia_beds(said_days_ago=9))
    best = Weighing(NOW).most_likely(listings)
    assert best is not None
    assert best[0].category == NURSING
    best = Weighing(NOW, categories=frozenset({DEMENTIA})).most_likely(listings)
    assert best is not None
    assert best[0].category == DEMENTIA
    assert best[1] == chance_left(1, 9, FillRecord())


def test_a_home_that_lists_nothing_searched_for_has_no_chance() -> None:
    assert Weighing(NOW).most_likely(listed(unposted())) is None
    assert Weighing(NOW, categories=frozenset({DEMENTIA})).most_likely(listed(home())) is None
    assert Weighing(NOW).rank(listed(unposted())) == 4


def test_beds_count_for_every_category_as_which_they_may_serve() -> None:
    one = replace(home(), declaration=Declaration(also_as={NURSING: (DEMENTIA,)}))
    best = Weighing(NOW, categories=frozenset({DEMENTIA})).most_likely(listed(one))
    assert best is not None
    assert best[0].category == NURSING


def test_asking_for_more_beds_lowers_the_chance() -> None:
    listings, later = listed(home(accepting=3)), NOW + 9 * DAY
    one, two = Weighing(later).most_likely(listings), Weighing(later, beds=2).most_likely(listings)
    assert one is not None
    assert two is not None
    assert (one[1], two[1]) == (
        chance_left(3, 9, FillRecord()),
        chance_left(2, 9, FillRecord()),
    )


def test_beds_that_suit_someone_else_do_not_count() -> None:
    one = home()
    one = replace(one, beds={NURSING: replace(one.beds[NURSING], suits=Suits.MAN)})
    assert Weighing(NOW, suits=Suits.WOMAN).most_likely(listed(one)) is None
    assert Weighing(NOW, suits=Suits.MAN).most_likely(listed(one)) is not None


def test_an_announced_bed_counts_only_for_the_days_asked_for() -> None:
    one = home()
    full = replace(counts(0), available_from=date(2026, 1, 9))
    listings = listed(replace(one, beds={NURSING: full}))
    assert Weighing(NOW).most_likely(listings) is None
    assert Weighing(NOW, announced=("2026-01-05", "2026-01-08")).most_likely(listings) is None
    assert Weighing(NOW, announced=("2026-01-10", "2026-01-20")).most_likely(listings) is None
    assert Weighing(NOW, announced=("2026-01-05", "2026-01-09")).most_likely(listings) is not None


def test_the_basis_says_what_the_chance_was_calculated_from() -> None:
    one = replace(home(accepting=2), posts=Posts({NURSING: NOON}, {NURSING: FillRecord(3, 26)}))
    (listing,) = listed(one)
    assert listing.basis() == {
        "category": "general_nursing",
        "listed": 2,
        "said_at": "2026-01-05T12:00:00.000Z",
        "days_to_fill": 14.1,
        "seen_to_fill": 3,
    }


def test_chances_are_weighed_as_of_the_last_full_ten_minutes() -> None:
    moment = NOON + timedelta(minutes=19, seconds=59)
    assert weighing_moment(moment) == NOW + 600


def test_a_chance_kept_from_another_moment_is_not_used() -> None:
    (listing,) = listed(home())
    first, later = listing.chance(NOW), listing.chance(NOW + 9 * DAY)
    assert listing.chance(NOW) == first
    assert listing.chance(NOW + 9 * DAY) == later < first
