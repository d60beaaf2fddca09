"""Measure how an opening is matched against every alert, against its peers."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from benchmarks.meter.timing import Contestant, Spread, time_side_by_side
from benchmarks.peers import servers
from benchmarks.peers.alert_index import AlertIndexPeer
from benchmarks.peers.alerts_sqlite import SQLiteAlerts
from benchmarks.peers.answers import WrongAnswerError
from benchmarks.report import titles
from benchmarks.report.tables import Say, Tables, spread_table
from benchmarks.samples.alerts import (
    Alerts,
    Opening,
    firing_alerts,
    sample_alerts,
    sample_openings,
)
from benchmarks.samples.homes import sample_homes
from benchmarks.scale import Scale

SIZES: Final = (1_000, 10_000, 100_000)
QUICK_SIZES: Final = (1_000, 20_000)
HOMES: Final = 15_000


class Peer(Contestant[Opening], Protocol):
    """A contestant that matches openings, right within a tolerance: a part of each distance."""

    @property
    def tolerance(self) -> float: ...

    def answer(self, opening: Opening) -> set[int]:
        """Return the rows of the alerts that `ask` finds, to be checked."""
        ...

    def close(self) -> None: ...


Start = Callable[[Alerts], Peer]


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure with each number of alerts. Returns a table each."""
    homes = sample_homes(HOMES, "england")
    questions = sample_openings(scale.searches, homes)
    tables: Tables = {}
    with ExitStack() as stack:
        starts: list[Start] = [AlertIndexPeer, SQLiteAlerts]
        try:
            where = stack.enter_context(servers.postgres(folder))
        except servers.PeerError as error:
            say(f"left out: {error}")
        else:
            from benchmarks.peers.alerts_postgis import QUERIES, PostGISAlerts

            starts += [partial(PostGISAlerts, where=where, name=name) for name in QUERIES]
        for count in SIZES if scale.is_whole else QUICK_SIZES:
            say(f"matching: {count:,} alerts")
            alerts = sample_alerts(count, homes)
            spreads = compare(alerts, questions, starts, scale.rounds)
            tables[f"{titles.MATCHING}, {count:,} alerts"] = spread_table(spreads)
    return tables


def compare(
    alerts: Alerts, questions: Sequence[Opening], starts: Sequence[Start], rounds: int
) -> dict[str, Spread]:
    """Time every peer on the same openings, after checking each of its answers.

    Raises WrongAnswerError.
    """
    with ExitStack() as stack:
        contestants = []
        for start in starts:
            peer = start(alerts)
            stack.callback(peer.close)
            contestants.append(peer)
        tolerances = {peer.tolerance for peer in contestants}
        for question in questions:
            certain = {each: firing_alerts(alerts, question, -each) for each in tolerances}
            possible = {each: firing_alerts(alerts, question, each) for each in tolerances}
            for peer in contestants:
                rows = peer.answer(question)
                if not certain[peer.tolerance] <= rows <= possible[peer.tolerance]:
                    raise WrongAnswerError(
                        f"{peer.name}: {len(rows)} alerts, not those that the opening fires"
                    )
        return time_side_by_side(contestants, questions, rounds=rounds)
