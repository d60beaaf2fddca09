"""What a change rests on stays as it was until the change is committed, or it is decided again."""

from collections.abc import Callable, Sequence

import pytest

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.documents import Document
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import homes
from shared.store.change_log import commit
from shared.store.revise import Decision, Subject, revise_together
from shared.store.table import Table
from tests.support.builders import NOON, home, mark, save
from tests.support.fakes import confirmed, during_each_write

HOME, OTHER = "1-9000000971", "1-9000000972"
STOP = PlacingStop(uk_day(NOON))

READ_ONLY = Subject(ChangeKind.PLACING_STOP, OTHER, None)
CHECKED = Subject(ChangeKind.PLACING_STOP, OTHER, Action.PLACING, is_checked=True)
UNCHECKED = Subject(ChangeKind.PLACING_STOP, OTHER, Action.PLACING)


def decisions(table: Table, clock: Clock, beside: Subject, meanwhile: Callable[[], None]) -> int:
    """Edit a home and leave another document as it is; return how often that was decided.

    Before the first commit another writer does something.
    """
    decided, others = 0, [meanwhile]

    def step() -> None:
        if others:
            others.pop()()

    def decide(current: Sequence[Document | None]) -> Decision:
        nonlocal decided
        decided += 1
        document, other = current
        assert document
        edited = {**document, "version": document["version"] + 1}
        return Decision([edited, other], edited)

    racing = during_each_write(table, step)
    subjects = [Subject(ChangeKind.HOME, HOME, Action.EDITED), beside]
    revise_together(racing, clock, subjects, decide, author=Author("someone", "request-1"))
    assert homes.load(table, HOME)["version"] == 2
    return decided


@pytest.mark.parametrize(("beside", "times"), [(READ_ONLY, 2), (CHECKED, 2), (UNCHECKED, 1)])
def test_a_document_that_came_to_be_meanwhile(
    table: Table, clock: Clock, beside: Subject, times: int
) -> None:
    save(table, home(HOME), home(OTHER), clock=clock)
    assert times == decisions(table, clock, beside, lambda: mark(table, OTHER, STOP, clock=clock))


@pytest.mark.parametrize(("beside", "times"), [(READ_ONLY, 2), (CHECKED, 2), (UNCHECKED, 1)])
def test_a_document_that_changed_meanwhile(
    table: Table, clock: Clock, beside: Subject, times: int
) -> None:
    save(table, home(HOME), home(OTHER), clock=clock)
    mark(table, OTHER, STOP, clock=clock)
    assert times == decisions(table, clock, beside, lambda: mark(table, OTHER, None, clock=clock))


def test_nothing_is_decided_again_because_something_else_changed(
    table: Table, clock: Clock
) -> None:
    other = home(OTHER)
    save(table, home(HOME), other, clock=clock)
    change = confirmed(other)[1]
    assert decisions(table, clock, READ_ONLY, lambda: commit(table, clock, [change])) == 1
