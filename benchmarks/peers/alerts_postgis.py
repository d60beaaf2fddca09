"""Alerts in PostGIS: the boxes around their circles under a GiST index, then the distance."""

import psycopg

from benchmarks.meter.processes import cpu_seconds
from benchmarks.peers.alerts_sqlite import alert_box
from benchmarks.samples.alerts import Alerts, Opening
from shared.domain.geo import METRES_PER_MILE

_HERE = "ST_SetSRID(ST_MakePoint(%(east)s, %(north)s), 4326)"
_FITS = f"""
      AND (categories = 0 OR categories & %(category)s <> 0)
      AND beds > %(before)s AND beds <= %(free)s
      AND bands & %(bands)s = bands AND needs & %(refused)s = 0
      AND rating <= %(rating)s
      AND ST_DWithin(
        centre, {_HERE}::geography, metres, false)
"""

QUERIES = {
    "PostGIS, by boxes": f"SELECT id FROM alert_by_box WHERE box && {_HERE}" + _FITS,
    "PostGIS, by centres": "SELECT id FROM alert_by_centre WHERE ST_DWithin("
    f"centre, {_HERE}::geography, %(farthest)s, false)" + _FITS,
}
"""By boxes is the fastest way that was found; by centres is the way that the manual suggests."""


class PostGISAlerts:
    """Alerts by one of the queries: a circle has no index in PostGIS, so its box or centre has."""

    tolerance = 0.006  # of a sphere for an ellipsoid

    def __init__(self, alerts: Alerts, where: str, name: str) -> None:
        self.name, self._query = name, QUERIES[name]
        self._table = self._query.split()[3]
        self._farthest = float(alerts.miles.max()) * METRES_PER_MILE
        self._connection = psycopg.connect(where, autocommit=True)
        self._pid = self._connection.info.backend_pid
        db = self._db = self._connection.cursor()
        db.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        self._fill(alerts)

    def _fill(self, alerts: Alerts) -> None:
        db = self._db
        db.execute(f"DROP TABLE IF EXISTS {self._table}")
        db.execute(
            f"CREATE TABLE {self._table} (id int PRIMARY KEY, box geometry(Polygon, 4326),"
            " centre geography(Point, 4326), metres float8, categories int, beds smallint,"
            " bands int, needs int, rating smallint)"
        )
        with db.copy(f"COPY {self._table} FROM STDIN") as copy:
            for at in range(len(alerts)):
                south, north, west, east = alert_box(alerts, at)
                ring = f"{west} {south},{west} {north},{east} {north},{east} {south},{west} {south}"
                copy.write_row(
                    [
                        at,
                        f"SRID=4326;POLYGON(({ring}))",
                        f"SRID=4326;POINT({alerts.longitude[at]} {alerts.latitude[at]})",
                        float(alerts.miles[at]) * METRES_PER_MILE,
                        int(alerts.categories[at]),
                        int(alerts.beds[at]),
                        int(alerts.bands[at]),
                        int(alerts.needs[at]),
                        int(alerts.rating[at]),
                    ]
                )
        db.execute(f"CREATE INDEX ON {self._table} USING gist (box)")
        db.execute(f"CREATE INDEX ON {self._table} USING gist (centre)")
        db.execute(f"VACUUM ANALYZE {self._table}")

    def answer(self, opening: Opening) -> set[int]:
        """Return the rows of the alerts that the opening fires."""
        rows = self._db.execute(
            self._query,
            {
                "north": opening.point.latitude,
                "east": opening.point.longitude,
                "category": 1 << opening.category,
                "before": opening.free_before,
                "free": opening.free,
                "bands": opening.bands,
                "refused": opening.refused,
                "rating": opening.rating,
                "farthest": self._farthest,
            },
            prepare=True,
        ).fetchall()
        return {row[0] for row in rows}

    ask = answer

    def server_seconds(self) -> float:
        return cpu_seconds(self._pid)

    def close(self) -> None:
        self._connection.close()
