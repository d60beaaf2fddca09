"""The classic design: homes under H3 cells in DynamoDB, the circle's cells queried in parallel."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import boto3
import h3  # type: ignore[import-untyped]
from botocore.config import Config

from benchmarks.emulated import put_all
from benchmarks.peers.answers import OF_THE_EARTH, Found
from benchmarks.places import ANY, Homes, Search
from shared.geo import METRES_PER_MILE, Point, miles_between
from shared.model import dumps
from shared.table import Table

RESOLUTIONS: Final = (4, 5, 6)
"""Homes are kept under a cell of each: edges of about 14, 5 and 2 miles."""
MOST_CELLS: Final = 20
"""The finest cells of which the circle needs no more than this are asked."""
AT_A_TIME: Final = 16

TABLE: Final = "bench-cells"


class Cells:
    """Conditions go along as a filter expression, so that only what fits comes back."""

    name = "H3 cells in DynamoDB"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes, table: Table) -> None:
        config = Config(max_pool_connections=AT_A_TIME)
        meta = table.client.meta
        self._client = boto3.client("dynamodb", endpoint_url=meta.endpoint_url, config=config)
        text: Any = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
        self._client.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=text,
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
        )
        put_all(table, TABLE, _items(homes))
        self._pool = ThreadPoolExecutor(AT_A_TIME)

    def answer(self, search: Search) -> Found:
        total, nearest = self._found(search)
        return Found(total, [(int(home["location_id"][2:]) - 1, far) for far, home in nearest])

    def ask(self, search: Search) -> str:
        """The answer as JSON, as a function would send it."""
        total, nearest = self._found(search)
        results = [{**home, "distance_miles": round(far, 2)} for far, home in nearest]
        return dumps({"total": total, "results": results})

    def _found(self, search: Search) -> tuple[int, list[tuple[float, dict[str, Any]]]]:
        found = []
        cells = covering(search.point, search.miles)
        for items in self._pool.map(lambda cell: self._query(cell, search), cells):
            for item in items:
                home = json.loads(item["is"]["S"])
                far = miles_between(search.point, Point(home["latitude"], home["longitude"]))
                if far <= search.miles:
                    found.append((far, home))
        found.sort(key=lambda each: (each[0], each[1]["location_id"]))
        return len(found), found[: search.wanted.limit]

    def _query(self, cell: str, search: Search) -> list[dict[str, Any]]:
        conditions, names, values = ["#free >= :beds"], {}, {}
        names["#free"] = f"free{search.column}"
        values[":beds"] = {"N": str(search.beds)}
        for at, band in enumerate(search.wanted.service_user_bands):
            conditions.append(f"contains(bands, :band{at})")
            values[f":band{at}"] = {"S": band.value}
        for at, feature in enumerate(search.wanted.features):
            conditions.append(f"contains(features, :feature{at})")
            values[f":feature{at}"] = {"S": feature.value}
        if search.rating:
            conditions.append("rating >= :rating")
            values[":rating"] = {"N": str(search.rating)}
        if search.since:
            conditions.append("confirmed >= :since")
            values[":since"] = {"N": str(int(search.since))}
        asked: dict[str, Any] = {
            "TableName": TABLE,
            "KeyConditionExpression": "pk = :pk",
            "FilterExpression": " AND ".join(conditions),
            "ProjectionExpression": "#is",
            "ExpressionAttributeNames": {**names, "#is": "is"},
            "ExpressionAttributeValues": {**values, ":pk": {"S": cell}},
        }
        items: list[dict[str, Any]] = []
        while True:
            page: Any = self._client.query(**asked)
            items += page["Items"]
            if "LastEvaluatedKey" not in page:
                return items
            asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def server_seconds(self) -> float:
        return 0.0  # DynamoDB's own work is not the client's

    def close(self) -> None:
        self._pool.shutdown()
        self._client.delete_table(TableName=TABLE)


def covering(point: Point, miles: float) -> list[str]:
    """The cells that a circle touches, and few others: the finest of which these are not many."""
    for resolution in reversed(RESOLUTIONS):
        cells = _touched(point, miles, resolution)
        if len(cells) <= MOST_CELLS or resolution == RESOLUTIONS[0]:
            return cells
    raise AssertionError


def _touched(point: Point, miles: float, resolution: int) -> list[str]:
    kilometres = miles * METRES_PER_MILE / 1000
    # Cells differ in size: the largest edge is less than 1.3 times the mean one.
    edge = 1.3 * h3.average_hexagon_edge_length(resolution, unit="km")
    rings = int((kilometres + edge) / edge) + 1
    disk = h3.grid_disk(h3.latlng_to_cell(point.latitude, point.longitude, resolution), rings)
    here = (point.latitude, point.longitude)
    return [
        cell
        for cell in disk
        if h3.great_circle_distance(here, h3.cell_to_latlng(cell), unit="km")
        <= (kilometres + edge) * 1.005
    ]


def _items(homes: Homes) -> Iterator[dict[str, Any]]:
    for at in range(len(homes)):
        document = homes.document(at)
        attributes: dict[str, Any] = {
            "sk": {"S": document["location_id"]},
            "is": {"S": dumps(document)},
            "rating": {"N": str(homes.rating[at])},
            "confirmed": {"N": str(int(homes.confirmed[at]))},
            **{f"free{n}": {"N": str(homes.free[at, n])} for n in range(ANY + 1)},
        }
        for name in ("service_user_bands", "features"):
            if document[name]:
                attributes[name.removeprefix("service_user_")] = {"SS": document[name]}
        for resolution in RESOLUTIONS:
            cell = h3.latlng_to_cell(document["latitude"], document["longitude"], resolution)
            yield {"pk": {"S": cell}, **attributes}
