"""Alerts in the table: create one, load or list a team's, pause, renew or delete one."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from shared.aws.clock import Clock
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.documents import AlertDocument
from shared.domain.errors import BusyError, ConflictError, NotFoundError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.readable import readable, sort_key
from shared.store.revise import Revision, revise
from shared.store.table import Item, Table

MAX_ALERTS: Final = 200
"""The most alerts of a team. Alerts created at the same moment may exceed it by a few."""

_ALERT_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)


def parse_alert_id(text: str) -> str:
    """Return the id, if it has the form of an alert's. Raises NotFoundError."""
    if not _ALERT_ID.fullmatch(text):
        raise NotFoundError(
            "alert_id: this is not the id of an alert. An id looks like 3f9c0d1e8a72."
        )
    return text


def list_of_team(
    table: Table,
    team: str,
    now: datetime,
    report_unreadable: Callable[[str], None] = lambda _: None,
) -> list[AlertDocument]:
    """Return the alerts that the team has now, oldest first. Raises BusyError.

    One that cannot be read is left out; `report_unreadable` is called within an `except` block,
    with its id.
    """
    items = table.query(
        "#pk = :pk AND begins_with(#sk, :team)",
        {":pk": keys.ALERTS, ":team": keys.alert(team, "")},
        ProjectionExpression="#sk, #document",
        ExpressionAttributeNames={
            "#pk": keys.PARTITION,
            "#sk": keys.SORT,
            "#document": keys.DOCUMENT,
        },
    )

    def read(item: Item) -> tuple[AlertDocument, bool]:
        document: AlertDocument = json.loads(item[keys.DOCUMENT]["S"])
        return document, Alert.from_document(document).is_gone_at(now)

    read_alerts = readable(items, read, sort_key, report_unreadable)
    alerts = [document for document, is_gone in read_alerts if not is_gone]
    return sorted(alerts, key=lambda alert: (alert["created_at"], alert["alert_id"]))


def load(table: Table, team: str, alert_id: str, now: datetime) -> Alert:
    """Return an alert of the team as it is now. Raises NotFoundError, BusyError."""
    (item,) = table.get((keys.ALERTS, keys.alert(team, parse_alert_id(alert_id))))
    alert = Alert.from_document(json.loads(item[keys.DOCUMENT]["S"])) if item else None
    if alert is None or alert.is_gone_at(now):
        raise _not_found(alert_id)
    return alert


def create(
    table: Table, clock: Clock, alert: Alert, author: Author, *, limit: int = MAX_ALERTS
) -> Revision:
    """Save a new alert; a repeat of the request returns the alert that the first one created.

    Raises ConflictError, KeyReusedError, BusyError.
    """
    document = alert.to_document()

    def decide(current: AlertDocument | None) -> AlertDocument:
        if current not in (None, document):
            # Another alert has this id; the next request draws another id.
            raise BusyError("This alert could not be saved. Send the same request again.")
        if len(list_of_team(table, alert.team, clock.now())) >= limit:
            raise ConflictError(
                f"Your team has {limit} alerts, which is the most a team can have. Delete one"
                " first."
            )
        return document

    return revise(
        table,
        clock,
        ChangeKind.ALERT,
        keys.alert(alert.team, alert.alert_id),
        decide,
        action=Action.CREATED,
        author=author,
    )


def delete(table: Table, clock: Clock, team: str, alert_id: str, author: Author) -> Revision:
    """Delete an alert. Raises NotFoundError, KeyReusedError, BusyError."""
    return _revise(table, clock, (team, alert_id), Alert.delete, Action.DELETED, author)


def pause(
    table: Table, clock: Clock, team: str, alert_id: str, paused: bool, author: Author
) -> Revision:
    """Pause an alert, or let it fire again. Raises NotFoundError, KeyReusedError, BusyError.

    Vacancies that open while it is paused are not notified later, and those that opened before are
    notified although it is paused.
    """

    def set_paused(alert: Alert) -> Alert:
        return alert.set_paused(paused, clock.now())

    return _revise(table, clock, (team, alert_id), set_paused, Action.EDITED, author)


def renew(table: Table, clock: Clock, team: str, alert_id: str, author: Author) -> Revision:
    """Renew an alert with needs or funding. Raises NotFoundError, KeyReusedError, BusyError."""

    def renewed(alert: Alert) -> Alert:
        return alert.renew(clock.now())

    return _revise(table, clock, (team, alert_id), renewed, Action.EDITED, author)


def _revise(
    table: Table,
    clock: Clock,
    team_and_id: tuple[str, str],
    decide: Callable[[Alert], Alert],
    action: Action,
    author: Author,
) -> Revision:
    """Let `decide` change an alert of the team."""
    team, alert_id = team_and_id
    parse_alert_id(alert_id)
    not_found = _not_found(alert_id)

    def decide_document(current: AlertDocument | None) -> AlertDocument:
        if current is None:
            raise not_found
        alert = Alert.from_document(current)
        if alert.is_gone_at(clock.now()) and not alert.deleted:
            raise not_found
        # Readers must see that one is deleted, which they may have missed.
        revised = alert if alert.deleted else decide(alert)
        return current if revised is alert else revised.to_document()

    revision = revise(
        table,
        clock,
        ChangeKind.ALERT,
        keys.alert(team, alert_id),
        decide_document,
        action=action,
        author=author,
    )
    if revision.document.get("deleted") and not (revision.changed or revision.replayed):
        raise not_found
    return revision


def _not_found(alert_id: str) -> NotFoundError:
    return NotFoundError(f"Your team has no alert with the id {alert_id}.")
