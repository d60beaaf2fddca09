"""Measures every action of a council, at one size after the other."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import boto3

from benchmarks.cost.copies import Copies
from benchmarks.cost.taken import Measured, Start, Taken, mean
from benchmarks.meter.capacity import item_bytes
from benchmarks.meter.probing import MeasuringError, Probe
from local.demo import seed
from local.lambda_events import api_request, stream_batch, stream_record
from shared.domain.vocabulary import ChangeKind
from shared.store import keys

Json = dict[str, Any]
Say = Callable[[str], object]

REPEATS: Final = 6
TEAM: Final = "priced-discharge"
_TEAM_GROUP: Final = f"team:{TEAM}"


def request(method: str, path: str, groups: str, *, query: str = "", body: object = None) -> Json:
    """Return a request as a browser sends it."""
    headers = {
        "accept-encoding": "gzip, deflate, br",
        "content-type": "application/json",
        "idempotency-key": str(uuid4()),
    }
    return api_request(method, path, groups=groups, query=query, headers=headers, body=body)


class Notes:
    """What each action and each start took, as one size is measured."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self.actions: dict[str, Taken] = {}
        self.starts: dict[str, Start] = {}
        self.metrics: dict[str, set[str]] = {}

    def run(self, function: str, events: Sequence[Json]) -> list[Json]:
        """What the probe says of each call, in a new process."""
        return self._run(function, events)["calls"]  # type: ignore[no-any-return]

    def take(self, function: str, **events: Sequence[Json]) -> dict[str, list[Json]]:
        """Note each action's warm calls, and what the first call of all took beyond its like."""
        said = self._run(function, [each for some in events.values() for each in some])
        calls = iter(said["calls"])
        of = {name: [next(calls) for _ in some] for name, some in events.items()}
        for name, some in of.items():
            self.actions[name] = mean([Taken.read(call) for call in some[1:]])
        first = Taken.read(said["calls"][0]).beyond(self.actions[next(iter(events))])
        self.starts[function] = Start(said["init_cpu_ms"], first, said["peak_mb"])
        return of

    def _run(self, function: str, events: Sequence[Json]) -> Json:
        said = self._probe.run(function, events)
        sent = self.metrics.setdefault(function, set())
        sent.update(*(call["metrics"] for call in said["calls"]))
        return said


