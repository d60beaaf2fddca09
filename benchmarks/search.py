"""Measure a search in memory, for the 25 nearest homes and the total, against its peers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, Protocol

from benchmarks.meter.timing import Contestant, Spread, time_side_by_side
from benchmarks.peers import servers
from benchmarks.peers.answers import Answer, Truth
from benchmarks.peers.arrays import BruteForce, KDTree
from benchmarks.peers.board import BoardPeer
from benchmarks.peers.sqlite_rtree import SQLiteRTree
from benchmarks.report import titles
from benchmarks.report.tables import Say, Tables, spread_table
from benchmarks.samples.homes import Homes, Search, sample_homes, sample_searches
from benchmarks.samples.towns import Land
from benchmarks.scale import Scale

SCENES: Final[tuple[tuple[str, int, Land], ...]] = (
    ("England", 15_000, "england"),
    ("the world", 500_000, "world"),
    ("half a million in England", 500_000, "england"),
)


class Peer(Contestant[Search], Protocol):
    """A contestant that answers searches, right within a tolerance: a part of each distance."""

    @property
    def tolerance(self) -> float: ...

    def answer(self, search: Search) -> Answer:
        """Return what `ask` finds, in the form to be checked."""
        ...

    def close(self) -> None: ...


Start = Callable[[Homes], Peer]


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure every scene. Returns a table each."""
    tables: Tables = {}
    with peers(folder, say) as starts:
        for title, count, land in SCENES:
            homes = sample_homes(scale.homes(count), land)
            say(f"search: {len(homes):,} homes in {title}")
            spreads = compare(homes, sample_searches(scale.searches, homes), starts, scale.rounds)
            name = f"{titles.SEARCH_IN_MEMORY}, {title} ({len(homes):,} homes)"
            tables[name] = spread_table(spreads)
    return tables


def compare(
    homes: Homes, questions: Sequence[Search], starts: Sequence[Start], rounds: int
) -> dict[str, Spread]:
    """Time every peer on the same questions, after checking each of its answers.

    Raises WrongAnswerError.
    """
    truth = Truth(homes)
    with ExitStack() as stack:
        contestants = []
        for start in starts:
            peer = start(homes)
            stack.callback(peer.close)
            contestants.append(peer)
        for question in questions:
            for peer in contestants:
                truth.check(peer.name, question, peer.answer(question), peer.tolerance)
        return time_side_by_side(contestants, questions, rounds=rounds)


@contextmanager
def peers(folder: Path, say: Say) -> Iterator[list[Start]]:
    """Yield how to start the board and every peer on this machine; say which are left out."""
    with ExitStack() as stack:
        starts: list[Start] = [BoardPeer, KDTree, BruteForce, SQLiteRTree]
        try:
            where = stack.enter_context(servers.postgres(folder))
        except servers.PeerError as error:
            say(f"left out: {error}")
        else:
            from benchmarks.peers.postgis import PostGIS

            starts.append(lambda homes: PostGIS(homes, where))
        try:
            port, pid = stack.enter_context(servers.redis(folder))
        except servers.PeerError as error:
            say(f"left out: {error}")
        else:
            from benchmarks.peers.redis_geo import RedisGeo

            starts.append(lambda homes: RedisGeo(homes, port, pid))
        yield starts
