"""Decide what of a copy goes back into the live table, and which newer changes stay.

The live table keeps its stream, protection and name; the content of the copy goes through the
change log like any other change. So versions only grow, and searches see it at once. No alert is
sent: each entry says that nothing opened, because the opening was then and not now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Final, NamedTuple

from shared.domain.documents import Document
from shared.domain.shop_window import ShopWindow
from shared.domain.terms import Terms
from shared.domain.vocabulary import Action, ChangeKind
from shared.store.change_log import Change, subject_id_of

AUTHOR: Final = "restore"
"""The author of a restore's changes in the change log."""

POSTED: Final = frozenset(
    {"beds", "admission_status", "admission_status_at", "confirmed_at", "said_at", "fill_records"}
)
SAID: Final = frozenset(
    {
        *(each.name for each in (*fields(ShopWindow), *fields(Terms))),
        "needs",
        "needs_said_on",
        "also_as",
        "home_before",
    }
)
"""What the home says of itself: its shop window, whom it takes, and on which terms."""

_WRITTEN_BY_PEOPLE: Final = {
    Action.UPDATED: POSTED,
    Action.CONFIRMED: POSTED,
    Action.EDITED: SAID,
    Action.CARRIED_OVER: POSTED | SAID,
}
"""The properties of a home that an action of its staff or of the council writes."""


@dataclass(slots=True)
class LaterChanges:
    """The changes to one home, alert or placing stop after the moment to restore."""

    version: int = 0
    """The highest version that was used."""
    actions: set[Action] = field(default_factory=set)


class Plan(NamedTuple):
    """The changes that restore one document, to be committed one after the other."""

    changes: tuple[Change, ...]
    keeps_newer: bool
    """Whether something newer of its staff's stays."""


class CopiedDocument(NamedTuple):
    """A document of the copy, beside how it is now and what became of it since the moment."""

    copied: Document
    live: Document | None
    later: LaterChanges
    request_id: str
    overwrite_newer: bool = False


def plan_home(document: CopiedDocument) -> Plan | None:
    """Plan how to restore a home; None where it is already as it was."""
    copied, live, later, request_id, overwrite_newer = document
    location_id: str = copied["location_id"]
    if live is None:
        # First without beds: a home that appears with vacancies would cause alerts.
        version = max(copied["version"], later.version) + 1
        without_beds = {**copied, "beds": {}, "version": version}
        first = Change(
            ChangeKind.HOME, location_id, Action.IMPORTED, None, without_beds, AUTHOR, request_id
        )
        second = _without_opening({**copied, "version": version + 1}, version, request_id)
        return Plan((first, second), keeps_newer=False)
    kept = _properties_written_by(() if overwrite_newer else later.actions)
    merged = {name: value for name, value in copied.items() if name not in kept}
    merged |= {name: live[name] for name in kept if name in live}
    keeps_newer = any(copied.get(name) != live.get(name) for name in kept)
    if _without_version(merged) == _without_version(live):
        return None
    merged["version"] = max(live["version"], copied["version"], later.version) + 1
    return Plan((_without_opening(merged, live["version"], request_id),), keeps_newer)


def plan_alert(document: CopiedDocument) -> Plan | None:
    """Plan how to restore an alert; None where its team changed it later, or nothing differs."""
    if document.copied.get("deleted"):
        return None
    return _plan_whole(ChangeKind.ALERT, Action.CREATED, document)


def plan_placing_stop(document: CopiedDocument) -> Plan | None:
    """Plan how to restore a mark; None where the council changed it later, or nothing differs.

    Its log entry does not hold the home: where a mark ends, alerts are told of nothing.
    """
    return _plan_whole(ChangeKind.PLACING_STOP, Action.PLACING, document)


def plan_outcome(document: CopiedDocument) -> Plan | None:
    """Plan how to restore what came of a call; None where its team said another later.

    Its version tells that, because the log forgets it within a week.
    """
    return _plan_unless_newer(ChangeKind.OUTCOME, Action.CREATED, document)


def plan_wrong_posts(document: CopiedDocument) -> Plan | None:
    """Plan how to restore how many posts are wrong; None where calls told something else since.

    If it was lost and is learned again, its versions begin at 1, and followers of the log ignore
    those, because they know higher ones. So what was lost replaces it at a higher version, and the
    next working day adds what is new.
    """
    return _plan_unless_newer(ChangeKind.WRONG_POSTS, Action.UPDATED, document)


def _plan_unless_newer(kind: ChangeKind, action: Action, document: CopiedDocument) -> Plan | None:
    """Plan how to restore a document as a whole; None where the live one has a higher version."""
    copied, live = document.copied, document.live
    if live is not None and live["version"] > copied["version"] and not document.overwrite_newer:
        return None
    return _plan_whole(kind, action, document._replace(overwrite_newer=True))


def _plan_whole(kind: ChangeKind, action: Action, document: CopiedDocument) -> Plan | None:
    """Plan how to restore a document that only its owner writes, and as a whole."""
    copied, live, later, request_id, overwrite_newer = document
    if live is not None and (
        _without_version(copied) == _without_version(live)
        or (later.actions and not overwrite_newer)
    ):
        return None
    version = max(live["version"] if live else 0, copied["version"], later.version) + 1
    restored = {**copied, "version": version}
    subject_id = subject_id_of(kind, copied)
    change = Change(kind, subject_id, action, live, restored, AUTHOR, request_id)
    return Plan((change,), keeps_newer=False)


def _without_opening(restored: Document, live_version: int, request_id: str) -> Change:
    """Return a change whose previous state had the same beds, so that no vacancy opens."""
    return Change(
        ChangeKind.HOME,
        restored["location_id"],
        Action.IMPORTED,
        {**restored, "version": live_version},
        restored,
        AUTHOR,
        request_id,
    )


def _properties_written_by(actions: Iterable[Action]) -> frozenset[str]:
    return frozenset().union(*(_WRITTEN_BY_PEOPLE.get(action, frozenset()) for action in actions))


def _without_version(document: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if name != "version"}
