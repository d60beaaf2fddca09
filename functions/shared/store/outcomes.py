"""Outcomes of calls in the table, with what they say of a home, all in one commit.

That is what they dispute of its listings, and how it answered the last requests: one record for the
category, and one for the need that was drawn, if any. No commit holds two needs.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple, TypeVar

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.dispute import Disputes
from shared.domain.documents import Document, timestamp
from shared.domain.errors import BusyError, NotFoundError
from shared.domain.outcome import Outcome
from shared.domain.request_record import RequestRecord
from shared.domain.uk_time import uk_moment
from shared.domain.vocabulary import MAX_DAYS, Action, BedCategory, ChangeKind
from shared.store import keys
from shared.store.readable import readable, sort_key
from shared.store.revise import TRIES, Decision, Revision, Subject, revise, revise_together
from shared.store.table import Item, Table

_Said = TypeVar("_Said")


class ListingKey(NamedTuple):
    """Which listing an outcome is about, and whose call it was."""

    location_id: str
    category: BedCategory
    said_at: datetime
    reporter: str
    is_audit: bool = False
    """Whether it is a call of the council's audit, which says nothing against the listing."""


def record(
    table: Table, clock: Clock, outcome: Outcome, author: Author, *, home_name: str
) -> Revision:
    """Save what came of a call, once for each reporter and listing; the response is the outcome.

    Another outcome of the same reporter and listing corrects it, or is of a later call: see
    `Outcome.replaced_by`. Raises ConflictError, KeyReusedError, BusyError.
    """
    shown = outcome.shown
    is_audit = outcome.audit_day is not None
    listing = ListingKey(
        shown.location_id, shown.category, shown.said_at, outcome.reporter, is_audit
    )
    return _revise(
        table,
        clock,
        listing,
        lambda held: held.replaced_by(outcome) if held else outcome,
        action=Action.CREATED,
        author=author,
        home_name=home_name,
        asked_for=outcome.asked_for,
    )


def withdraw(table: Table, clock: Clock, listing: ListingKey, author: Author) -> Revision:
    """Take back what was said. Raises NotFoundError, ConflictError, BusyError."""
    now = clock.now()

    def decide(held: Outcome | None) -> Outcome:
        if held is None:
            raise NotFoundError("Nothing was said of this listing that you could take back.")
        return held.withdrawn(now)

    return _revise(table, clock, listing, decide, action=Action.UPDATED, author=author)


def recorded_since(
    table: Table,
    since: datetime,
    report_unreadable: Callable[[str], None],
    *,
    location_id: str | None = None,
) -> Iterator[Outcome]:
    """Return the outcomes of what homes, or one home, listed since then, the oldest first.

    All are read for one home, too: they stand by the moment of the listing. Those of one listing
    follow each other. One that cannot be read is left out: its sort key is given to
    `report_unreadable`, within an `except` block. Raises BusyError.
    """
    condition = "#pk = :pk AND #sk >= :since"
    values = {":pk": keys.OUTCOMES, ":since": timestamp(since)}
    of_home = f"#{location_id}#" if location_id else ""
    read = Outcome.from_document
    return _readable(table, condition, values, read, report_unreadable, id_holds=of_home)


def of_listing(
    table: Table,
    location_id: str,
    category: BedCategory,
    said_at: datetime,
    report_unreadable: Callable[[str], None],
) -> Iterator[Outcome]:
    """Return the outcomes of one listing, as `recorded_since` does. Raises BusyError."""
    condition, read = "#pk = :pk AND begins_with(#sk, :listing)", Outcome.from_document
    listing = keys.outcome(timestamp(said_at), location_id, category, "")
    return _readable(
        table, condition, {":pk": keys.OUTCOMES, ":listing": listing}, read, report_unreadable
    )


def of_calls_since(
    table: Table,
    first: date,
    report_unreadable: Callable[[str], None],
    *,
    location_id: str | None = None,
) -> Iterator[Outcome]:
    """Return the outcomes of the calls from this day on, as `recorded_since` does.

    What a call is about may have been listed a year before it: `MAX_DAYS`. Raises BusyError.
    """
    listed_since = uk_moment(first) - timedelta(days=MAX_DAYS)
    recorded = recorded_since(table, listed_since, report_unreadable, location_id=location_id)
    return (each for each in recorded if each.day >= first)


def load_disputes(
    table: Table, location_id: str, report_unreadable: Callable[[str], None]
) -> Disputes:
    """Return what teams were told against a home's listings. Raises BusyError.

    It is nothing where that cannot be read: the home's id is given to `report_unreadable`, within
    an `except` block.
    """
    items = [item for item in table.get((keys.DISPUTES, location_id)) if item]
    return next(readable(items, _disputes, sort_key, report_unreadable), Disputes(location_id))


def _disputes(item: Item) -> Disputes:
    return Disputes.from_document(json.loads(item[keys.DOCUMENT]["S"]))


