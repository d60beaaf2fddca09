"""The log says what searches last showed of a home, and until when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import Action, BedCategory, Registration
from shared.store import homes
from shared.store.table import Table
from show_home.last_in_search import last_in_search
from tests.support.builders import NOON, REGISTER, counts, home, save, unposted
from tests.support.fakes import ManualTime

OLD = "1-9000000001"
GONE = replace(REGISTER, registration=Registration.DEREGISTERED)
NURSING = BedCategory.GENERAL_NURSING


def test_what_was_posted_after_the_old_id_left_was_never_shown(table: Table) -> None:
    time = ManualTime(NOON)
    clock = time.clock()

    def revise(change: Callable[[CareHome], CareHome]) -> None:
        time.advance(timedelta(hours=1))
        homes.revise(
            table,
            clock,
            OLD,
            change,
            action=Action.UPDATED,
            author=Author("someone", "request-1"),
        )

    def leave(it: CareHome) -> CareHome:
        return it.with_register(GONE)

    save(table, home(OLD, accepting=1), clock=clock)
    revise(lambda it: it.update({NURSING: counts(2)}, None, time.now))
    revise(leave)
    revise(lambda it: it.update({NURSING: counts(5)}, None, time.now))
    last = last_in_search(table, OLD)
    assert last is not None
    assert last.free == {"general_nursing": 2}
    assert last.until == NOON + timedelta(hours=2)


def test_a_home_that_never_left_was_shown_until_now(table: Table) -> None:
    save(table, unposted(OLD))
    assert last_in_search(table, OLD) is None
