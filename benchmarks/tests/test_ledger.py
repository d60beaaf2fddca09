"""What was acknowledged is looked for: a search that misses it and an update that went are seen."""

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
    """One to whom these were acknowledged, one after the other."""
    kept = Ledger()
    for each in states:
        kept.post_begins(HOME)
        kept.post_ends(HOME, each)
    return kept


def test_a_search_that_shows_what_was_acknowledged_misses_nothing() -> None:
    kept = ledger(state(2, 1))
    kept.hold(kept.known(), [state(2, 1), state(7, 1, OTHER)], HOME)
    assert (kept.looked_for, kept.missed) == (1, 0)


def test_a_search_that_shows_an_older_version_is_seen() -> None:
    kept = ledger(state(2, 1), state(3, 2))
    kept.hold(kept.known(), [state(2, 1)], None)
    assert kept.missed == 1


def test_a_search_around_a_vacant_home_that_does_not_show_it_is_seen() -> None:
    kept = ledger(state(2, 1))
    kept.hold(kept.known(), [], HOME)
    assert kept.missed == 1


def test_a_home_without_a_vacancy_need_not_be_found() -> None:
    kept = ledger(state(2, 0))
    kept.hold(kept.known(), [], HOME)
    assert (kept.looked_for, kept.missed) == (1, 0)


def test_nothing_is_concluded_of_a_home_that_posts_meanwhile() -> None:
    kept = ledger(state(2, 1))
    known = kept.known()
    kept.post_begins(HOME)
    kept.hold(known, [], HOME)
    kept.hold(kept.known(), [], HOME)
    assert kept.looked_for == 0


def test_every_acknowledged_update_is_in_the_version() -> None:
    kept = ledger(state(2, 1), state(3, 2))
    assert kept.lost({HOME: state(3, 2)}) == 0


def test_an_update_that_took_anothers_place_is_lost() -> None:
    kept = ledger(state(2, 1), state(2, 2))
    assert kept.lost({HOME: state(2, 2)}) == 1


def test_a_table_that_has_other_counts_than_were_acknowledged_is_seen() -> None:
    assert ledger(state(2, 1)).lost({HOME: state(2, 0)}) == 1


def test_a_post_of_unknown_outcome_may_have_been_the_one_between() -> None:
    kept = ledger(state(2, 1))
    kept.post_begins(HOME)
    kept.post_ends(HOME, None)
    assert kept.lost({HOME: state(3, 0)}) == 0
    assert not ledger(state(2, 1)).lost({HOME: state(2, 1)})
