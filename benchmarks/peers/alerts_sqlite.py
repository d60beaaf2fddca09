"""Alerts in SQLite: their boxes in an R*Tree, which finds those that hold the opening."""

import sqlite3

from benchmarks.peers.boxes import Box, box_around
from benchmarks.samples.alerts import Alerts, Opening
from benchmarks.samples.homes import earth_xyz
from shared.domain.geo import Point, miles_to_chord
from shared.domain.geo import earth_xyz as xyz_of

_QUERY = """
    SELECT alert.id FROM place CROSS JOIN alert ON alert.id = place.id
    WHERE south <= :north AND north >= :north AND west <= :east AND east >= :east
      AND (categories = 0 OR categories & :category) AND beds > :before AND beds <= :free
      AND bands & :bands = bands AND needs & :refused = 0 AND rating <= :rating
      AND (x - :x) * (x - :x) + (y - :y) * (y - :y) + (z - :z) * (z - :z) <= reach
"""


class SQLiteAlerts:
    """The tree finds the boxes around the circles; SQL checks the rest."""

    name = "SQLite R*Tree"
    tolerance = 5e-6

    def __init__(self, alerts: Alerts) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE place USING rtree(id, south, north, west, east)")
        self._db.execute(
            "CREATE TABLE alert (id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL, reach REAL,"
            " categories INTEGER, beds INTEGER, bands INTEGER, needs INTEGER, rating INTEGER)"
        )
        self._db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?)",
            ((at, *alert_box(alerts, at)) for at in range(len(alerts))),
        )
        columns = [
            *earth_xyz(alerts.latitude, alerts.longitude).T.tolist(),
            [miles_to_chord(miles) ** 2 for miles in alerts.miles.tolist()],
            alerts.categories.tolist(),
            alerts.beds.tolist(),
            alerts.bands.tolist(),
            alerts.needs.tolist(),
            alerts.rating.tolist(),
        ]
        rows = zip(range(len(alerts)), *columns, strict=True)
        self._db.executemany("INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._db.execute("ANALYZE")

    def answer(self, opening: Opening) -> set[int]:
        """Return the rows of the alerts that the opening fires."""
        rows = self._db.execute(
            _QUERY,
            {
                **dict(zip("xyz", xyz_of(opening.point), strict=True)),
                "north": opening.point.latitude,
                "east": opening.point.longitude,
                "category": 1 << opening.category,
                "before": opening.free_before,
                "free": opening.free,
                "bands": opening.bands,
                "refused": opening.refused,
                "rating": opening.rating,
            },
        ).fetchall()
        return {row[0] for row in rows}

    ask = answer

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        self._db.close()


def alert_box(alerts: Alerts, at: int) -> Box:
    """Return the box around an alert's circle."""
    point = Point(float(alerts.latitude[at]), float(alerts.longitude[at]))
    return box_around(point, float(alerts.miles[at]))
