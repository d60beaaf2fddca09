"""A home is revised: conflicts, repeats and lost replies end in exactly one change."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain.author import Author, IdempotencyKey
from shared.domain.care_home import CareHome
from shared.domain.errors import BusyError, KeyReusedError, NotFoundError, OutdatedError
from shared.domain.vocabulary import Action, BedCategory
from shared.store import homes
from shared.store.change_log import commit
from shared.store.table import Table
from tests.support.builders import NOON, changed, counts, home, save

HOME = "1-9000000001"
ONCE = Author("somebody", "request-2", IdempotencyKey("somebody", "key-0001", "fingerprint"))


def one_more(home: CareHome) -> CareHome:
    """A decision that counts how often it took effect."""
    category = BedCategory.GENERAL_NURSING
    return home.updated({category: counts(home.beds[category].accepting + 1)}, None, NOON)


def revise(table: Table, writer: Author = ONCE, seen: int | None = None) -> homes.Saved:
    return homes.revise(
        table, HOME, one_more, action=Action.UPDATED, writer=writer, seen_version=seen
    )


def accepting(table: Table) -> int:
    count: int = homes.load(table, HOME)["beds"]["general_nursing"]["accepting"]
    return count


def interrupted(table: Table, *, before: int = 0, after: int = 0) -> Table:
    """The table, where so many transactions fail before, then after they took effect."""
    left = {"before": before, "after": after}

    class Lossy:
        def __getattr__(self, name: str) -> Any:
            method = getattr(table.client, name)

            def called(**arguments: Any) -> Any:
                if name != "transact_write_items":
                    return method(**arguments)
                if left["before"]:
                    left["before"] -= 1
                    raise BusyError("no reply")
                answer = method(**arguments)
                if left["after"]:
                    left["after"] -= 1
                    raise BusyError("no reply")
                return answer

            return called

    return replace(table, client=Lossy())  # type: ignore[arg-type]


def overtaken(table: Table, times: int) -> Table:
    """The table, where another writer confirms the home before each of the first transactions."""
    left = [times]

    class Contested:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                if name == "transact_write_items" and left[0]:
                    left[0] -= 1
                    state = CareHome.from_document(homes.load(table, HOME))
                    commit(table, [changed(state, state.confirmed(NOON), Action.CONFIRMED)])
                return getattr(table.client, name)(**arguments)

            return called

    return replace(table, client=Contested())  # type: ignore[arg-type]


def test_a_reply_lost_after_the_commit_is_made_good_by_the_same_key(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(BusyError):
        revise(interrupted(table, after=1))
    again = revise(table)
    assert again.replayed
    assert accepting(table) == 2
    assert again.document == homes.load(table, HOME)


def test_a_request_that_never_arrived_is_done_by_the_next_try(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(BusyError):
        revise(interrupted(table, before=1))
    assert not revise(table).replayed
    assert accepting(table) == 2


def test_a_change_without_a_version_is_laid_on_what_others_wrote_meanwhile(table: Table) -> None:
    save(table, home(accepting=1))
    saved = revise(overtaken(table, 3), Author("somebody", "request-2"))
    assert saved.document["version"] == 5
    assert accepting(table) == 2


def test_a_change_with_a_version_is_refused_when_overtaken(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(OutdatedError) as outdated:
        revise(overtaken(table, 1), seen=1)
    assert outdated.value.current["version"] == 2
    assert accepting(table) == 1


def test_who_is_overtaken_for_ever_is_told_to_come_back(table: Table) -> None:
    save(table, home(accepting=1))
    with pytest.raises(BusyError):
        revise(overtaken(table, 99))


def test_a_key_with_another_fingerprint_is_refused(table: Table) -> None:
    save(table, home())
    revise(table)
    other = Author("somebody", "request-3", IdempotencyKey("somebody", "key-0001", "another"))
    with pytest.raises(KeyReusedError):
        revise(table, other)


def test_a_home_that_is_not_there_cannot_be_revised(table: Table) -> None:
    with pytest.raises(NotFoundError):
        revise(table)
