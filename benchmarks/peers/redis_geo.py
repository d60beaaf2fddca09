"""Redis: GEOSEARCH on a key for each category, and the other filters in the client."""

import numpy as np
import redis

from benchmarks.meter.processes import cpu_seconds
from benchmarks.peers.answers import Answer, fits
from benchmarks.samples.homes import ANY, Homes, Search

_AT_ONCE = 5_000


class RedisGeo:
    """Redis filters by place alone, so a key for each category keeps the responses small."""

    name = "Redis GEOSEARCH"
    tolerance = 0.006  # of a sphere for an ellipsoid

    def __init__(self, homes: Homes, port: int, pid: int) -> None:
        self._homes, self._pid = homes, pid
        self._client = redis.Redis(port=port)
        self._client.flushall()
        for column in range(ANY + 1):
            rows = np.flatnonzero(homes.free[:, column]).tolist()
            for start in range(0, len(rows), _AT_ONCE):
                values: list[float | int] = []
                for at in rows[start : start + _AT_ONCE]:
                    values += float(homes.longitude[at]), float(homes.latitude[at]), at
                self._client.geoadd(f"free{column}", values)

    def answer(self, search: Search) -> Answer:
        # In order of distance, so that the client has only to filter.
        answer: list[tuple[bytes, bytes]] = self._client.execute_command(  # type: ignore[no-untyped-call]  # redis gives it no types
            "GEOSEARCH",
            f"free{search.column}",
            "FROMLONLAT",
            search.point.longitude,
            search.point.latitude,
            "BYRADIUS",
            search.miles,
            "mi",
            "ASC",
            "WITHDIST",
        )
        rows = np.array([member for member, _ in answer], dtype="S").astype(np.int64)
        fitting = np.flatnonzero(fits(self._homes, search, rows))
        first = fitting[: search.query.limit].tolist()
        return Answer(len(fitting), [(int(rows[at]), float(answer[at][1])) for at in first])

    ask = answer

    def server_seconds(self) -> float:
        return cpu_seconds(self._pid)

    def close(self) -> None:
        self._client.close()
