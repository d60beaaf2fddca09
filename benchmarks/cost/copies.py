"""A council of any number of homes in the emulator, made from a small one that was really imported.

More homes are copies under other ids, so that each is as long as a home in life.
"""

import json
import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from local.emulator.stack import LocalStack
from shared.domain.documents import to_json
from shared.store import keys

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

Json = dict[str, Any]

_BATCH: Final = 25
_FIRST_COPY: Final = 8_000_000_000
_FARTHEST_DEGREES: Final = 1.5


class Copies:
    """Fills and empties partitions of the table as its administrator."""

    def __init__(self, client: "DynamoDBClient", stack: LocalStack) -> None:
        self._client, self._table = client, stack.table_name
        self.homes = list(self.partition(keys.HOMES))
        self._log: list[Json] = []

    def partition(self, name: str) -> Iterator[Json]:
        """Its items, as DynamoDB writes them."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="#pk = :pk",
            ExpressionAttributeNames={"#pk": keys.PARTITION},
            ExpressionAttributeValues={":pk": {"S": name}},
        )
        for page in pages:
            yield from page["Items"]

    def have_homes(self, count: int) -> None:
        """Of the homes that were imported as many as that, and copies beyond."""
        there = {item[keys.SORT]["S"] for item in self.partition(keys.HOMES)}
        wanted = {item[keys.SORT]["S"]: item for item in self._homes(count)}
        self._write([{"PutRequest": {"Item": wanted[name]}} for name in wanted.keys() - there])
        gone = there - wanted.keys()
        self._write([_deletion(keys.HOMES, name) for name in sorted(gone)])

    def have_alerts(self, like: Json, count: int) -> None:
        """So many alerts that fire for no home of this council, beside those saved already."""
        items = []
        for number in range(count):
            document = json.loads(like["document"]["S"])
            document["alert_id"] = f"{number:012x}"
            document["team"] = "far-away"
            point = document.get("point") or document
            point["latitude"], point["longitude"] = 58.6 + number % 100 / 1000, -3.1
            sort = keys.alert("far-away", document["alert_id"])
            items.append({**like, keys.SORT: {"S": sort}, "document": {"S": to_json(document)}})
        self._write([{"PutRequest": {"Item": item}} for item in items])

    def remove(self, item: Json) -> None:
        """Take one out."""
        self._write([_deletion(item[keys.PARTITION]["S"], item[keys.SORT]["S"])])

    def forget_changes(self, day: str) -> None:
        """Empty the log, so that those who follow it find what they find most of the time."""
        there = list(self.partition(day))
        self._log = self._log or there
        self._write([_deletion(day, item[keys.SORT]["S"]) for item in there])

    def remember_changes(self) -> None:
        """Put back what was in the log when it was emptied first: a day of many homes' changes."""
        self._write([{"PutRequest": {"Item": item}} for item in self._log])

    def _homes(self, count: int) -> Iterator[Json]:
        dice = random.Random(count)  # noqa: S311 - nothing secret: always the same
        for number in range(count):
            item = self.homes[number % len(self.homes)]
            if number >= len(self.homes):
                document = json.loads(item["document"]["S"])
                document["location_id"] = f"1-{_FIRST_COPY + number}"
                for name in ("latitude", "longitude"):
                    moved = document[name] + dice.uniform(-_FARTHEST_DEGREES, _FARTHEST_DEGREES)
                    document[name] = round(moved, 6)
                sort = {"S": document["location_id"]}
                item = {**item, keys.SORT: sort, "document": {"S": to_json(document)}}
            yield item

    def _write(self, requests: Sequence[Any]) -> None:
        for start in range(0, len(requests), _BATCH):
            left: Any = {self._table: list(requests[start : start + _BATCH])}
            while left:
                left = self._client.batch_write_item(RequestItems=left)["UnprocessedItems"]


def _deletion(partition: str, sort: str) -> Json:
    return {"DeleteRequest": {"Key": {keys.PARTITION: {"S": partition}, keys.SORT: {"S": sort}}}}
