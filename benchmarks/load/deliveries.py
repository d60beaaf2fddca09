"""Which teams an opening must have told, and whether their queues say so: no more, no less."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.load.council import Message, team_of
from benchmarks.samples.alerts import Alerts, Opening, fired

_ROUNDING: Final = 5e-6


@dataclass(frozen=True, slots=True)
class Posted:
    """An acknowledged change that opened something; epoch seconds."""

    change_id: str
    opening: Opening
    sent: float
    acknowledged: float


@dataclass(frozen=True, slots=True)
class Saved:
    """An alert as it was saved: its row; epoch seconds, 0 where it was there from the beginning."""

    row: int
    sent: float
    acknowledged: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Openings by team: those due, and what was wrong with what came."""

    due: int
    lost: int
    twice: int
    not_due: int
    delays: list[float]
    """Seconds from an acknowledgement to its message, ascending; a message may come before."""


Key = tuple[str, str]
"""Team and change."""


def judged(
    posted: Sequence[Posted],
    alerts: Alerts,
    saved: Mapping[str, Saved],
    messages: Iterable[Message],
) -> Verdict:
    """An alert saved before an opening was posted must tell of it; one saved later may."""
    ids = {each.row: alert_id for alert_id, each in saved.items()}
    due: dict[Key, set[str]] = {}
    allowed: dict[Key, set[str]] = {}
    for each in posted:
        for row in fired(alerts, each.opening, _ROUNDING) & ids.keys():
            allowed.setdefault((team_of(row), each.change_id), set()).add(ids[row])
        for row in fired(alerts, each.opening, -_ROUNDING) & ids.keys():
            if saved[ids[row]].acknowledged < each.sent:
                due.setdefault((team_of(row), each.change_id), set()).add(ids[row])
    acknowledged = {each.change_id: each.acknowledged for each in posted}
    came: Counter[Key] = Counter()
    not_due, delays = 0, []
    for message in messages:
        key = message.team, message.change_id
        came[key] += 1
        if due.get(key, set()) <= message.alert_ids <= allowed.get(key, set()):
            delays.append(message.at - acknowledged[message.change_id])
        else:
            not_due += 1
    return Verdict(
        due=len(due),
        lost=sum(not came[key] for key in due),
        twice=sum(count - 1 for count in came.values()),
        not_due=not_due,
        delays=sorted(delays),
    )
