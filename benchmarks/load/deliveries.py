"""Check the messages in the teams' queues against the alerts that each opening fires."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.load.council import Message, team_of
from benchmarks.samples.alerts import Alerts, Opening, firing_alerts

_ROUNDING: Final = 5e-6


@dataclass(frozen=True, slots=True)
class FreeingPost:
    """An acknowledged post that freed beds; times in epoch seconds."""

    change_id: str
    opening: Opening
    sent: float
    acknowledged: float


@dataclass(frozen=True, slots=True)
class SavedAlert:
    """A saved alert by its row; times in epoch seconds, 0 where it existed from the beginning."""

    row: int
    sent: float
    acknowledged: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Messages by opening and team: how many were due, and what was wrong with them."""

    due: int
    lost: int
    twice: int
    undue: int
    delays: list[float]
    """Seconds from an acknowledgement to its message, ascending; negative where that came first."""


Key = tuple[str, str]
"""Team and change."""


def check_deliveries(
    posts: Sequence[FreeingPost],
    alerts: Alerts,
    saved_alerts: Mapping[str, SavedAlert],
    messages: Iterable[Message],
) -> Verdict:
    """Check every message: an alert saved before a post must fire for it; one saved later may."""
    ids = {each.row: alert_id for alert_id, each in saved_alerts.items()}
    due: dict[Key, set[str]] = {}
    allowed: dict[Key, set[str]] = {}
    for each in posts:
        for row in firing_alerts(alerts, each.opening, _ROUNDING) & ids.keys():
            allowed.setdefault((team_of(row), each.change_id), set()).add(ids[row])
        for row in firing_alerts(alerts, each.opening, -_ROUNDING) & ids.keys():
            if saved_alerts[ids[row]].acknowledged < each.sent:
                due.setdefault((team_of(row), each.change_id), set()).add(ids[row])
    acknowledged = {each.change_id: each.acknowledged for each in posts}
    received: Counter[Key] = Counter()
    undue, delays = 0, []
    for message in messages:
        key = message.team, message.change_id
        received[key] += 1
        if due.get(key, set()) <= message.alert_ids <= allowed.get(key, set()):
            delays.append(message.sent_at - acknowledged[message.change_id])
        else:
            undue += 1
    return Verdict(
        due=len(due),
        lost=sum(not received[key] for key in due),
        twice=sum(count - 1 for count in received.values()),
        undue=undue,
        delays=sorted(delays),
    )
