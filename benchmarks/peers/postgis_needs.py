"""PostgreSQL with PostGIS, and what homes say yes and no to as array columns."""

from typing import Final

import psycopg

from benchmarks.meter.processes import cpu_seconds
from benchmarks.peers.needs_answers import NeedsAnswer, columns_of
from benchmarks.samples.declarations import NO, YES
from benchmarks.samples.homes import ANY, Homes, Search
from shared.domain.geo import METRES_PER_MILE

_FREE = [f"free{column}" for column in range(ANY + 1)]

INDEXES: Final = {
    "PostGIS, arrays": ("USING gist (place)",),
    "PostGIS, arrays with GIN": (
        "USING gist (place)",
        "USING gin (yes gin__int_ops)",
        "USING gin (no gin__int_ops)",
    ),
    "PostGIS, place and arrays in one GiST": ("USING gist (place, no gist__intbig_ops)",),
}
"""The indexes of each variant. All three totals are asked for, so none can leave a home out by its
answers: they are there to show that."""


class PostGISNeeds:
    """One statement finds, divides by fit, counts and orders, on a sphere: the faster way."""

    tolerance = 0.006  # of a sphere for an ellipsoid

    def __init__(self, homes: Homes, where: str, name: str) -> None:
        self.name = name
        self._connection = psycopg.connect(where, autocommit=True)
        self._pid = self._connection.info.backend_pid
        self._connection.prepared_max = 200
        table = f"home_{list(INDEXES).index(name)}"
        db = self._db = self._connection.cursor()
        db.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        db.execute("CREATE EXTENSION IF NOT EXISTS intarray")
        db.execute(f"DROP TABLE IF EXISTS {table}")
        columns = ", ".join(f"{name} smallint" for name in _FREE)
        db.execute(
            f"CREATE TABLE {table} (id int PRIMARY KEY, place geography(Point, 4326), bands int,"
            f" rating smallint, confirmed float8, yes int[], no int[], {columns})"
        )
        answers = homes.declarations.answers
        with db.copy(f"COPY {table} FROM STDIN") as copy:
            for at in range(len(homes)):
                copy.write_row(
                    [
                        at,
                        f"SRID=4326;POINT({homes.longitude[at]} {homes.latitude[at]})",
                        int(homes.bands[at]),
                        int(homes.rating[at]),
                        float(homes.confirmed[at]),
                        (answers[at] == YES).nonzero()[0].tolist(),
                        (answers[at] == NO).nonzero()[0].tolist(),
                        *homes.free[at].tolist(),
                    ]
                )
        for index in INDEXES[name]:
            db.execute(f"CREATE INDEX ON {table} {index}")
        db.execute(f"VACUUM ANALYZE {table}")
        self._queries = [_query(table, column) for column in _FREE]

    def answer(self, search: Search) -> NeedsAnswer:
        rows = self._db.execute(
            self._queries[search.column],
            {
                "east": search.point.longitude,
                "north": search.point.latitude,
                "within": search.miles * METRES_PER_MILE,
                "beds": search.beds,
                "bands": search.bands,
                "asked": sorted(columns_of(search)),
                "rating": search.rating,
                "since": search.since,
                "limit": search.query.limit,
            },
            prepare=True,
        ).fetchall()
        _, _, _, yes, ask, no = rows[0] if rows else (0,) * 6
        return NeedsAnswer(
            (yes, ask, no), [(row[0], row[1] / METRES_PER_MILE, row[2]) for row in rows]
        )

    ask = answer

    def server_seconds(self) -> float:
        return cpu_seconds(self._pid)

    def close(self) -> None:
        self._connection.close()


def _query(table: str, free: str) -> str:
    return f"""
        SELECT id, metres, fit, count(*) FILTER (WHERE fit = 0) OVER (),
          count(*) FILTER (WHERE fit = 1) OVER (), count(*) FILTER (WHERE fit = 2) OVER ()
        FROM (
          SELECT id, ST_Distance(place, centre, false) AS metres,
            CASE WHEN no && %(asked)s::int[] THEN 2 WHEN yes @> %(asked)s::int[] THEN 0 ELSE 1 END
              AS fit
          FROM {table}, (
            SELECT ST_SetSRID(ST_MakePoint(%(east)s, %(north)s), 4326)::geography AS centre
          ) AS asked
          WHERE ST_DWithin(place, centre, %(within)s, false)
            AND {free} >= %(beds)s AND bands & %(bands)s = %(bands)s
            AND rating >= %(rating)s AND confirmed >= %(since)s
        ) AS found
        ORDER BY metres LIMIT %(limit)s
    """
