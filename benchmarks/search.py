"""A search in memory: 25 nearest and the total count, among homes alone and all together."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, Protocol

from benchmarks.meter.timing import Contestant, Spread, side_by_side
from benchmarks.peers import servers
from benchmarks.peers.answers import Found, Truth
from benchmarks.peers.arrays import BruteForce, KDTree
from benchmarks.peers.board import BoardPeer
from benchmarks.peers.sqlite_rtree import SQLiteRTree
from benchmarks.report.tables import Say, Tables, spread_table
from benchmarks.samples.homes import Homes, Search, homes, searches
from benchmarks.samples.towns import Land
from benchmarks.scale import Scale

SCENES: Final[tuple[tuple[str, int, Land], ...]] = (
    ("England", 15_000, "england"),
    ("the world", 500_000, "world"),
    ("half a million in England", 500_000, "england"),
)


class Peer(Contestant[Search], Protocol):
    """Answers searches, right within a tolerance: a part of each distance."""

    @property
    def tolerance(self) -> float: ...

    def answer(self, search: Search) -> Found:
        """What `ask` finds, in the form to be checked."""
        ...

    def close(self) -> None: ...


Start = Callable[[Homes], Peer]


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """A table for each scene, and who was left out."""
    tables: Tables = {}
    with peers(folder, say) as starts:
        for title, count, land in SCENES:
            among = homes(scale.homes(count), land)
            say(f"search: {len(among):,} homes in {title}")
            spreads = compared(among, searches(scale.searches, among), starts, scale.rounds)
            name = f"search in memory, {title} ({len(among):,} homes)"
            tables[name] = spread_table(spreads)
    return tables


def compared(
    among: Homes, questions: Sequence[Search], starts: Sequence[Start], rounds: int
) -> dict[str, Spread]:
    """Every peer over the same questions, once each answers as brute force does.

    Raises WrongAnswerError.
    """
    truth = Truth(among)
    with ExitStack() as stack:
        contestants = []
        for start in starts:
            peer = start(among)
            stack.callback(peer.close)
            contestants.append(peer)
        for question in questions:
            for peer in contestants:
                truth.check(peer.name, question, peer.answer(question), peer.tolerance)
        return side_by_side(contestants, questions, rounds=rounds)


@contextmanager
def peers(folder: Path, say: Say) -> Iterator[list[Start]]:
    """The board first, then every peer that this machine has; the others are named."""
    with ExitStack() as stack:
        starts: list[Start] = [BoardPeer, KDTree, BruteForce, SQLiteRTree]
        try:
            where = stack.enter_context(servers.postgres(folder))
        except servers.PeerError as missing:
            say(f"left out: {missing}")
        else:
            from benchmarks.peers.postgis import PostGIS

            starts.append(lambda among: PostGIS(among, where))
        try:
            port, pid = stack.enter_context(servers.redis(folder))
        except servers.PeerError as missing:
            say(f"left out: {missing}")
        else:
            from benchmarks.peers.redis_geo import RedisGeo

            starts.append(lambda among: RedisGeo(among, port, pid))
        yield starts
