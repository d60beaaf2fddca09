"""The ledger finds searches that miss an acknowledged post, and posts that were lost."""

from typing import Any

from benchmarks.load.ledger import Ledger

HOME, OTHER = "1-0000000001", "1-0000000002"


def state(version: int, accepting: int, location_id: str = HOME) -> dict[str, Any]:
    counts = {"accepting": accepting, "occupied": 10 - accepting}
    return {
        "location_id": location_id,
        "version": version,
        "registration": "active",
        "admission_status": {"status": "open"},
        "beds": {"general_nursing": counts},
    }


def ledger(*states: dict[str, Any]) -> Ledger:
    """Return a ledger to which these states were acknowledged, one after another."""
    book = Ledger()
    for each in states:
        book.begin_post(HOME)
        book.end_post(HOME, each)
    return book


def test_a_search_with_the_acknowledged_version_is_right() -> None:
    book = ledger(state(2, 1))
    book.check_search(book.snapshot(), [state(2, 1), state(7, 1, OTHER)], HOME)
    assert (book.searches_checked, book.searches_outdated) == (1, 0)


def test_a_search_with_an_older_version_is_outdated() -> None:
    book = ledger(state(2, 1), state(3, 2))
    book.check_search(book.snapshot(), [state(2, 1)], None)
    assert book.searches_outdated == 1


def test_a_search_without_the_vacant_home_at_its_centre_is_outdated() -> None:
    book = ledger(state(2, 1))
    book.check_search(book.snapshot(), [], HOME)
    assert book.searches_outdated == 1


def test_a_home_without_a_vacancy_need_not_be_found() -> None:
    book = ledger(state(2, 0))
    book.check_search(book.snapshot(), [], HOME)
    assert (book.searches_checked, book.searches_outdated) == (1, 0)


def test_a_home_that_posts_during_the_search_is_not_checked() -> None:
    book = ledger(state(2, 1))
    before = book.snapshot()
    book.begin_post(HOME)
    book.check_search(before, [], HOME)
    book.check_search(book.snapshot(), [], HOME)
    assert book.searches_checked == 0


def test_no_post_is_lost_where_the_version_counts_each() -> None:
    book = ledger(state(2, 1), state(3, 2))
    assert book.lost_posts({HOME: state(3, 2)}) == 0


def test_a_post_with_the_version_of_another_is_lost() -> None:
    book = ledger(state(2, 1), state(2, 2))
    assert book.lost_posts({HOME: state(2, 2)}) == 1


def test_a_post_whose_counts_the_table_does_not_have_is_lost() -> None:
    assert ledger(state(2, 1)).lost_posts({HOME: state(2, 0)}) == 1


def test_a_post_with_unknown_outcome_may_have_been_stored() -> None:
    book = ledger(state(2, 1))
    book.begin_post(HOME)
    book.end_post(HOME, None)
    assert book.lost_posts({HOME: state(3, 0)}) == 0
    assert not ledger(state(2, 1)).lost_posts({HOME: state(2, 1)})
