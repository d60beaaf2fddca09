"""Homes and alerts in the stack's table, in any number, made from a small real import.

More homes are copies with other ids, so that each is as long as a home in life.
"""

import json
import random
from collections.abc import Iterator
from typing import Any, Final

import boto3

from benchmarks.meter.stack_table import delete_items, put_items
from local.emulator.stack import LocalStack
from shared.domain.documents import to_json
from shared.store import keys

Json = dict[str, Any]

_FIRST_COPY: Final = 8_000_000_000
_FARTHEST_DEGREES: Final = 1.5


class CouncilHomes:
    """Fills and empties partitions of the table, with the rights of its administrator."""

    def __init__(self, stack: LocalStack) -> None:
        self._client = boto3.client("dynamodb", **stack.connection)
        self._table = stack.table_name
        self.imported = list(self.partition(keys.HOMES))
        self._removed_changes: list[Json] = []

    def partition(self, name: str) -> Iterator[Json]:
        """Yield the items of a partition, in DynamoDB's notation."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="#pk = :pk",
            ExpressionAttributeNames={"#pk": keys.PARTITION},
            ExpressionAttributeValues={":pk": {"S": name}},
        )
        for page in pages:
            yield from page["Items"]

    def set_homes(self, count: int) -> None:
        """Have so many homes in the table: those that were imported, then copies."""
        before = {item[keys.SORT]["S"]: item for item in self.partition(keys.HOMES)}
        after = {item[keys.SORT]["S"]: item for item in self._homes(count)}
        self._put([item for name, item in after.items() if name not in before])
        self._delete([item for name, item in before.items() if name not in after])

    def add_alerts(self, example: Json, count: int) -> None:
        """Add so many alerts, like the example, for places where this council has no home."""
        items = []
        for number in range(count):
            document = json.loads(example[keys.DOCUMENT]["S"])
            document["alert_id"] = f"{number:012x}"
            document["team"] = "far-away"
            point = document.get("point") or document
            point["latitude"], point["longitude"] = 58.6 + number % 100 / 1000, -3.1
            sort = keys.alert("far-away", document["alert_id"])
            items.append(
                {**example, keys.SORT: {"S": sort}, keys.DOCUMENT: {"S": to_json(document)}}
            )
        self._put(items)

    def empty_partition(self, name: str) -> None:
        """Delete every item of a partition."""
        self._delete(list(self.partition(name)))

    def remove_changes(self, partition: str) -> None:
        """Empty a day of the log, so that functions find it quiet, as most of the time."""
        changes = list(self.partition(partition))
        self._removed_changes = self._removed_changes or changes
        self._delete(changes)

    def restore_changes(self) -> None:
        """Put back the changes that were removed first: a day of many homes' changes."""
        self._put(self._removed_changes)

    def _homes(self, count: int) -> Iterator[Json]:
        dice = random.Random(count)  # noqa: S311 - nothing secret: always the same
        for number in range(count):
            item = self.imported[number % len(self.imported)]
            if number >= len(self.imported):
                document = json.loads(item[keys.DOCUMENT]["S"])
                document["location_id"] = f"1-{_FIRST_COPY + number}"
                for name in ("latitude", "longitude"):
                    moved = document[name] + dice.uniform(-_FARTHEST_DEGREES, _FARTHEST_DEGREES)
                    document[name] = round(moved, 6)
                sort = {"S": document["location_id"]}
                item = {**item, keys.SORT: sort, keys.DOCUMENT: {"S": to_json(document)}}
            yield item

    def _put(self, items: list[Json]) -> None:
        put_items(self._client, self._table, items)

    def _delete(self, items: list[Json]) -> None:
        delete_items(self._client, self._table, items)
