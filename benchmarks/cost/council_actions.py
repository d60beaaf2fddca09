"""Every action of a council, called on a local stack and measured."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from benchmarks.cost.council_homes import CouncilHomes
from benchmarks.cost.measurements import Consumption, SizeMeasurement, Start, mean
from benchmarks.meter.capacity import item_bytes
from benchmarks.meter.function_process import FunctionRunner, MeasuringError, Run
from local.emulator.sent_messages import emails_to, texts_to
from local.lambda_events import (
    api_request,
    queue_batch,
    queue_record,
    schedule,
    stream_batch,
    stream_record,
)
from shared.domain.vocabulary import ChangeKind
from shared.store import keys

Json = dict[str, Any]

REPEATS: Final = 6
TEAM: Final = "priced-discharge"
_MAIL: Final = "duty@example.org"
_PHONE: Final = "+447700900555"
_TEAM_GROUP: Final = f"team:{TEAM}"


def browser_request(
    method: str,
    path: str,
    groups: str,
    *,
    query: str = "",
    body: object = None,
    is_keyed: bool = True,
) -> Json:
    """Build a request as a browser sends it; some routes refuse an idempotency key."""
    headers = {"accept-encoding": "gzip, deflate, br", "content-type": "application/json"}
    if is_keyed:
        headers["idempotency-key"] = str(uuid4())
    return api_request(method, path, groups=groups, query=query, headers=headers, body=body)


class ActionNotes:
    """Notes what the actions and starts of one size consumed."""

    def __init__(self, runner: FunctionRunner) -> None:
        self._runner = runner
        self.actions: dict[str, Consumption] = {}
        self.starts: dict[str, Start] = {}
        self.metrics: dict[str, set[str]] = {}

    def run(self, function: str, events: Sequence[Json]) -> Run:
        """Run a function without noting its consumption."""
        run = self._runner.run(function, events, record=True)
        names = self.metrics.setdefault(function, set())
        names.update(*(call["metrics"] for call in run.calls))
        return run

    def measure(self, function: str, **events: Sequence[Json]) -> dict[str, list[Json]]:
        """Note the warm calls of each action, and what the first call of all consumed beyond them.

        Returns the recorded calls of each action.
        """
        run = self.run(function, [each for some in events.values() for each in some])
        calls = iter(run.calls)
        by_action = {name: [next(calls) for _ in some] for name, some in events.items()}
        for name, some in by_action.items():
            self.actions[name] = mean([Consumption.of(call) for call in some[1:]])
        first_action = next(iter(events))
        first_call = Consumption.of(run.calls[0]).beyond(self.actions[first_action])
        self.starts[function] = Start(run.start_ms, first_call, run.peak_mb)
        return by_action


class CouncilActions:
    """A council in a stack, with one home that posts and one team that waits for its bed."""

    def __init__(self, runner: FunctionRunner) -> None:
        self._runner = runner
        self._homes = CouncilHomes(runner.stack)
        self._home, self._category = _full_category(self._homes.imported)
        self._staff = f"home:{self._home['location_id']}"
        self._path = f"/homes/{self._home['location_id']}"

    def measure(self, homes: int, alerts: int) -> SizeMeasurement:
        """Measure every action with so many homes and alerts. Raises MeasuringError."""
        self._homes.set_homes(homes)
        notes = ActionNotes(self._runner)
        self._subscribe(notes, alerts)
        entries = self._update(notes)
        self._homes.restore_changes()
        day = entries[-1][keys.PARTITION]["S"]
        day_entries = sum(1 for _ in self._homes.partition(day))
        self._read_history(notes, day)
        # A function that follows the log finds it quiet most of the time.
        self._homes.remove_changes(day)
        notes.measure("snapshot_homes", snapshot=[schedule()] * 2)
        overview = browser_request("GET", "/homes", "council")
        notes.measure("council_overview", overview=[overview] * REPEATS)
        self._search(notes)
        self._notify(notes, entries)
        self._deliver(notes)
        notes.measure("remind_homes", reminder_check=[schedule()] * 2)
        self._homes.remove_changes(day)
        # It is of these homes, and no log entry says that the next size has others.
        self._homes.empty_partition(keys.snapshot(ChangeKind.HOME))
        sizes = [item_bytes(item) for item in self._homes.imported]
        return SizeMeasurement(
            homes=homes,
            alerts=alerts,
            actions=notes.actions,
            starts=notes.starts,
            home_bytes=sum(sizes) / len(sizes),
            entry_bytes=sum(map(item_bytes, entries)) / len(entries),
            day_entries=day_entries,
            metrics={name: len(each) for name, each in notes.metrics.items()},
        )

    def _search(self, notes: ActionNotes) -> None:
        """Search without needs, and look for near misses of a search with some."""
        near = f"near={self._home['postcode'].replace(' ', '+')}&radius_miles=10"
        needs = f"{near}&need=peg&need=hoist&funding=council_rate"
        notes.measure(
            "search",
            search=[browser_request("GET", "/vacancies", _TEAM_GROUP, query=near)] * 2 * REPEATS,
            near_misses=[browser_request("GET", "/vacancies/near-misses", _TEAM_GROUP, query=needs)]
            * REPEATS,
        )

    def _subscribe(self, notes: ActionNotes, alerts: int) -> None:
        """Have one team wait for the bed, and many others for something far away."""
        alert = {
            "near": self._home["postcode"],
            "radius_miles": 5,
            "categories": [self._category],
        }
        self._add_members(notes)
        self._homes.empty_partition(keys.ALERTS)
        notes.measure(
            "subscribe",
            save_alert=[
                browser_request("POST", "/alerts", _TEAM_GROUP, body=alert) for _ in range(2)
            ],
            alert_page=[
                browser_request("GET", path, _TEAM_GROUP)
                for _ in range(REPEATS)
                for path in ("/alerts", "/alerts/members")
            ],
        )
        self._homes.add_alerts(next(self._homes.partition(keys.ALERTS)), alerts)

    def _add_members(self, notes: ActionNotes) -> None:
        """Add an email address and a phone to the team, which agree to it, unless they have."""
        if self._members():
            return
        stack = self._runner.stack
        for protocol, address in (("email", _MAIL), ("sms", _PHONE)):
            body = {"protocol": protocol, "address": address}
            path = "/alerts/members"
            notes.run(
                "subscribe",
                [browser_request("POST", path, _TEAM_GROUP, body=body, is_keyed=False)],
            )
        token = {"token": emails_to(stack, _MAIL)[-1].tokens[0]}
        code = {"code": re.findall(r"code is ([0-9]{6})", texts_to(stack, _PHONE)[-1])[0]}
        phone = self._members()["sms"]
        enter_code = f"/alerts/members/{phone}/code"
        notes.run(
            "subscribe",
            [
                api_request("POST", "/members/confirm", body=token),
                browser_request("POST", enter_code, _TEAM_GROUP, body=code, is_keyed=False),
            ],
        )

    def _members(self) -> dict[str, str]:
        """Return the ids of the team's people by their protocol."""
        return {
            json.loads(item[keys.DOCUMENT]["S"])["protocol"]: item[keys.SORT]["S"]
            for item in self._homes.partition(keys.members(f"team#{TEAM}"))
        }

    def _update(self, notes: ActionNotes) -> list[Json]:
        """Post and confirm; return the log entries of the posts."""
        confirm = f"{self._path}/vacancies/confirm"
        calls = notes.measure(
            "update_vacancy",
            update=[self._post(turn) for turn in range(2 * REPEATS)],
            confirm=[browser_request("POST", confirm, self._staff) for _ in range(REPEATS)],
        )
        return [entry for call in calls["update"] for entry in call["log_entries"]]

    def _post(self, turn: int) -> Json:
        """Build a post that frees a bed in even turns, and fills it again in odd ones."""
        counts = self._home["beds"][self._category]
        freed = {**counts, "occupied": counts["occupied"] - 1, "accepting": 1}
        body = {"beds": {self._category: counts if turn % 2 else freed}}
        return browser_request("PUT", f"{self._path}/vacancies", self._staff, body=body)

    def _read_history(self, notes: ActionNotes, day: str) -> None:
        date = day.removeprefix(keys.CHANGE_PREFIX)
        view = browser_request("GET", self._path, self._staff)
        history = browser_request("GET", f"{self._path}/changes", self._staff)
        stops = browser_request("GET", "/placing-stops", _TEAM_GROUP)
        notes.measure(
            "show_home",
            view=[view] * REPEATS,
            history=[history] * REPEATS,
            alerts_near=[browser_request("GET", f"{self._path}/alerts", self._staff)] * REPEATS,
            demand_near=[browser_request("GET", f"{self._path}/demand", self._staff)] * REPEATS,
            placing_stops=[stops] * REPEATS,
        )
        changes = browser_request("GET", f"/changes/{date}", "council")
        notes.measure("council_overview", day=[changes] * REPEATS)

    def _notify(self, notes: ActionNotes, entries: Sequence[Json]) -> None:
        freeing, filling = entries[0::2], entries[1::2]
        calls = notes.measure(
            "notify",
            entry=[stream_batch(stream_record(each)) for each in filling],
            alert=[stream_batch(stream_record(each)) for each in freeing],
        )
        for name, expected in (("entry", 0), ("alert", 1)):
            for call in calls[name]:
                messages = call["requests"].get("sns.Publish", 0)
                if messages != expected:
                    raise MeasuringError(f"{name}: {messages} messages were sent, not {expected}")

    def _deliver(self, notes: ActionNotes) -> None:
        """Turn openings into messages to people, and send them by email and by text."""
        people = self._members()

        def tell(protocol: str) -> list[Json]:
            return [
                _queued(
                    {
                        "event": "tell_member",
                        "owner": f"team#{TEAM}",
                        "member_id": people[protocol],
                        "about": self._opening(),
                    }
                )
                for _ in range(REPEATS)
            ]

        notes.measure(
            "deliver",
            fan_out=[_queued(self._opening()) for _ in range(REPEATS)],
            send_email=tell("email"),
            send_text=tell("sms"),
        )

    def _opening(self) -> Json:
        """Return what `notify` publishes of an opening that nobody was told of yet."""
        home = self._home
        properties = ("location_id", "name", "address", "postcode", "latitude", "longitude")
        return {
            "event": "vacancy_opened",
            "change_id": f"{home['location_id']}#{uuid4()}",
            "changed_at": "2026-11-22T09:30:00.000Z",
            "as_of": "2026-11-22T09:30:00.000Z",
            "team": TEAM,
            "home": {**{name: home[name] for name in properties}, "phone": "01632960001"},
            "opened": [{"category": self._category, "before": 0, "accepting": 1}],
            "alerts": [
                {
                    "alert_id": "3f9c0d1e8a72",
                    "near": home["postcode"],
                    "radius_miles": 5,
                    "distance_miles": 0.0,
                    "categories": [self._category],
                    "asks_for": {"categories": [self._category], "beds": 1},
                }
            ],
        }


def _queued(body: Json) -> Json:
    """Return the batch in which Lambda passes on one message of the delivery queue."""
    message = {"MessageId": str(uuid4()), "ReceiptHandle": "handle", "Body": json.dumps(body)}
    return queue_batch(queue_record(message, "arn:aws:sqs:eu-west-2:000000000000:deliveries"))


def _full_category(items: Sequence[Json]) -> tuple[Json, str]:
    """Return an open home with a category in which beds are occupied and none is accepting."""
    for item in items:
        home: Json = json.loads(item[keys.DOCUMENT]["S"])
        if home["admission_status"]["status"] != "open" or home.get("registration") != "active":
            continue
        for category, counts in home["beds"].items():
            if counts["occupied"] and not counts["accepting"]:
                return home, category
    raise MeasuringError("no home of the fictional council has a full category")
