"""Care homes in the table: load one, revise one or an old id with its successor, read a history."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.documents import Document, HomeDocument
from shared.domain.errors import NotFoundError, OutdatedError
from shared.domain.placing_stop import CouncilMark
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import Change, LogEntry
from shared.store.revise import Decision, Revision, Subject, revise_together
from shared.store.revise import revise as revise_document
from shared.store.table import Table


def load(table: Table, location_id: str) -> HomeDocument:
    """Return the home as it is now. Raises NotFoundError, BusyError."""
    (item,) = table.get((keys.HOMES, location_id))
    if item is None:
        raise not_found(location_id)
    document: HomeDocument = json.loads(item[keys.DOCUMENT]["S"])
    return document


def load_several(
    table: Table, location_ids: Collection[str], report_unreadable: Callable[[str], None]
) -> dict[str, HomeDocument]:
    """Return those of these homes that the table has, by their ids; at most 100. Raises BusyError.

    One that cannot be read is left out: its id is given to `report_unreadable`, within an `except`
    block.
    """
    found: dict[str, HomeDocument] = {}
    if not location_ids:
        return found
    items = table.get(*((keys.HOMES, each) for each in location_ids))
    for location_id, item in zip(location_ids, items, strict=True):
        if item is not None:
            try:
                found[location_id] = json.loads(item[keys.DOCUMENT]["S"])
            except Exception:  # it may be anything, and must not hide the rest
                report_unreadable(location_id)
    return found


def revise(
    table: Table,
    clock: Clock,
    location_id: str,
    decide: Callable[[CareHome], CareHome],
    *,
    action: Action,
    author: Author,
    seen_version: int | None = None,
) -> Revision:
    """Let `decide` change the home, and commit it: see `shared.store.revise`.

    A `decide` that changes nothing leaves the version as it is. Raises NotFoundError, OutdatedError
    (only with `seen_version`), KeyReusedError, BusyError, and what `decide` raises.
    """

    def decide_document(current: HomeDocument | None) -> HomeDocument:
        home = as_seen(current, location_id, seen_version)
        return document_of(home, decide(home), current)

    return revise_document(
        table, clock, ChangeKind.HOME, location_id, decide_document, action=action, author=author
    )


class HomeDecision(NamedTuple):
    """What becomes of a home, and the response that is saved for a repeat of the request."""

    home: CareHome
    response: Document


def revise_and_respond(
    table: Table,
    clock: Clock,
    location_id: str,
    decide: Callable[[CareHome], HomeDecision],
    *,
    action: Action,
    author: Author,
) -> Revision:
    """Let `decide` change the home and say the response; otherwise as `revise`."""

    def decide_one(current: Sequence[Document | None]) -> Decision:
        (document,) = current
        home = as_seen(document, location_id)
        decision = decide(home)
        return Decision([document_of(home, decision.home, document)], decision.response)

    subjects = [Subject(ChangeKind.HOME, location_id, action)]
    return revise_together(table, clock, subjects, decide_one, author=author)


class SuccessionDecision(NamedTuple):
    """What becomes of an old id and of its successor, and what the response adds to the old."""

    old: CareHome
    new: CareHome
    members: Document


def revise_succession(
    table: Table,
    clock: Clock,
    old_id: str,
    new_id: str,
    decide: Callable[[CareHome, CareHome | None], SuccessionDecision],
    *,
    new_action: Action,
    author: Author,
    seen_version: int | None = None,
    carries_mark: bool = False,
) -> Revision:
    """Let `decide` change an old id and its successor, and commit both changes in one transaction.

    The response is the old home. `decide` gets None where no home has the new id, and must raise.
    `new_action` is the successor's, `seen_version` the old home's. With `carries_mark` the same
    transaction carries the council's mark over, and the response says whether there was one to
    carry. Raises what `revise` raises.
    """

    def decide_both(current: Sequence[Document | None]) -> Decision:
        old, new, *marks = current
        old_home = as_seen(old, old_id, seen_version)
        new_home = CareHome.from_document(new) if new else None
        decision = decide(old_home, new_home)
        old_document = document_of(old_home, decision.old, old)
        new_document = document_of(new_home, decision.new, new)
        documents: list[Document | None] = [old_document, new_document]
        members = decision.members
        if marks:
            new_mark = _carried_mark(marks, new_document, uk_day(clock.now()))
            documents += [marks[0], new_mark]
            members = {**members, "placing_stop_carried": new_mark != marks[1]}
        return Decision(documents, {**old_document, **members})

    subjects = [
        Subject(ChangeKind.HOME, old_id, Action.EDITED),
        Subject(ChangeKind.HOME, new_id, new_action),
    ]
    if carries_mark:
        subjects += [
            Subject(ChangeKind.PLACING_STOP, old_id, None),
            Subject(ChangeKind.PLACING_STOP, new_id, Action.PLACING),
        ]
    return revise_together(table, clock, subjects, decide_both, author=author)


def _carried_mark(
    marks: Sequence[Document | None], successor: HomeDocument, today: date
) -> Document | None:
    """Return the successor's mark, of the old id's and its own, as the documents now are."""
    old, new = (CouncilMark.from_document(each) if each else None for each in marks)
    if old is None:
        return marks[1]
    mark = new or CouncilMark(successor["location_id"])
    carried = old.carried_to(mark, today=today, home_version=successor["version"])
    return marks[1] if carried == mark else carried.to_document()


def as_seen(
    current: HomeDocument | None, location_id: str, seen_version: int | None = None
) -> CareHome:
    """Return the home, if it has the version that the caller saw.

    Raises NotFoundError, OutdatedError.
    """
    if current is None:
        raise not_found(location_id)
    if seen_version not in (None, current["version"]):
        raise OutdatedError(
            "This home was changed after you loaded it. Look at its current state, then send"
            " your change again.",
            current,
        )
    return CareHome.from_document(current)


def document_of(
    before: CareHome | None, after: CareHome, current: HomeDocument | None
) -> HomeDocument:
    """Return the present document itself where nothing changed: it may hold more than is read."""
    return current if current is not None and after == before else after.to_document()


def history(table: Table, location_id: str, *, limit: int, before: str | None) -> list[LogEntry]:
    """Return the newest log entries of a home, newest first; `before` is a stamp, exclusive.

    Read from an index, so that a change of the last second may be missing. Raises BusyError.
    """
    return entries(table, location_id, limit=limit, before=before)


def entries(table: Table, of_home: str, *, limit: int, before: str | None) -> list[LogEntry]:
    """Return the newest log entries with this value of `keys.OF_HOME`; see `history`."""
    newest_first = table.query(
        "#home = :home AND #sk < :before" if before else "#home = :home",
        {":home": of_home, **({":before": before} if before else {})},
        IndexName=keys.CHANGES_OF_HOME_INDEX,
        ExpressionAttributeNames={
            "#home": keys.OF_HOME,
            **({"#sk": keys.SORT} if before else {}),
        },
        ScanIndexForward=False,
        Limit=limit,
    )
    newest = islice(newest_first, limit)
    return [LogEntry(item[keys.SORT]["S"], Change.from_item(item)) for item in newest]


def not_found(location_id: str) -> NotFoundError:
    """Return the error of a home that the table does not have."""
    return NotFoundError(
        f"There is no care home with the location id {location_id} in this council's directory."
    )
