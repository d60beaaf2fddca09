"""The classic design: homes by H3 cell in DynamoDB, and the circle's cells queried in parallel."""

import json
import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import boto3
import h3
from botocore.config import Config

from benchmarks.peers.answers import OF_THE_EARTH, Answer
from benchmarks.peers.cells_table import RESOLUTIONS, TABLE
from benchmarks.samples.declarations import said_yes
from benchmarks.samples.homes import Search
from shared.domain.availability import free_beds
from shared.domain.documents import Document, to_json
from shared.domain.geo import METRES_PER_MILE, Point, miles_between
from shared.domain.vocabulary import Rating
from shared.store.table import Table

MOST_CELLS: Final = 20
"""The finest cells are queried of which the circle touches no more than this."""
PARALLEL_QUERIES: Final = 16
CORNERS: Final = 24


@dataclass(frozen=True, slots=True)
class Design:
    """One way to query homes by cell."""

    name: str
    resolutions: tuple[int, ...]
    filters_in_dynamodb: bool


CLASSIC: Final = Design("cells, one resolution", (5,), filters_in_dynamodb=False)
"""The usual design: every cell of the circle is queried, then the function filters and sorts."""
FILTERED: Final = Design("cells, filtered in DynamoDB", (5,), filters_in_dynamodb=True)
LAYERED: Final = Design("cells, three resolutions", RESOLUTIONS, filters_in_dynamodb=True)
"""The best design that was found: larger cells for larger circles, so there are never many."""


class Cells:
    """One design on the table of cells; of each home only the document is returned."""

    tolerance = OF_THE_EARTH

    def __init__(self, design: Design, table: Table) -> None:
        self.name, self._design = design.name, design
        config = Config(max_pool_connections=PARALLEL_QUERIES)
        meta = table.client.meta
        self._client = boto3.client("dynamodb", endpoint_url=meta.endpoint_url, config=config)
        self._pool = ThreadPoolExecutor(PARALLEL_QUERIES)

    def answer(self, search: Search) -> Answer:
        """Return what the search finds, to be checked."""
        total, nearest = self._search(search)
        return Answer(total, [(int(home["location_id"][2:]) - 1, miles) for miles, home in nearest])

    def ask(self, search: Search) -> str:
        """Return the response as JSON, as a function would send it."""
        total, nearest = self._search(search)
        results = [{**home, "distance_miles": round(miles, 2)} for miles, home in nearest]
        return to_json({"total": total, "results": results})

    def _search(self, search: Search) -> tuple[int, list[tuple[float, dict[str, Any]]]]:
        found = []
        cells = covering(search.point, search.miles, self._design.resolutions)
        filtered = self._design.filters_in_dynamodb
        for items in self._pool.map(lambda cell: self._query(cell, search), cells):
            for item in items:
                home = json.loads(item["document"]["S"])
                if not (filtered or fits(home, search)):
                    continue
                miles = miles_between(search.point, Point(home["latitude"], home["longitude"]))
                if miles <= search.miles:
                    found.append((miles, home))
        found.sort(key=lambda each: (each[0], each[1]["location_id"]))
        return len(found), found[: search.query.limit]

    def _query(self, cell: str, search: Search) -> list[dict[str, Any]]:
        request: dict[str, Any] = {
            "TableName": TABLE,
            "KeyConditionExpression": "pk = :pk",
            "ProjectionExpression": "#document",
            "ExpressionAttributeNames": {"#document": "document"},
            "ExpressionAttributeValues": {":pk": {"S": cell}},
        }
        if self._design.filters_in_dynamodb:
            expression, names, values = _filter(search)
            request["FilterExpression"] = expression
            request["ExpressionAttributeNames"] |= names
            request["ExpressionAttributeValues"] |= values
        items: list[dict[str, Any]] = []
        while True:
            page: Any = self._client.query(**request)
            items += page["Items"]
            if "LastEvaluatedKey" not in page:
                return items
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def server_seconds(self) -> float:
        return 0.0  # DynamoDB's own work is not the client's

    def close(self) -> None:
        self._pool.shutdown()


def covering(point: Point, miles: float, resolutions: Sequence[int]) -> list[str]:
    """Return the cells that a circle touches, and few others: the finest that are not many.

    Resolutions ascend; of the coarsest there may be many cells.
    """
    kilometres = miles * METRES_PER_MILE / 1000
    for resolution in reversed(resolutions[1:]):
        if math.pi * kilometres**2 < MOST_CELLS * h3.average_hexagon_area(resolution, unit="km^2"):
            cells = _touched(point, kilometres, resolution)
            if len(cells) <= MOST_CELLS:
                return cells
    return _touched(point, kilometres, resolutions[0])


def _touched(point: Point, kilometres: float, resolution: int) -> list[str]:
    """Return the cells that overlap a polygon around the circle.

    They are a few fewer than whole rings of cells. Each saved request costs more than finding the
    cells of a polygon does.
    """
    # A degree of latitude is never shorter than 110.5 km, nor one of longitude here than it is
    # where the circle is nearest a pole.
    north = kilometres / 110.5 / math.cos(math.pi / CORNERS)
    east = north / math.cos(math.radians(abs(point.latitude) + north))
    ring = [
        (
            point.latitude + north * math.sin(2 * math.pi * corner / CORNERS),
            point.longitude + east * math.cos(2 * math.pi * corner / CORNERS),
        )
        for corner in range(CORNERS)
    ]
    cells: list[str] = h3.h3shape_to_cells_experimental(
        h3.LatLngPoly(ring), resolution, contain="overlap"
    )
    return cells


def fits(home: Document, search: Search) -> bool:
    """Tell whether a document meets the conditions, as a function that filters by itself asks."""
    query, free = search.query, free_beds(home)
    most = max((free.get(each, 0) for each in query.categories or free), default=0)
    if most < query.beds:
        return False
    if query.min_rating and (
        "rating" not in home or Rating(home["rating"]).rank < query.min_rating.rank
    ):
        return False
    return set(query.service_user_bands) <= set(home["service_user_bands"]) and set(
        query.requirements.needs
    ) <= set(said_yes(home))


def _filter(search: Search) -> tuple[str, dict[str, str], dict[str, Any]]:
    """Return the conditions as a filter expression, with its names and values."""
    conditions, names, values = ["#free >= :beds"], {"#free": f"free{search.column}"}, {}
    values[":beds"] = {"N": str(search.beds)}
    for at, band in enumerate(search.query.service_user_bands):
        conditions.append(f"contains(bands, :band{at})")
        values[f":band{at}"] = {"S": band.value}
    for at, need in enumerate(search.query.requirements.needs):
        conditions.append(f"contains(needs, :need{at})")
        values[f":need{at}"] = {"S": need}
    if search.rating:
        conditions.append("rating >= :rating")
        values[":rating"] = {"N": str(search.rating)}
    return " AND ".join(conditions), names, values
