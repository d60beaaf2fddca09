"""Measure searches with eight needs, beside the same ones without: in memory, and whole."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from benchmarks.meter.in_process import CONTEXT, request_event
from benchmarks.meter.timing import Contestant, Spread, percentile, time_side_by_side
from benchmarks.meter.traffic import count_traffic
from benchmarks.peers import servers
from benchmarks.peers.needs_answers import NeedsArrays, NeedsBoard, NeedsPeer, NeedsTruth
from benchmarks.peers.search_function import query_string
from benchmarks.report import titles
from benchmarks.report.tables import Say, Table, Tables, spread_table
from benchmarks.samples.homes import Homes, Search, sample_homes
from benchmarks.samples.needs_searches import sample_plain_searches, with_needs
from benchmarks.scale import Scale
from benchmarks.warm_search import HOMES, filled_stack
from shared.domain.needs import Answer
from shared.search_index.query import Sort
from shared.store.log_follower import LogFollower

USUAL_FITS: Final = (Answer.YES, Answer.ASK)
"""The fits that a search finds if it does not ask for others."""

QUICK_HOMES: Final = 1_000
"""Writing them takes most of a quick run."""

SEARCH_PATH: Final = "/vacancies"
NEAR_MISSES_PATH: Final = "/vacancies/near-misses"

Question = int
"""The number of a search, which each contestant asks in its own form."""


class Variant:
    """Asks the searches of one kind by number."""

    def __init__(
        self,
        name: str,
        ask: Callable[[Any], object],
        forms: Sequence[Any],
        sdk: "Sdk | None" = None,
    ) -> None:
        self.name, self._ask, self._forms, self._sdk = name, ask, forms, sdk

    def ask(self, number: Question) -> object:
        return self._ask(self._forms[number])

    def server_seconds(self) -> float:
        """Return what is to be left out, as time that a server gives back."""
        return -self._sdk.seconds if self._sdk else 0.0


class Sdk:
    """The processor time that following the log has taken so far: the SDK's, nearly all of it."""

    seconds = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count it within the block."""
        catch_up = LogFollower.catch_up

        def timed(follower: LogFollower) -> None:
            began = time.process_time()
            try:
                catch_up(follower)
            finally:
                self.seconds += time.process_time() - began

        with patch.object(LogFollower, "catch_up", timed):
            yield


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure against peers, then the board and the handler with needs and without."""
    homes = sample_homes(15_000, "england")
    count = max(50, scale.searches // 3)
    say(f"search with needs: {len(homes):,} homes, {count} searches")
    searches = sample_plain_searches(count, homes)
    tables: Tables = {
        titles.NEEDS_PEERS: spread_table(against_peers(homes, searches, scale, folder, say))
    }
    board = NeedsBoard(homes)
    tables[titles.NEEDS_BOARD] = _beside_none(
        [Variant(name, board.ask, forms) for name, forms in _forms(searches).items()], count, scale
    )
    return tables | whole(scale, folder, say)


def against_peers(
    homes: Homes, searches: Sequence[Search], scale: Scale, folder: Path, say: Say
) -> dict[str, Spread]:
    """Time every peer on searches of every fit, nearest first, after checking each answer."""
    questions = with_needs(searches, sort=Sort.DISTANCE)
    truth = NeedsTruth(homes)
    with ExitStack() as stack:
        peers: list[NeedsPeer] = [NeedsBoard(homes), NeedsArrays(homes)]
        try:
            where = stack.enter_context(servers.postgres(folder))
        except servers.PeerError as error:
            say(f"left out: {error}")
        else:
            from benchmarks.peers.postgis_needs import INDEXES, PostGISNeeds

            peers += [PostGISNeeds(homes, where, name) for name in INDEXES]
        for peer in peers:
            stack.callback(peer.close)
        for question in questions:
            for peer in peers:
                truth.check(peer.name, question, peer.answer(question), peer.tolerance)
        return time_side_by_side(peers, questions, rounds=scale.rounds)


def whole(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure the handler without the SDK, and count the requests of each kind of search."""
    homes = sample_homes(HOMES if scale.is_whole else QUICK_HOMES, "england")
    count = max(50, scale.searches // 5)
    searches = [each.without_age() for each in sample_plain_searches(count, homes)]
    say(f"search with needs: starting a stack and filling it with {len(homes):,} homes")
    with filled_stack(folder, homes):
        from search.handler import handler

        def ask(event: Any) -> object:  # noqa: ANN401 - any event of Lambda
            response = handler(event, CONTEXT)
            if response["statusCode"] != 200:
                raise RuntimeError(response["body"])
            return response

        sdk = Sdk()
        variants = [
            Variant(name, ask, [_event(SEARCH_PATH, each) for each in forms], sdk)
            for name, forms in _forms(searches).items()
        ]
        near = [_event(NEAR_MISSES_PATH, each) for each in with_needs(searches, USUAL_FITS)]
        variants.append(Variant(titles.NEAR_MISSES, ask, near, sdk))
        traffic = {each.name: _requests(each, count) for each in variants}
        with sdk.counted():
            return {
                titles.NEEDS_WHOLE: _beside_none(variants, count, scale),
                titles.NEEDS_TRAFFIC: traffic,
            }


def _forms(searches: Sequence[Search]) -> dict[str, list[Search]]:
    return {
        titles.NO_NEEDS: list(searches),
        titles.USUAL_FITS: with_needs(searches, USUAL_FITS),
        titles.EVERY_FIT: with_needs(searches),
    }


def _event(path: str, search: Search) -> dict[str, Any]:
    return request_event("GET", path, query_string(search))


def _requests(variant: Variant, count: int) -> dict[str, float]:
    variant.ask(0)  # loads the homes, where that is still to be done
    requests = []
    for number in range(count):
        with count_traffic() as traffic:
            variant.ask(number)
        requests.append(traffic.requests)
    requests.sort()
    return {"requests p50": percentile(requests, 50), "requests max": requests[-1]}


def _beside_none(variants: Sequence[Contestant[int]], count: int, scale: Scale) -> Table:
    """Time the variants; a table with the ratio of each to the first, which asks for no need."""
    for variant in variants:  # what the first search prepares is in no one's time
        for number in range(count):
            variant.ask(number)
    spreads = time_side_by_side(variants, range(count), rounds=scale.rounds)
    none = next(iter(spreads.values()))
    table: Table = {}
    for name, spread in spreads.items():
        ratio = spread.ratio_to(none)
        table[name] = {
            "mean us": spread.mean,
            "p50 us": spread.p50,
            "p99 us": spread.p99,
            "this / no needs, mean": ratio.mean,
            "this / no needs, p50": ratio.p50,
            "this / no needs, p99": ratio.p99,
        }
    return table
