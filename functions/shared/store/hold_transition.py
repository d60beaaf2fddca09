"""One transition of asks for homes' beds as one transaction, with all that it rests on.

It rests on the home and on the council's mark: nothing is committed unless both are as they were
when it was decided. What each ask is for ends in the transaction in which the ask ends.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from shared.aws.clock import Clock
from shared.domain.ask import Ask, AskState
from shared.domain.asked_for import AskedFor
from shared.domain.author import Author
from shared.domain.documents import Document, HomeDocument
from shared.domain.errors import BusyError
from shared.domain.holds import Holds, news
from shared.domain.offer import Offer, Situation
from shared.domain.placing_stop import CouncilMark
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.domain.working_hours import WorkingHours
from shared.store import homes, keys
from shared.store.revise import Decision, Revision, Subject, revise_together
from shared.store.table import Table

TRIES: Final = 5
"""How often a transition begins anew because asks came that it did not know of."""


class Desk(NamedTuple):
    """What every transition needs: the table, the clock, the council's hours, and who asks."""

    table: Table
    clock: Clock
    hours: WorkingHours
    author: Author


class Move(NamedTuple):
    """What becomes of the home, its asks, and other documents of the transaction."""

    home: HomeDocument
    holds: Mapping[BedCategory, Holds]
    response: Document
    refused_need: str | None = None
    others: Sequence[Document | None] = ()


class Loaded(NamedTuple):
    """What a transition is decided on, as of one moment."""

    home: HomeDocument
    mark: CouncilMark
    holds: Mapping[BedCategory, Holds]
    others: Sequence[Document | None]
    now: datetime
    hours: WorkingHours

    def situation(self, category: BedCategory, home: HomeDocument | None = None) -> Situation:
        """Return the situation of the asks for a category, as the home is or will be."""
        today = uk_day(self.now)
        offer = Offer.of_home(home or self.home, category, today, self.mark.stop)
        return Situation(self.now, offer, self.hours)


class UnknownAskError(Exception):
    """Since it was looked up who asks, another ask came."""


def load(table: Table, location_id: str, category: BedCategory) -> Holds:
    """Return the asks for one category of a home, as written. Raises BusyError."""
    (item,) = table.get((keys.HOLDS, keys.hold(location_id, category)))
    return _read(location_id, category, json.loads(item[keys.DOCUMENT]["S"]) if item else None)


def transition(
    desk: Desk,
    location_id: str,
    categories: Sequence[BedCategory],
    decide: Callable[[Loaded], Move],
    *,
    home_action: Action | None = None,
    others: Sequence[Subject] = (),
) -> Revision:
    """Decide and commit, with what those asks are for that end by it. Raises BusyError."""
    named = {each.subject_id for each in others}
    for _ in range(TRIES):
        open_asks = [
            each.ask_id
            for category in categories
            for each in load(desk.table, location_id, category).asks
            if each.state.is_open and each.ask_id not in named
        ]
        subjects = [
            Subject(ChangeKind.HOME, location_id, home_action, is_checked=True),
            Subject(ChangeKind.PLACING_STOP, location_id, None),
            *(_subject(location_id, category) for category in categories),
            *(Subject(ChangeKind.ASKED_FOR, each, Action.UPDATED) for each in open_asks),
            *others,
        ]
        decide_all = partial(_decide_all, desk, location_id, categories, open_asks, decide)
        try:
            return revise_together(desk.table, desk.clock, subjects, decide_all, author=desk.author)
        except UnknownAskError:
            continue
    raise BusyError("Other requests keep changing who asks for this bed. Send it again.")


def _decide_all(
    desk: Desk,
    location_id: str,
    categories: Sequence[BedCategory],
    open_asks: Sequence[str],
    decide: Callable[[Loaded], Move],
    current: Sequence[Document | None],
) -> Decision:
    """Return the decision on the documents in the order of the subjects of `transition`."""
    home, mark, *rest = current
    if home is None:
        raise homes.not_found(location_id)
    holds = rest[: len(categories)]
    asked = rest[len(categories) : len(categories) + len(open_asks)]
    before = {
        category: _read(location_id, category, document)
        for category, document in zip(categories, holds, strict=True)
    }
    council = CouncilMark.from_document(mark) if mark else CouncilMark(location_id)
    others = rest[len(categories) + len(open_asks) :]
    move = decide(Loaded(home, council, before, others, desk.clock.now(), desk.hours))
    ended = _ended(before, move.holds)
    if not ended.keys() <= set(open_asks):
        raise UnknownAskError
    wanted = [
        _after_end(document, ended[ask_id], move.refused_need)
        if document and ask_id in ended
        else document
        for ask_id, document in zip(open_asks, asked, strict=True)
    ]
    after = [
        document if move.holds[category] == before[category] else move.holds[category].to_document()
        for category, document in zip(categories, holds, strict=True)
    ]
    return Decision([move.home, mark, *after, *wanted, *move.others], move.response)


def _ended(
    before: Mapping[BedCategory, Holds], after: Mapping[BedCategory, Holds]
) -> dict[str, Ask]:
    """Return the asks that were open before and are not after, by id."""
    return {
        each.ask.ask_id: each.ask
        for category, holds in before.items()
        for each in news(holds, after[category])
        if each.before and each.before.is_open and not each.ask.state.is_open
    }


def _after_end(asked_for: Document, ask: Ask, refused_need: str | None) -> Document:
    """Return what an ask was for, once it ended; the need belongs to the one that was declined."""
    need = refused_need if ask.state is AskState.DECLINED else None
    return AskedFor.from_document(asked_for).ended(ask.state_at, need).to_document()


def _subject(location_id: str, category: BedCategory) -> Subject:
    subject_id = keys.hold(location_id, category)
    return Subject(ChangeKind.HOLD, subject_id, Action.UPDATED, is_checked=True)


def _read(location_id: str, category: BedCategory, document: Document | None) -> Holds:
    return Holds.from_document(document) if document else Holds(location_id, category)
