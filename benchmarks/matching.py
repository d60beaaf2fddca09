"""One opening held against every alert there is."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from benchmarks.meter.timing import Contestant, Spread, side_by_side
from benchmarks.peers import servers
from benchmarks.peers.alert_book import AlertBookPeer
from benchmarks.peers.alerts_sqlite import SQLiteAlerts
from benchmarks.peers.answers import WrongAnswerError
from benchmarks.report.tables import Say, Tables, spread_table
from benchmarks.samples.alerts import Alerts, Opening, alerts, fired, openings
from benchmarks.samples.homes import homes
from benchmarks.scale import Scale

SIZES: Final = (1_000, 10_000, 100_000)
QUICKLY: Final = (1_000, 100_000)
HOMES: Final = 15_000


class Peer(Contestant[Opening], Protocol):
    """Says which alerts an opening fires, right within a tolerance: a part of each distance."""

    @property
    def tolerance(self) -> float: ...

    def answer(self, opening: Opening) -> set[int]:
        """What `ask` finds, in the form to be checked."""
        ...

    def close(self) -> None: ...


Start = Callable[[Alerts], Peer]


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """A table for each number of alerts."""
    among = homes(HOMES, "england")
    questions = openings(scale.searches, among)
    tables: Tables = {}
    with ExitStack() as stack:
        starts: list[Start] = [AlertBookPeer, SQLiteAlerts]
        try:
            where = stack.enter_context(servers.postgres(folder))
        except servers.PeerError as missing:
            say(f"left out: {missing}")
        else:
            from benchmarks.peers.alerts_postgis import QUERIES, PostGISAlerts

            starts += [partial(PostGISAlerts, where=where, name=name) for name in QUERIES]
        for count in SIZES if scale.part == 1 else QUICKLY:
            say(f"matching: {count:,} alerts")
            waiting = alerts(count, among)
            spreads = compared(waiting, questions, starts, scale.rounds)
            tables[f"match of an opening, {count:,} alerts"] = spread_table(spreads)
    return tables


def compared(
    waiting: Alerts, questions: Sequence[Opening], starts: Sequence[Start], rounds: int
) -> dict[str, Spread]:
    """Every peer over the same openings, once each answers as brute force does.

    Raises WrongAnswerError.
    """
    with ExitStack() as stack:
        contestants = []
        for start in starts:
            peer = start(waiting)
            stack.callback(peer.close)
            contestants.append(peer)
        tolerances = {peer.tolerance for peer in contestants}
        for question in questions:
            surely = {each: fired(waiting, question, -each) for each in tolerances}
            perhaps = {each: fired(waiting, question, each) for each in tolerances}
            for peer in contestants:
                found = peer.answer(question)
                if not surely[peer.tolerance] <= found <= perhaps[peer.tolerance]:
                    raise WrongAnswerError(f"{peer.name}: {len(found)} alerts fired, not those due")
        return side_by_side(contestants, questions, rounds=rounds)
