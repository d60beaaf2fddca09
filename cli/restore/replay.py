"""Puts the content of a copy of the table back into the live one, through its change log."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from cli.errors import CommandError
from cli.restore.merge import BY, Since, Step, step_of_alert, step_of_home
from shared.aws.clock import SYSTEM
from shared.domain.alert import Alert
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import CLOCK_SKEW, Change, VersionConflictError, commit
from shared.store.table import Item, Table

BATCH: Final = 40
PASSES: Final = 5
"""Over what others changed at the same moment."""

Progress = Callable[[str], object]


class Restoring:
    """One restore of one table: `counts` says what was, or would be, done."""

    def __init__(
        self, live: Table, copy: Table, since: datetime, *, all_of_it: bool, dry_run: bool
    ) -> None:
        self._live, self._copy, self._since = live, copy, since
        self._all_of_it, self._dry_run = all_of_it, dry_run
        self.counts: Counter[str] = Counter()

    def run(self, progress: Progress) -> None:
        """Bring everything back. Broken off, the same again does the rest. Raises BusyError,
        CommandError."""
        for kind, name in ((ChangeKind.HOME, "homes"), (ChangeKind.ALERT, "alerts")):
            progress(f"putting back {name}")
            self._put_back(kind, name)
        progress("putting back the change log")
        self._log()

    def _put_back(self, kind: ChangeKind, name: str) -> None:
        then = documents(self._copy, kind)
        wanted = set(then)
        for _ in range(PASSES):
            now = documents(self._live, kind)
            # After the state, so that the log knows of everything that is in it.
            since = since_then(self._live, self._since)
            self.counts[f"{name} that came later, left as they are"] = len(set(now) - set(then))
            steps = {
                each: step
                for each in sorted(wanted)
                if (step := self._step(kind, then[each], now.get(each), since.get(each, Since())))
            }
            wanted = self._write(steps, name, now)
            if not wanted:
                return
        raise CommandError(
            f"{len(wanted)} {name} are being changed all the time: run the same again"
        )

    def _step(
        self, kind: ChangeKind, then: Document, now: Document | None, since: Since
    ) -> Step | None:
        step_of = step_of_home if kind is ChangeKind.HOME else step_of_alert
        return step_of(then, now, since, self._copy.name[-100:], all_of_it=self._all_of_it)

    def _write(self, steps: dict[str, Step], name: str, now: dict[str, Document]) -> set[str]:
        """Write them all; those that somebody changed meanwhile are returned."""
        overtaken: set[str] = set()
        for nth in range(2):
            changes = [step.changes[nth] for step in steps.values() if len(step.changes) > nth]
            changes = [each for each in changes if each.subject_id not in overtaken]
            for start in range(0, len(changes), BATCH):
                overtaken |= self._commit(changes[start : start + BATCH])
        for subject_id, step in steps.items():
            if subject_id not in overtaken:
                done = "put back as they were" if subject_id in now else "that were gone, back"
                self.counts[f"{name} {done}"] += 1
                self.counts[f"{name} of which something newer was kept"] += step.keeps
        return overtaken

    def _commit(self, changes: list[Change]) -> set[str]:
        if self._dry_run:
            return set()
        overtaken: set[str] = set()
        waiting = changes
        while waiting:
            try:
                commit(self._live, SYSTEM, waiting)
            except VersionConflictError as stale:
                overtaken |= {waiting[at].subject_id for at in stale.positions}
                waiting = [each for at, each in enumerate(waiting) if at not in stale.positions]
            else:
                break
        return overtaken

    def _log(self) -> None:
        """Entries that are in the copy alone; marked so that they alert nobody."""
        for day, entries in groupby(_log_of(self._copy), lambda item: item[keys.PARTITION]["S"]):
            there = {
                item[keys.SORT]["S"]
                for item in self._live.query(
                    "#pk = :day",
                    {":day": day},
                    ProjectionExpression="#sk",
                    ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
                )
            }
            for entry in entries:
                if entry[keys.SORT]["S"] in there:
                    continue
                self.counts["log entries that were gone, back"] += 1
                if not self._dry_run:
                    flag = {"BOOL": True}
                    self._live.put({**entry, "republished": flag, "restored": flag})


def since_then(table: Table, since: datetime) -> dict[str, Since]:
    """What was done to each thing after a moment, by its id; not what a restore did."""
    found: dict[str, Since] = {}
    for day in keys.change_days(since, SYSTEM.now() + CLOCK_SKEW):
        entries = table.query(
            "#pk = :day AND #sk >= :since",
            {":day": day, ":since": keys.stamp(since)},
            ProjectionExpression="#sk, #action, #by, #republished",
            ExpressionAttributeNames={
                "#pk": keys.PARTITION,
                "#sk": keys.SORT,
                "#action": "action",
                "#by": "by",
                "#republished": "republished",
            },
        )
        for entry in entries:
            subject_id, version = keys.subject_of_change(entry[keys.SORT]["S"])
            of_it = found.setdefault(subject_id, Since())
            of_it.version = max(of_it.version, version)
            if entry["by"]["S"] != BY and "republished" not in entry:
                of_it.actions.add(Action(entry["action"]["S"]))
    return found


def documents(table: Table, kind: ChangeKind) -> dict[str, Document]:
    """Everything of a kind by its id. Raises CommandError where one cannot be read."""
    partition = keys.HOMES if kind is ChangeKind.HOME else keys.ALERTS
    read: Callable[[Document], object] = (
        CareHome.from_document if kind is ChangeKind.HOME else Alert.from_document
    )
    found = {}
    for item in table.query(
        "#pk = :pk", {":pk": partition}, ExpressionAttributeNames={"#pk": keys.PARTITION}
    ):
        subject_id = item[keys.SORT]["S"]
        try:
            document: Document = json.loads(item["document"]["S"])
            read(document)
        except (KeyError, ValueError, TypeError) as error:
            raise CommandError(
                f"the item {partition} {subject_id} of {table.name} cannot be read ({error!r}):"
                " delete that item with the AWS console or CLI, then run the same again"
            ) from None
        found[subject_id] = document
    return found


def _log_of(table: Table) -> Iterator[Item]:
    pages = table.client.get_paginator("scan").paginate(
        TableName=table.name,
        FilterExpression="begins_with(#pk, :log)",
        ExpressionAttributeNames={"#pk": keys.PARTITION},
        ExpressionAttributeValues={":log": {"S": keys.CHANGE_PREFIX}},
    )
    for page in pages:
        yield from page["Items"]
