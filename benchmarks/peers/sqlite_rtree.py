"""SQLite in memory with its R*Tree, which comes with Python."""

import sqlite3

from benchmarks.peers.answers import OF_THE_EARTH, Answer
from benchmarks.peers.boxes import box_around
from benchmarks.samples.homes import ANY, Homes, Search, earth_xyz
from shared.domain.geo import chord_to_miles, miles_to_chord
from shared.domain.geo import earth_xyz as xyz_of

_FREE = [f"free{column}" for column in range(ANY + 1)]


class SQLiteRTree:
    """The tree finds a box; SQL checks the rest, with squared chords instead of trigonometry."""

    name = "SQLite R*Tree"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE place USING rtree(id, south, north, west, east)")
        self._db.execute(
            "CREATE TABLE home (id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL, bands INTEGER,"
            f" needs INTEGER, rating INTEGER, confirmed REAL, {', '.join(_FREE)})"
        )
        latitude, longitude = homes.latitude.tolist(), homes.longitude.tolist()
        boxes = (
            (at, n, n, e, e) for at, (n, e) in enumerate(zip(latitude, longitude, strict=True))
        )
        self._db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?)", boxes)
        columns = [
            *earth_xyz(homes.latitude, homes.longitude).T.tolist(),
            homes.bands.tolist(),
            homes.needs.tolist(),
            homes.rating.tolist(),
            homes.confirmed.tolist(),
            *homes.free.T.tolist(),
        ]
        rows = zip(range(len(homes)), *columns, strict=True)
        marks = ", ".join("?" * (len(columns) + 1))
        self._db.executemany(f"INSERT INTO home VALUES ({marks})", rows)
        self._db.execute("ANALYZE")
        self._queries = [_query(column) for column in _FREE]

    def answer(self, search: Search) -> Answer:
        point, miles = search.point, search.miles
        rows = self._db.execute(
            self._queries[search.column],
            {
                **dict(zip("xyz", xyz_of(point), strict=True)),
                "squared": miles_to_chord(miles) ** 2,
                **box_around(point, miles)._asdict(),
                "beds": search.beds,
                "bands": search.bands,
                "needs": search.needs,
                "rating": search.rating,
                "since": search.since,
                "limit": search.query.limit,
            },
        ).fetchall()
        return Answer(
            rows[0][1] if rows else 0, [(row[0], chord_to_miles(row[2] ** 0.5)) for row in rows]
        )

    ask = answer

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        self._db.close()


def _query(free: str) -> str:
    # CROSS JOIN is SQLite's way to say: the tree first.
    return f"""
        SELECT id, count(*) OVER (), squared FROM (
          SELECT home.id, (x - :x) * (x - :x) + (y - :y) * (y - :y) + (z - :z) * (z - :z) AS squared
          FROM place CROSS JOIN home ON home.id = place.id
          WHERE south <= :north AND north >= :south AND west <= :east AND east >= :west
            AND {free} >= :beds AND bands & :bands = :bands
            AND needs & :needs = :needs
            AND rating >= :rating AND confirmed >= :since
        ) WHERE squared <= :squared ORDER BY squared LIMIT :limit
    """