def disputes_of(
    table: Table, location_ids: Iterable[str], report_unreadable: Callable[[str], None]
) -> Iterator[Disputes]:
    """Return what teams were told against the listings of these homes. Raises BusyError.

    Each home is read alone: one transaction of all would fail while any of them is written to.
    What cannot be read is left out: its sort key is given to `report_unreadable`, within an
    `except` block.
    """
    condition, read = "#pk = :pk AND #sk = :home", Disputes.from_document
    for location_id in location_ids:
        values = {":pk": keys.DISPUTES, ":home": location_id}
        yield from _readable(table, condition, values, read, report_unreadable)


def request_records(
    table: Table, location_ids: Iterable[str], report_unreadable: Callable[[str], None]
) -> Iterator[RequestRecord]:
    """Return how these homes answered the last requests. Raises BusyError.

    A record that cannot be read is left out: its sort key is given to `report_unreadable`, within
    an `except` block.
    """
    condition, read = "#pk = :pk AND begins_with(#sk, :home)", RequestRecord.from_document
    for location_id in location_ids:
        values = {":pk": keys.REQUEST_RECORDS, ":home": keys.request_record(location_id, "")}
        yield from _readable(table, condition, values, read, report_unreadable)


def _readable(
    table: Table,
    condition: str,
    values: Mapping[str, str],
    read: Callable[[Document], _Said],
    report_unreadable: Callable[[str], None],
    *,
    id_holds: str = "",
) -> Iterator[_Said]:
    items = table.query(
        condition,
        values,
        ProjectionExpression="#sk, #document",
        ExpressionAttributeNames={
            "#pk": keys.PARTITION,
            "#sk": keys.SORT,
            "#document": keys.DOCUMENT,
        },
    )
    return readable(
        (item for item in items if id_holds in sort_key(item)),
        lambda item: read(json.loads(item[keys.DOCUMENT]["S"])),
        sort_key,
        report_unreadable,
    )


class _OtherNeedError(Exception):
    """Another member of the team named a need meanwhile, whose record was not loaded."""


def _revise(
    table: Table,
    clock: Clock,
    listing: ListingKey,
    decide: Callable[[Outcome | None], Outcome],
    *,
    action: Action,
    author: Author,
    home_name: str = "",
    asked_for: Sequence[str] = (),
) -> Revision:
    """Change the outcome, and where it is a team's also what it says of the home.

    `asked_for` is what the outcome may count for now, besides what it counts for already.
    """
    location_id, category, said_at, reporter, is_audit = listing
    outcome_id = keys.outcome(timestamp(said_at), location_id, category, reporter)

    def decide_alone(held: Document | None) -> Document:
        return decide(Outcome.from_document(held) if held else None).to_document()

    if is_audit:
        kind = ChangeKind.OUTCOME
        return revise(table, clock, kind, outcome_id, decide_alone, action=action, author=author)
    for _ in range(TRIES):
        (item,) = table.get((keys.OUTCOMES, outcome_id))
        held = Outcome.from_document(json.loads(item[keys.DOCUMENT]["S"])) if item else None
        asked = sorted({category, *asked_for, *(held.asked_for if held else ())})
        subjects = [
            Subject(ChangeKind.OUTCOME, outcome_id, action),
            Subject(ChangeKind.DISPUTE, location_id, Action.UPDATED),
        ]
        record_ids = [keys.request_record(location_id, each) for each in asked]
        subjects += [
            Subject(ChangeKind.REQUEST_RECORD, each, Action.UPDATED) for each in record_ids
        ]
        decide_all = partial(_decide_all, listing, decide, asked, home_name)
        try:
            return revise_together(table, clock, subjects, decide_all, author=author)
        except _OtherNeedError:
            continue
    raise BusyError("Your team keeps changing what it says. Send the same request again.")


def _decide_all(
    listing: ListingKey,
    decide: Callable[[Outcome | None], Outcome],
    asked: Sequence[str],
    home_name: str,
    current: Sequence[Document | None],
) -> Decision:
    """Return the outcome, the disputes and the records of what was asked. Raises what it decides.

    Raises _OtherNeedError where the outcome counts for something that was not loaded.
    """
    held, disputes, *records = current
    before = Outcome.from_document(held) if held else None
    outcome = decide(before)
    if not {*outcome.asked_for, *(before.asked_for if before else ())} <= {*asked}:
        raise _OtherNeedError
    document = outcome.to_document()
    answered = [
        _answered(outcome, each, record) for each, record in zip(asked, records, strict=True)
    ]
    return Decision(
        [document, _disputed(outcome, listing, disputes, home_name), *answered], document
    )


def _disputed(
    outcome: Outcome, listing: ListingKey, held: Document | None, home_name: str
) -> Document | None:
    """Return what is said against the home's listings; what is held if that stays so."""
    location_id, category, said_at, reporter, _ = listing
    before = Disputes.from_document(held) if held else Disputes(location_id)
    if outcome.says_gone:
        name = home_name or before.name
        after = before.with_report(category, said_at, reporter, outcome.told_at, name=name)
    else:
        after = before.without_report(category, said_at, reporter)
    return held if after == before else after.to_document()


def _answered(outcome: Outcome, asked: str, held: Document | None) -> Document | None:
    """Return the record of requests for one thing; what is held if that stays so."""
    location_id = outcome.shown.location_id
    before = RequestRecord.from_document(held) if held else RequestRecord(location_id, asked)
    after = before.with_outcome(outcome)
    return held if after == before else after.to_document()
