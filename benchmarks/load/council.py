"""A stack with a council's homes, its teams' standing alerts and queues, and tokens to act with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import boto3
import httpx

from benchmarks.growth import around_london
from benchmarks.meter import emulated
from benchmarks.samples.alerts import Alerts, alerts
from benchmarks.samples.homes import Homes
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.domain.alert import Alert
from shared.domain.documents import to_json
from shared.store import keys
from shared.store.table import Table

HOMES: Final = 1_000
POSTING: Final = 100
"""So many of them post; the others are only found."""
TEAMS: Final = 4
ALERTS_OF_TEAM: Final = 100
STANDING: Final = 60
"""Of a team's alerts so many are there before the load begins; the rest are saved during it."""


@dataclass(frozen=True, slots=True)
class Council:
    """What there is before the load begins."""

    stack: LocalStack
    table: Table
    homes: Homes
    alerts: Alerts
    """A row for each alert, those not yet saved, too; a team's follow one another."""
    queues: dict[str, str]
    """Address of each team's queue."""
    staff_token: str
    """Of somebody on the staff of every home that posts."""
    team_token: str
    """Of a member of every team."""

    def standing(self) -> list[int]:
        """The rows of the alerts that are there from the beginning."""
        return [row for row in range(len(self.alerts)) if row % ALERTS_OF_TEAM < STANDING]

    def to_save(self) -> Iterator[int]:
        """The rows of the others, each team's in turn."""
        for at in range(STANDING, ALERTS_OF_TEAM):
            yield from (team * ALERTS_OF_TEAM + at for team in range(TEAMS))

    def alert(self, row: int) -> Alert:
        return replace(self.alerts.alert(row), team=team_of(row))


def team_of(row: int) -> str:
    """The slug of the team whose alert is in this row."""
    return f"bench-{row // ALERTS_OF_TEAM}"


def founded(stack: LocalStack) -> Council:
    """Fill the stack, subscribe a queue for each team, and sign people in."""
    table, among = table_of(stack), around_london(HOMES)
    emulated.fill(table, map(among.document, range(len(among))))
    waiting = alerts(TEAMS * ALERTS_OF_TEAM, among)
    # As the API keeps a place.
    waiting = replace(
        waiting, latitude=waiting.latitude.round(5), longitude=waiting.longitude.round(5)
    )
    teams = [team_of(team * ALERTS_OF_TEAM) for team in range(TEAMS)]
    council = Council(
        stack,
        table,
        among,
        waiting,
        {},
        token(stack, [f"home:{among.location_id(at)}" for at in range(POSTING)]),
        token(stack, [f"team:{each}" for each in teams]),
    )
    items = (_item(council.alert(row)) for row in council.standing())
    emulated.put_all(table, table.name, items)
    sqs = boto3.client("sqs", **stack.connection)
    for team in teams:
        inbox = Inbox(stack, team)
        _subscribe(council, team, inbox.arn)
        council.queues[team] = sqs.get_queue_url(QueueName=team)["QueueUrl"]
    return council


def _subscribe(council: Council, team: str, address: str) -> None:
    answer = httpx.post(
        f"{council.stack.api_url}/alerts/members",
        json={"protocol": "sqs", "address": address, "team": team},
        headers={"Authorization": f"Bearer {council.team_token}"},
        timeout=30,
    )
    if answer.status_code != 201:
        raise RuntimeError(f"{team}'s queue is not subscribed: {answer.status_code} {answer.text}")


def _item(alert: Alert) -> dict[str, Any]:
    return {
        keys.PARTITION: {"S": keys.ALERTS},
        keys.SORT: {"S": keys.alert(alert.team, alert.alert_id)},
        "version": {"N": str(alert.version)},
        "document": {"S": to_json(alert.to_document())},
    }


@dataclass(frozen=True, slots=True)
class Message:
    """What came to a team's queue, and when, in epoch seconds."""

    team: str
    change_id: str
    alert_ids: frozenset[str]
    at: float


def received(council: Council) -> list[Message]:
    """All that is in the teams' queues now; it is gone from there afterwards."""
    sqs: Any = boto3.client("sqs", **council.stack.connection)
    found = []
    for team, url in council.queues.items():
        while messages := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["SentTimestamp"]
        ).get("Messages"):
            for each in messages:
                told = json.loads(json.loads(each["Body"])["Message"])
                ids = frozenset(alert["alert_id"] for alert in told["alerts"])
                at = int(each["Attributes"]["SentTimestamp"]) / 1000
                found.append(Message(team, told["change_id"], ids, at))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return found


def dead_letters(council: Council) -> int:
    """How many messages were given up on."""
    answer = boto3.client("sqs", **council.stack.connection).get_queue_attributes(
        QueueUrl=council.stack.dead_letter_queue_url,
        AttributeNames=["ApproximateNumberOfMessages"],
    )
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])
