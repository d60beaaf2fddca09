"""Outcomes of calls in the table, and what they dispute of a home's listings, in one commit."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.dispute import Disputes
from shared.domain.documents import Document, timestamp
from shared.domain.errors import NotFoundError
from shared.domain.outcome import Outcome
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.store import keys
from shared.store.revise import Decision, Revision, Subject, revise, revise_together
from shared.store.table import Table


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
    table: Table, since: datetime, report_unreadable: Callable[[str], None]
) -> Iterator[Outcome]:
    """Yield the outcomes of what homes listed since then, the oldest first. Raises BusyError.

    Those of one listing follow each other. One that cannot be read is left out: its sort key is
    given to `report_unreadable`, within an `except` block.
    """
    items = table.query(
        "#pk = :pk AND #sk >= :since",
        {":pk": keys.OUTCOMES, ":since": timestamp(since)},
        ProjectionExpression="#sk, #document",
        ExpressionAttributeNames={
            "#pk": keys.PARTITION,
            "#sk": keys.SORT,
            "#document": keys.DOCUMENT,
        },
    )
    for item in items:
        try:
            outcome = Outcome.from_document(json.loads(item[keys.DOCUMENT]["S"]))
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(item[keys.SORT]["S"])
            continue
        yield outcome


def load_disputes(table: Table, location_id: str) -> Disputes:
    """Return what teams were told against a home's listings. Raises BusyError."""
    (item,) = table.get((keys.DISPUTES, location_id))
    if item is None:
        return Disputes(location_id)
    return Disputes.from_document(json.loads(item[keys.DOCUMENT]["S"]))


def _revise(
    table: Table,
    clock: Clock,
    listing: ListingKey,
    decide: Callable[[Outcome | None], Outcome],
    *,
    action: Action,
    author: Author,
    home_name: str | None = None,
) -> Revision:
    """Change the outcome, and where it is a team's also what it says against the listing."""
    location_id, category, said_at, reporter, is_audit = listing

    def decide_alone(held: Document | None) -> Document:
        return decide(Outcome.from_document(held) if held else None).to_document()

    def decide_both(current: Sequence[Document | None]) -> Decision:
        held, disputes = current
        outcome = decide(Outcome.from_document(held) if held else None)
        before = Disputes.from_document(disputes) if disputes else Disputes(location_id)
        if outcome.says_gone:
            name, told_at = home_name or before.name, outcome.told_at
            after = before.with_report(category, said_at, reporter, told_at, name=name)
        else:
            after = before.without_report(category, said_at, reporter)
        document = outcome.to_document()
        return Decision([document, disputes if after == before else after.to_document()], document)

    subject_id = keys.outcome(timestamp(said_at), location_id, category, reporter)
    if is_audit:
        return revise(
            table,
            clock,
            ChangeKind.OUTCOME,
            subject_id,
            decide_alone,
            action=action,
            author=author,
        )
    subjects = [
        Subject(ChangeKind.OUTCOME, subject_id, action),
        Subject(ChangeKind.DISPUTE, location_id, Action.UPDATED),
    ]
    return revise_together(table, clock, subjects, decide_both, author=author)
