"""Conflicts, repeated requests and lost responses change a home exactly once."""

from dataclasses import replace
from typing import Any

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.author import Author, IdempotencyKey
from shared.domain.care_home import CareHome
from shared.domain.errors import BusyError, KeyReusedError, NotFoundError, OutdatedError
from shared.domain.vocabulary import Action, BedCategory
from shared.store import homes
from shared.store.change_log import commit
from shared.store.revise import Revision
from shared.store.table import Table
from tests.support.builders import NOON, changed, counts, home, save

HOME = "1-9000000001"
WITH_KEY = Author("someone", "request-2", IdempotencyKey("someone", "key-0001", "fingerprint"))


def one_more(home: CareHome) -> CareHome:
    """Accept one more bed, so that the number shows how often this took effect."""
    category = BedCategory.GENERAL_NURSING
    return home.update({category: counts(home.beds[category].accepting + 1)}, None, NOON)


def revise(table: Table, author: Author = WITH_KEY, seen: int | None = None) -> Revision:
    return homes.revise(
        table,
        SYSTEM,
        HOME,
        one_more,
        action=Action.UPDATED,
        author=author,
        seen_version=seen,
    )


def accepting(table: Table) -> int:
    count: int = homes.load(table, HOME)["beds"]["general_nursing"]["accepting"]
    return count


def interrupted(table: Table, *, before: int = 0, after: int = 0) -> Table:
    """Return the table; so many transactions fail before, then after they took effect."""
    left = {"before": before, "after": after}

    class Lossy:
        def __getattr__(self, name: str) -> Any:
            method = getattr(table.client, name)

            def called(**arguments: Any) -> Any:
                if name != "transact_write_items":
                    return method(**arguments)
                if left["before"]:
                    left["before"] -= 1
                    raise BusyError("no response")
                response = method(**arguments)
                if left["after"]:
                    left["after"] -= 1
                    raise BusyError("no response")
                return response

            return called

    return replace(table, client=Lossy())  # type: ignore[arg-type]  # a stand-in


def contested(table: Table, times: int) -> Table:
    """Return the table; another writer confirms the home before each of the first transactions."""
    left = [times]

    class Contested:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                if name == "transact_write_items" and left[0]:
                    left[0] -= 1
                    state = CareHome.from_document(homes.load(table, HOME))
                    commit(table, SYSTEM, [changed(state, state.confirm(NOON), Action.CONFIRMED)])
                return getattr(table.client, name)(**arguments)

            return called

    return replace(table, client=Contested())  # type: ignore[arg-type]  # a stand-in


def test_a_repeat_after_a_lost_response_gets_it_and_changes_nothing(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(BusyError):
        revise(interrupted(table, after=1))
    repeat = revise(table)
    assert repeat.replayed
    assert accepting(table) == 2
    assert repeat.document == homes.load(table, HOME)


def test_a_repeat_of_a_request_that_failed_is_carried_out(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(BusyError):
        revise(interrupted(table, before=1))
    assert not revise(table).replayed
    assert accepting(table) == 2


def test_a_change_without_a_version_is_applied_to_the_newest_state(table: Table) -> None:
    save(table, home(accepting=1))
    revision = revise(contested(table, 3), Author("someone", "request-2"))
    assert revision.document["version"] == 5
    assert accepting(table) == 2


def test_a_change_of_an_outdated_version_is_refused(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(OutdatedError) as outdated:
        revise(contested(table, 1), seen=1)
    assert outdated.value.current["version"] == 2
    assert accepting(table) == 1


def test_a_change_that_keeps_meeting_conflicts_is_busy(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(BusyError):
        revise(contested(table, 99))


def test_an_idempotency_key_cannot_be_used_for_another_request(table: Table) -> None:
    save(table, home())
    revise(table)
    other = Author("someone", "request-3", IdempotencyKey("someone", "key-0001", "another"))
    with pytest.raises(KeyReusedError):
        revise(table, other)


def test_an_unknown_home_cannot_be_revised(table: Table) -> None:
    with pytest.raises(NotFoundError):
        revise(table)
