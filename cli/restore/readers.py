"""Read what a restore compares: the documents of a table, its log, and what changed later."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from cli.errors import CommandError
from cli.restore.merge import AUTHOR, LaterChanges
from shared.domain.alert import Alert
from shared.domain.care_home import CareHome
from shared.domain.dispute import Disputes
from shared.domain.documents import Document
from shared.domain.outcome import Outcome
from shared.domain.placing_stop import CouncilMark
from shared.domain.request_record import RequestRecord
from shared.domain.vocabulary import Action, ChangeKind
from shared.domain.wrong_posts import WrongPosts
from shared.store import keys
from shared.store.change_log import CLOCK_SKEW, PARTITIONS
from shared.store.table import Item, Table


def read_later_changes(
    table: Table, kind: ChangeKind, moment: datetime, now: datetime
) -> dict[str, LaterChanges]:
    """Read the changes of a kind after a moment, by the id of what changed.

    A restore's own give no action.
    """
    later: dict[str, LaterChanges] = {}
    for day in keys.change_days(moment, now + CLOCK_SKEW):
        entries = table.query(
            "#pk = :day AND #sk >= :moment",
            {":day": day, ":moment": keys.stamp(moment)},
            ProjectionExpression="#sk, #action, #by, #republished",
            ExpressionAttributeNames={
                "#pk": keys.PARTITION,
                "#sk": keys.SORT,
                "#action": keys.ACTION,
                "#by": keys.BY,
                "#republished": keys.REPUBLISHED,
            },
        )
        for entry in entries:
            if keys.is_beat(entry[keys.SORT]["S"]):
                continue
            name, subject_id, version = keys.subject_of_change(entry[keys.SORT]["S"])
            if name != kind:
                continue
            changes = later.setdefault(subject_id, LaterChanges())
            changes.version = max(changes.version, version)
            if entry[keys.BY]["S"] != AUTHOR and keys.REPUBLISHED not in entry:
                changes.actions.add(Action(entry[keys.ACTION]["S"]))
    return later


def read_documents(table: Table, kind: ChangeKind) -> dict[str, Document]:
    """Read every document of a kind by its id.

    Raises CommandError where an item cannot be read.
    """
    partition, parse = PARTITIONS[kind], _PARSERS[kind]
    documents = {}
    for item in table.query(
        "#pk = :pk", {":pk": partition}, ExpressionAttributeNames={"#pk": keys.PARTITION}
    ):
        subject_id = item[keys.SORT]["S"]
        try:
            document: Document = json.loads(item[keys.DOCUMENT]["S"])
            parse(document)
        except (KeyError, ValueError, TypeError) as error:
            raise CommandError(
                f"The item {partition} {subject_id} of {table.name} cannot be read ({error!r})."
                " Delete that item with the AWS console or CLI, then run the same command again."
            ) from None
        documents[subject_id] = document
    return documents


_PARSERS: Final[Mapping[ChangeKind, Callable[[Any], object]]] = {
    ChangeKind.PLACING_STOP: CouncilMark.from_document,
    ChangeKind.OUTCOME: Outcome.from_document,
    ChangeKind.HOME: CareHome.from_document,
    ChangeKind.DISPUTE: Disputes.from_document,
    ChangeKind.REQUEST_RECORD: RequestRecord.from_document,
    ChangeKind.ALERT: Alert.from_document,
    ChangeKind.WRONG_POSTS: WrongPosts.from_document,
}


def draw_cannot_be_read(day: str) -> None:
    """Raise the CommandError that names a draw of the audit."""
    raise CommandError(
        f"The draw of the audit of {day} cannot be read. Delete the item {keys.AUDIT_DRAWS} {day}"
        " with the AWS console or CLI, then run the same command again."
    )


def log_entries(table: Table) -> Iterator[Item]:
    """Yield every entry of the log but heartbeats."""
    pages = table.client.get_paginator("scan").paginate(
        TableName=table.name,
        FilterExpression="begins_with(#pk, :log)",
        ExpressionAttributeNames={"#pk": keys.PARTITION},
        ExpressionAttributeValues={":log": {"S": keys.CHANGE_PREFIX}},
    )
    for page in pages:
        yield from (each for each in page["Items"] if not keys.is_beat(each[keys.SORT]["S"]))
