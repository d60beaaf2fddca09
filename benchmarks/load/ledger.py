"""What clients were told is saved, kept so that searches and the table can be held against it."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from benchmarks.load.deliveries import Posted, Saved
from shared.domain.availability import free_beds
from shared.domain.documents import Document

MOST_FAILURES_KEPT: Final = 5


class Known(NamedTuple):
    """The newest acknowledged state of a home, and how many posts to it had been sent by then."""

    version: int
    vacant: bool
    sent: int
    settled: bool
    """No post to it was under way."""


@dataclass(slots=True)
class Ledger:
    """Of all clients together; every method may be called from any thread."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds of each request, by its kind."""
    errors: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    conflicts: int = 0
    versions: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Acknowledged, of each home that posted."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Posts whose outcome was never learnt."""
    looked_for: int = 0
    missed: int = 0
    posted: list[Posted] = field(default_factory=list)
    alerts: dict[str, Saved] = field(default_factory=dict)
    counting: bool = False
    _newest: dict[str, Document] = field(default_factory=dict)
    _sent: Counter[str] = field(default_factory=Counter)
    _ended: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, kind: str, seconds: float, failure: str | None) -> None:
        """A request was answered, or not."""
        with self._lock:
            if failure:
                self.errors[kind] += 1
                if len(self.failures) < MOST_FAILURES_KEPT:
                    self.failures.append(f"{kind}: {failure}")
            elif self.counting:
                self.took[kind].append(seconds)

    def post_begins(self, location_id: str) -> None:
        with self._lock:
            self._sent[location_id] += 1

    def post_ends(self, location_id: str, state: Document | None, *, refused: bool = False) -> None:
        """`state` is what was acknowledged; None where nothing was, or nobody knows."""
        with self._lock:
            if state:
                self.versions[location_id].append(state["version"])
                known = self._newest.get(location_id)
                if known is None or known["version"] <= state["version"]:
                    self._newest[location_id] = state
            elif refused:
                self.conflicts += 1
            else:
                self.unknown[location_id] += 1
            self._ended[location_id] += 1

    def opened(self, posted: Posted) -> None:
        with self._lock:
            self.posted.append(posted)

    def alert_saved(self, alert_id: str, saved: Saved) -> None:
        with self._lock:
            self.alerts[alert_id] = saved

    def known(self) -> dict[str, Known]:
        """Of every home that posted, at this moment."""
        with self._lock:
            return {
                each: Known(
                    state["version"],
                    bool(free_beds(state)),
                    self._sent[each],
                    self._sent[each] == self._ended[each],
                )
                for each, state in self._newest.items()
            }

    def hold(
        self, known: Mapping[str, Known], found: Iterable[Mapping[str, Any]], sought: str | None
    ) -> None:
        """A search that began after all of that was known found these; `sought` lies at its centre,
        and must be there if it has a vacancy and nobody has posted since."""
        shown = {each["location_id"]: each["version"] for each in found}
        with self._lock:
            for each in shown.keys() & known.keys():
                self.looked_for += 1
                self.missed += shown[each] < known[each].version
            if sought and sought in known and sought not in shown:
                state = known[sought]
                if state.settled and self._sent[sought] == state.sent:
                    self.looked_for += 1
                    self.missed += state.vacant

    def lost(self, kept: Mapping[str, Document]) -> int:
        """Updates that were acknowledged and are not in the table, or that took another's place."""
        lost = 0
        for each, versions in self.versions.items():
            state, newest = kept[each], self._newest[each]
            unlearnt = self.unknown[each]
            lost += len(versions) - len(set(versions))
            lost += max(0, state["version"] - 1 - len(set(versions)) - unlearnt)
            lost += not unlearnt and state["beds"] != newest["beds"]
        return lost