class Council:
    """A council in a stack that an import has filled."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._copies = Copies(boto3.client("dynamodb", **probe.stack.connection), probe.stack)
        self._home, self._category = _with_a_bed_to_free(self._copies.homes)
        self._staff = f"home:{self._home['location_id']}"
        self._path = f"/homes/{self._home['location_id']}"

    def at(self, homes: int, alerts: int) -> Measured:
        """Every action at so many homes and alerts. Raises MeasuringError."""
        self._copies.have_homes(homes)
        notes = Notes(self._probe)
        self._subscribe(notes, alerts)
        entries = self._write(notes)
        self._copies.remember_changes()
        day = entries[-1][keys.PARTITION]["S"]
        in_log = sum(1 for _ in self._copies.partition(day))
        self._look_back(notes, day)
        # Whoever follows the log finds it quiet most of the time.
        self._copies.forget_changes(day)
        notes.take("snapshot_homes", snapshot=[{}] * 2)
        overviews = [request("GET", "/homes", "council")] * REPEATS
        notes.take("council_overview", overview=overviews)
        where = f"near={self._home['postcode'].replace(' ', '+')}&radius_miles=10"
        searches = [request("GET", "/vacancies", _TEAM_GROUP, query=where)] * 2 * REPEATS
        notes.take("search", search=searches)
        self._notify(notes, entries)
        notes.take("remind_homes", look=[{}] * 2)
        self._copies.forget_changes(day)
        # It is of these homes, and nothing in the log will say that the next size has others.
        for item in list(self._copies.partition(keys.snapshot(ChangeKind.HOME))):
            self._copies.remove(item)
        state = [item_bytes(item) for item in self._copies.homes]
        return Measured(
            homes=homes,
            actions=notes.actions,
            starts=notes.starts,
            home_bytes=sum(state) / len(state),
            entry_bytes=sum(map(item_bytes, entries)) / len(entries),
            alert_count=alerts,
            day_entries=in_log,
            metrics={name: len(each) for name, each in notes.metrics.items()},
        )

    def _write(self, notes: Notes) -> list[Json]:
        """Updates and confirmations; returns the updates' entries in the log."""
        confirm = f"{self._path}/vacancies/confirm"
        calls = notes.take(
            "update_vacancy",
            update=[self._update(turn) for turn in range(2 * REPEATS)],
            confirm=[request("POST", confirm, self._staff) for _ in range(REPEATS)],
        )
        return [entry for call in calls["update"] for entry in call["entries"]]

    def _update(self, turn: int) -> Json:
        """Even turns free a bed, odd ones fill it again."""
        counts = self._home["beds"][self._category]
        freed = {**counts, "occupied": counts["occupied"] - 1, "accepting": 1}
        body = {"beds": {self._category: counts if turn % 2 else freed}}
        return request("PUT", f"{self._path}/vacancies", self._staff, body=body)

    def _look_back(self, notes: Notes, day: str) -> None:
        date = day.removeprefix(keys.CHANGE_PREFIX)
        notes.take(
            "show_home",
            view=[request("GET", self._path, self._staff)] * REPEATS,
            history=[request("GET", f"{self._path}/changes", self._staff)] * REPEATS,
        )
        notes.take(
            "council_overview", day=[request("GET", f"/changes/{date}", "council")] * REPEATS
        )

    def _subscribe(self, notes: Notes, alerts: int) -> None:
        """One team waits for the bed; many others wait for something far away."""
        category = self._category
        wanted = {"near": self._home["postcode"], "radius_miles": 5, "categories": [category]}
        member = {"protocol": "email", "address": "duty@example.org"}
        notes.run("subscribe", [request("POST", "/alerts/members", _TEAM_GROUP, body=member)])
        for item in list(self._copies.partition(keys.ALERTS)):
            self._copies.remove(item)
        notes.take(
            "subscribe",
            save_alert=[request("POST", "/alerts", _TEAM_GROUP, body=wanted) for _ in range(2)],
            alert_page=[
                request("GET", path, _TEAM_GROUP)
                for _ in range(REPEATS)
                for path in ("/alerts", "/alerts/members")
            ],
        )
        like = next(self._copies.partition(keys.ALERTS))
        self._copies.have_alerts(like, alerts)

    def _notify(self, notes: Notes, entries: Sequence[Json]) -> None:
        opening, filling = entries[0::2], entries[1::2]
        of = notes.take(
            "notify",
            entry=[stream_batch(stream_record(each)) for each in filling],
            alert=[stream_batch(stream_record(each)) for each in opening],
        )
        for name, expected in (("entry", 0), ("alert", 1)):
            for call in of[name]:
                sent = call["requests"].get("sns.Publish", 0)
                if sent != expected:
                    raise MeasuringError(f"{name}: {sent} messages were sent, not {expected}")


def _with_a_bed_to_free(items: Sequence[Json]) -> tuple[Json, str]:
    for item in items:
        home: Json = json.loads(item["document"]["S"])
        if home["admission_status"]["status"] != "open" or home.get("registration") != "active":
            continue
        for category, counts in home["beds"].items():
            if counts["occupied"] and not counts["accepting"]:
                return home, category
    raise MeasuringError("no home of the fictional council has a bed to free")


def sizes(
    probe: Probe, wanted: Sequence[int], alerts: Callable[[int], int], say: Say
) -> Iterator[Measured]:
    """Each size in turn, in a stack that `once` has filled."""
    seed.simulate(probe.stack, datetime.now(UTC), lambda *_: None)
    council = Council(probe)
    for homes in wanted:
        say(f"measuring {homes:,} homes")
        yield council.at(homes, alerts(homes))
