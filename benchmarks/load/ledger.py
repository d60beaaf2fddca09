"""What was acknowledged to clients, to check searches and the table against it."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from benchmarks.load.deliveries import FreeingPost, SavedAlert
from shared.domain.availability import free_beds
from shared.domain.documents import Document

FAILURES_KEPT: Final = 5


class HomeState(NamedTuple):
    """The newest acknowledged version of a home, and the posts to it at that moment."""

    version: int
    has_vacancy: bool
    posts_sent: int
    is_settled: bool
    """Whether no post to it was under way."""


@dataclass(slots=True)
class Ledger:
    """The record of all clients together. Every method may be called from any thread."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds of each request, by its kind."""
    errors: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    conflicts: int = 0
    versions: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The acknowledged versions of each home that posted."""
    unknown: Counter[str] = field(default_factory=Counter)
    """The number of posts of each home whose outcome is unknown."""
    searches_checked: int = 0
    searches_outdated: int = 0
    freeing_posts: list[FreeingPost] = field(default_factory=list)
    alerts: dict[str, SavedAlert] = field(default_factory=dict)
    is_timing: bool = False
    _newest: dict[str, Document] = field(default_factory=dict)
    _sent: Counter[str] = field(default_factory=Counter)
    _ended: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def record_response(self, kind: str, duration: float, failure: str | None) -> None:
        """Record the response to a request, or its failure."""
        with self._lock:
            if failure:
                self.errors[kind] += 1
                if len(self.failures) < FAILURES_KEPT:
                    self.failures.append(f"{kind}: {failure}")
            elif self.is_timing:
                self.seconds[kind].append(duration)

    def begin_post(self, location_id: str) -> None:
        """Record that a post is about to be sent."""
        with self._lock:
            self._sent[location_id] += 1

    def end_post(
        self, location_id: str, document: Document | None, *, is_refused: bool = False
    ) -> None:
        """Record the acknowledged document, or None where the post was refused or got no answer."""
        with self._lock:
            if document:
                self.versions[location_id].append(document["version"])
                known = self._newest.get(location_id)
                if known is None or known["version"] <= document["version"]:
                    self._newest[location_id] = document
            elif is_refused:
                self.conflicts += 1
            else:
                self.unknown[location_id] += 1
            self._ended[location_id] += 1

    def add_freeing_post(self, post: FreeingPost) -> None:
        """Record a post that freed beds."""
        with self._lock:
            self.freeing_posts.append(post)

    def add_alert(self, alert_id: str, alert: SavedAlert) -> None:
        """Record a saved alert."""
        with self._lock:
            self.alerts[alert_id] = alert

    def snapshot(self) -> dict[str, HomeState]:
        """Return the state of every home that posted, at this moment."""
        with self._lock:
            return {
                each: HomeState(
                    state["version"],
                    bool(free_beds(state)),
                    self._sent[each],
                    self._sent[each] == self._ended[each],
                )
                for each, state in self._newest.items()
            }

    def check_search(
        self,
        before: Mapping[str, HomeState],
        results: Iterable[Mapping[str, Any]],
        centre: str | None,
    ) -> None:
        """Check the results of a search that was sent after the snapshot `before`.

        No home may be in an older version. The home `centre`, around which the search was, must be
        among the results if it has a vacancy and no post to it was sent since.
        """
        versions = {each["location_id"]: each["version"] for each in results}
        with self._lock:
            for each in versions.keys() & before.keys():
                self.searches_checked += 1
                self.searches_outdated += versions[each] < before[each].version
            if centre and centre in before and centre not in versions:
                state = before[centre]
                if state.is_settled and self._sent[centre] == state.posts_sent:
                    self.searches_checked += 1
                    self.searches_outdated += state.has_vacancy

    def lost_posts(self, stored: Mapping[str, Document]) -> int:
        """Count acknowledged posts that the table does not have, or that replaced another."""
        lost = 0
        for each, versions in self.versions.items():
            document, newest = stored[each], self._newest[each]
            unknown = self.unknown[each]
            lost += len(versions) - len(set(versions))
            lost += max(0, document["version"] - 1 - len(set(versions)) - unknown)
            lost += not unknown and document["beds"] != newest["beds"]
        return lost
