"""Replay the content of a copy of the table into the live table, through the change log."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Final

from cli.errors import CommandError
from cli.restore.merge import (
    CopiedDocument,
    LaterChanges,
    Plan,
    plan_alert,
    plan_home,
    plan_outcome,
    plan_placing_stop,
    plan_wrong_posts,
)
from cli.restore.readers import (
    draw_cannot_be_read,
    log_entries,
    read_documents,
    read_later_changes,
)
from cli.restore.what_calls_say import by_home, disputes_now, plan_derived, records_now
from shared.aws.clock import Clock
from shared.domain.alert import Alert
from shared.domain.documents import Document
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import ChangeKind
from shared.store import audit_draws, keys
from shared.store.change_log import (
    NEEDS_RETENTION,
    Change,
    VersionConflictError,
    asks_for_a_person,
    commit,
    expiry_of,
)
from shared.store.table import Item, Table, has_expired

BATCH_SIZE: Final = 40
"""Changes in one transaction; a transaction holds two items for each."""

MOST_PASSES: Final = 5
"""Passes over homes or alerts that others changed at the same moment."""

ShowStep = Callable[[str], object]


class Replay:
    """One restore of one table; `counts` says what it did, or would do in a dry run."""

    def __init__(
        self,
        live: Table,
        copy: Table,
        moment: datetime,
        clock: Clock,
        *,
        overwrite_newer: bool,
        dry_run: bool,
    ) -> None:
        """Restore `live` to its state at `moment`, which `copy` holds."""
        self._live, self._copy, self._moment, self._clock = live, copy, moment, clock
        self._overwrite_newer, self._dry_run = overwrite_newer, dry_run
        self.counts: Counter[str] = Counter()
        self._planned: dict[ChangeKind, dict[str, Document]] = {}
        """What a dry run would write."""

    def run(self, progress: ShowStep) -> None:
        """Restore documents and log entries; running it again continues where it ended.

        Raises BusyError where the table does not answer, CommandError where an item cannot be read
        or others keep changing the same things.
        """
        for kind, noun in _NOUNS.items():
            progress(f"restoring {noun}")
            self._restore_all(kind, noun)
        progress("restoring the draws of the audit")
        self._restore_draws()
        progress("restoring what was published of the audit")
        self._restore_published()
        progress("restoring the change log")
        self._restore_log()

    def _restore_all(self, kind: ChangeKind, noun: str) -> None:
        copied = {} if kind in _DERIVED else read_documents(self._copy, kind)
        overtaken: set[str] = set()
        for number in range(MOST_PASSES):
            live = read_documents(self._live, kind)
            if kind in _DERIVED:
                copied = self._derive(kind, live)
            # Read after the state, so that the log has every change that is in the state.
            later = read_later_changes(self._live, kind, self._moment, self._clock.now())
            if kind not in _DERIVED:  # what is derived stays where its home is gone, new or old
                self.counts[f"newer {noun} left as they are"] = len(set(live) - set(copied))
            plans = {
                subject_id: plan
                for subject_id in sorted(overtaken & copied.keys() if number else copied)
                if (
                    plan := self._plan(
                        kind,
                        copied[subject_id],
                        live.get(subject_id),
                        later.get(subject_id, LaterChanges()),
                    )
                )
            }
            overtaken = self._commit_plans(plans)
            self._planned[kind] = {each: plan.changes[-1].document for each, plan in plans.items()}
            for subject_id, plan in plans.items():
                if subject_id not in overtaken:
                    self._count(noun, plan, is_live=subject_id in live)
            if not overtaken:
                return
        raise CommandError(
            f"{len(overtaken)} {noun} are not restored, because others keep changing them."
            " Run the same command again."
        )

    def _plan(
        self, kind: ChangeKind, copied: Document, live: Document | None, later: LaterChanges
    ) -> Plan | None:
        request_id = self._copy.name[-100:]
        if kind in _DERIVED:
            return plan_derived(kind, copied, live, later, request_id)
        plan = _PLANS[kind]
        now = self._clock.now()
        expires = expiry_of(kind, copied, now)
        if kind is ChangeKind.OUTCOME and expires and expires <= now:
            return None
        if asks_for_a_person(kind, copied):
            if live is None and self._is_beyond_log:
                return None  # it was of one person, and its team may have deleted it
            if Alert.from_document(copied).is_gone_at(self._clock.now()):
                return None  # its time is over
        return plan(CopiedDocument(copied, live, later, request_id, self._overwrite_newer))

    def _derive(self, kind: ChangeKind, live: dict[str, Document]) -> dict[str, Document]:
        """Return what is to be of a kind that follows from the outcomes and the homes."""
        outcomes = by_home(self._restored(ChangeKind.OUTCOME).values())
        if kind is ChangeKind.DISPUTE:
            return disputes_now(outcomes, self._restored(ChangeKind.HOME), live)
        return records_now(outcomes, live, uk_day(self._clock.now()))

    def _restored(self, kind: ChangeKind) -> dict[str, Document]:
        """Return the documents of a kind as they are now, or would be after a dry run."""
        planned = self._planned[kind] if self._dry_run else {}
        return {**read_documents(self._live, kind), **planned}

    @property
    def _is_beyond_log(self) -> bool:
        """Tell whether the log may have lost what became of an alert with needs since then."""
        return self._clock.now() - self._moment > NEEDS_RETENTION

    def _count(self, noun: str, plan: Plan, *, is_live: bool) -> None:
        self.counts[f"{noun} restored" if is_live else f"missing {noun} restored"] += 1
        self.counts[f"{noun} restored in part: newer changes stay"] += plan.keeps_newer

    def _commit_plans(self, plans: dict[str, Plan]) -> set[str]:
        """Commit every plan; return the ids of what others changed meanwhile."""
        overtaken: set[str] = set()
        for nth in range(2):
            changes = [plan.changes[nth] for plan in plans.values() if len(plan.changes) > nth]
            changes = [change for change in changes if change.subject_id not in overtaken]
            for start in range(0, len(changes), BATCH_SIZE):
                overtaken |= self._commit(changes[start : start + BATCH_SIZE])
        return overtaken

    def _commit(self, changes: list[Change]) -> set[str]:
        if self._dry_run:
            return set()
        overtaken: set[str] = set()
        waiting = changes
        while waiting:
            try:
                commit(self._live, self._clock, waiting)
            except VersionConflictError as conflict:
                overtaken |= {waiting[position].subject_id for position in conflict.positions}
                waiting = [
                    change
                    for position, change in enumerate(waiting)
                    if position not in conflict.positions
                ]
            else:
                break
        return overtaken

    def _restore_draws(self) -> None:
        """Put back lost draws of the council's audit; what was drawn for a day stays."""
        now = self._clock.now()
        days = {each.day for each in audit_draws.since(self._live, date.min, draw_cannot_be_read)}
        for draw in audit_draws.since(self._copy, date.min, draw_cannot_be_read):
            if draw.day not in days and draw.drawn_at + audit_draws.KEPT > now:
                self.counts["missing draws of the audit restored"] += 1
                if not self._dry_run:
                    audit_draws.save(self._live, draw)

    def _restore_published(self) -> None:
        """Put back the public rates that were lost; one that was published since then stays."""
        live = {item[keys.SORT]["S"] for item in _published(self._live)}
        for item in _published(self._copy):
            if item[keys.SORT]["S"] in live or has_expired(item, self._clock.now()):
                continue
            self.counts["missing public rates restored"] += 1
            if not self._dry_run:
                self._live.put_new(item)

    def _restore_log(self) -> None:
        """Put back the log entries that only the copy has, marked so that they cause no alert.

        Those that have expired since are left out.
        """
        log = log_entries(self._copy)
        for day, entries in groupby(log, lambda item: item[keys.PARTITION]["S"]):
            live_sort_keys = {
                item[keys.SORT]["S"]
                for item in self._live.query(
                    "#pk = :day",
                    {":day": day},
                    ProjectionExpression="#sk",
                    ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
                )
            }
            for entry in entries:
                expired = has_expired(entry, self._clock.now())
                if entry[keys.SORT]["S"] in live_sort_keys or expired:
                    continue
                self.counts["missing log entries restored"] += 1
                if not self._dry_run:
                    flag = {"BOOL": True}
                    self._live.put({**entry, keys.REPUBLISHED: flag, keys.RESTORED: flag})


def _published(table: Table) -> Iterator[Item]:
    return table.query(
        "#pk = :pk",
        {":pk": keys.PUBLIC_TRUTH},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
    )


_NOUNS: Final = {
    # Before the homes, so that alerts leave out a home that is restored.
    ChangeKind.PLACING_STOP: "placing stops",
    ChangeKind.OUTCOME: "outcomes of calls",
    ChangeKind.HOME: "homes",
    ChangeKind.DISPUTE: "marks of beds that are gone",
    ChangeKind.REQUEST_RECORD: "records of requests",
    ChangeKind.ALERT: "alerts",
    ChangeKind.WRONG_POSTS: "shares of wrong posts",
}
_DERIVED: Final = frozenset({ChangeKind.DISPUTE, ChangeKind.REQUEST_RECORD})
"""Kinds that follow from the outcomes and the homes, and so are not taken from the copy."""

_PLANS: Final = {
    ChangeKind.PLACING_STOP: plan_placing_stop,
    ChangeKind.OUTCOME: plan_outcome,
    ChangeKind.HOME: plan_home,
    ChangeKind.ALERT: plan_alert,
    ChangeKind.WRONG_POSTS: plan_wrong_posts,
}
