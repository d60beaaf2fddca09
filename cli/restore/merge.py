"""What of a copy of the table goes back into the live one, and what its owners made newer stays.

The live table stays what it is, with its stream, protection and name; the copy's content goes
through the change log like any other change. So versions only grow, and search sees it at once.
No alert fires: an entry says that it opens nothing, because the opening was then, not now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from shared.domain.documents import Document
from shared.domain.vocabulary import Action, ChangeKind
from shared.store.change_log import Change

BY: Final = "restore"
"""Who the log says it was."""

POSTED: Final = frozenset({"beds", "admission_status", "confirmed_at"})
SHOP_WINDOW: Final = frozenset(
    {"features", "weekly_fee_from", "weekly_fee_to", "vacancies_phone", "website", "description"}
)

_OWN: Final = {
    Action.UPDATED: POSTED,
    Action.CONFIRMED: POSTED,
    Action.EDITED: SHOP_WINDOW,
}
"""What of a home its staff alone write, by what they did."""


@dataclass(slots=True)
class Since:
    """What was done to one thing after the moment to go back to."""

    version: int = 0
    actions: set[Action] = field(default_factory=set)


class Step(NamedTuple):
    """Changes of one thing, to be written one after the other."""

    changes: tuple[Change, ...]
    keeps: bool
    """Whether something newer of its owner's stays."""


def step_of_home(
    copied: Document, live: Document | None, since: Since, request_id: str, *, all_of_it: bool
) -> Step | None:
    """How a home gets back to what it was; None if it is so already."""
    location_id: str = copied["location_id"]
    if live is None:
        # First without beds: a home that appears with some would fire alerts.
        version = max(copied["version"], since.version) + 1
        bare = {**copied, "beds": {}, "version": version}
        first = Change(ChangeKind.HOME, location_id, Action.IMPORTED, None, bare, BY, request_id)
        second = _opening_nothing({**copied, "version": version + 1}, version, request_id)
        return Step((first, second), keeps=False)
    kept = _kept(() if all_of_it else since.actions)
    merged = {name: value for name, value in copied.items() if name not in kept}
    merged |= {name: live[name] for name in kept if name in live}
    keeps = any(copied.get(name) != live.get(name) for name in kept)
    if _without_version(merged) == _without_version(live):
        return None
    merged["version"] = max(live["version"], copied["version"], since.version) + 1
    return Step((_opening_nothing(merged, live["version"], request_id),), keeps)


def step_of_alert(
    copied: Document, live: Document | None, since: Since, request_id: str, *, all_of_it: bool
) -> Step | None:
    """How an alert gets back; what its team did with it since then stays."""
    if copied.get("deleted"):
        return None
    if live is not None and (
        _without_version(copied) == _without_version(live) or (since.actions and not all_of_it)
    ):
        return None
    version = max(live["version"] if live else 0, copied["version"], since.version) + 1
    subject_id = f"{copied['team']}#{copied['alert_id']}"
    becomes = {**copied, "version": version}
    change = Change(ChangeKind.ALERT, subject_id, Action.CREATED, live, becomes, BY, request_id)
    return Step((change,), keeps=False)


def _opening_nothing(becomes: Document, live_version: int, request_id: str) -> Change:
    """A change of a home that says it was all so before: it opens nothing."""
    return Change(
        ChangeKind.HOME,
        becomes["location_id"],
        Action.IMPORTED,
        {**becomes, "version": live_version},
        becomes,
        BY,
        request_id,
    )


def _kept(actions: Iterable[Action]) -> frozenset[str]:
    return frozenset().union(*(_OWN.get(action, frozenset()) for action in actions))


def _without_version(document: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if name != "version"}
