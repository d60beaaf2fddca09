"""Alerts in the table: create one, list a team's, pause one, delete one."""

import json
import re
from collections.abc import Callable
from typing import Final

from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.documents import AlertDocument, to_json
from shared.domain.errors import BusyError, ConflictError, NotFoundError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import AnsweredError, Change, StaleError, commit
from shared.store.idempotency import Saved, ensure_visible, first_answer, kept_at
from shared.store.table import Item, Table

MOST_ALERTS: Final = 200
"""Of one team, give or take those created at the same moment: a bound, not a quota."""

TRIES: Final = 5

_ALERT_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)


def of_team(table: Table, team: str) -> list[AlertDocument]:
    """The team's alerts, oldest first."""
    items = table.query(
        "#pk = :pk AND begins_with(#sk, :team)",
        {":pk": keys.ALERTS, ":team": keys.alert(team, "")},
        ProjectionExpression="#document",
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT, "#document": "document"},
    )
    alerts = [_document(item) for item in items]
    return sorted(
        (alert for alert in alerts if not alert.get("deleted")),
        key=lambda alert: (alert["created_at"], alert["alert_id"]),
    )


def create(table: Table, alert: Alert, writer: Author) -> Saved:
    """Save a new alert; a repeat of the request is answered with the alert that the first made.

    Raises ConflictError, KeyReusedError, BusyError.
    """
    document = alert.to_document()
    change = Change(
        kind=ChangeKind.ALERT,
        subject_id=keys.alert(alert.team, alert.alert_id),
        action=Action.CREATED,
        previous=None,
        document=document,
        by=writer.by,
        request_id=writer.request_id,
    )
    for _ in range(TRIES):
        if first := _answered_before(table, writer):
            return Saved(first, replayed=True)
        if len(of_team(table, alert.team)) >= MOST_ALERTS:
            raise ConflictError(f"a team has at most {MOST_ALERTS} alerts; delete one first")
        try:
            commit(table, [change], writer.once, to_json(document))
        except (StaleError, AnsweredError):
            continue
        return Saved(document)
    raise BusyError("the same request is being answered at this moment; please send it again")


def delete(table: Table, team: str, alert_id: str, writer: Author) -> None:
    """Have an alert fire no more. Raises NotFoundError, BusyError."""
    _revise(table, (team, alert_id), Alert.without, Action.DELETED, writer)


def pause(table: Table, team: str, alert_id: str, paused: bool, writer: Author) -> AlertDocument:
    """Have an alert rest, or fire again; the alert as it then is. Raises NotFoundError, BusyError.

    What opened while it rested is not told afterwards.
    """
    return _revise(
        table, (team, alert_id), lambda alert: alert.set_paused(paused), Action.EDITED, writer
    )


def _revise(
    table: Table,
    which: tuple[str, str],
    revision: Callable[[Alert], Alert],
    action: Action,
    writer: Author,
) -> AlertDocument:
    """The alert of this team and id, as the revision leaves it."""
    team, alert_id = which
    if not _ALERT_ID.fullmatch(alert_id):
        raise NotFoundError("alert_id: the id of an alert is expected, such as 3f9c0d1e8a72")
    subject_id = keys.alert(team, alert_id)
    for _ in range(TRIES):
        item = table.get((keys.ALERTS, subject_id))[0]
        if item is None:
            raise NotFoundError(f"your team has no alert {alert_id}")
        was = _document(item)
        alert = Alert.from_document(was)
        revised = alert if alert.deleted else revision(alert)
        if revised is alert:
            # Whoever made it so may have died before that was sure to be seen.
            ensure_visible(table, ChangeKind.ALERT, subject_id, was, writer)
            if alert.deleted:
                raise NotFoundError(f"your team has no alert {alert_id}")
            return was
        becomes = revised.to_document()
        change = Change(
            ChangeKind.ALERT, subject_id, action, was, becomes, writer.by, writer.request_id
        )
        try:
            commit(table, [change])
        except StaleError:
            continue
        return becomes
    raise BusyError("others keep changing this alert at this moment; please send it again")


def _answered_before(table: Table, writer: Author) -> AlertDocument | None:
    """The first answer to this request, if there is one, once its alert is sure to be seen."""
    if writer.once is None:
        return None
    first = first_answer(table, table.get(kept_at(writer.once))[0], writer.once)
    if first is None:
        return None
    subject_id = keys.alert(first["team"], first["alert_id"])
    current = table.get((keys.ALERTS, subject_id))[0]
    if current:
        ensure_visible(table, ChangeKind.ALERT, subject_id, _document(current), writer)
    return first


def _document(item: Item) -> AlertDocument:
    document: AlertDocument = json.loads(item["document"]["S"])
    return document
