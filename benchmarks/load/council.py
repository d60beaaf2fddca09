"""The council of the load: homes, teams with alerts and queues, and tokens to act with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import boto3
import httpx

from benchmarks.growth import homes_around_london
from benchmarks.meter import stack_table
from benchmarks.samples.alerts import Alerts, sample_alerts
from benchmarks.samples.homes import Homes
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.domain.alert import Alert
from shared.store.table import Table

HOMES: Final = 1_000
POSTING_HOMES: Final = 100
"""The number of homes that post; the others are only found."""
TEAMS: Final = 4
ALERTS_PER_TEAM: Final = 100
EARLY_ALERTS: Final = 60
"""The alerts of a team that exist before the load begins; the others are saved during it."""


@dataclass(frozen=True, slots=True)
class Council:
    """What exists before the load begins."""

    stack: LocalStack
    table: Table
    homes: Homes
    alerts: Alerts
    """All alerts, also those not saved yet; the rows of a team follow one another."""
    created_at: datetime
    """When the early alerts were saved: one with needs ends, counted from there."""
    queue_urls: dict[str, str]
    """The URL of each team's queue."""
    staff_token: str
    """The token of a member of staff of every home that posts."""
    team_token: str
    """The token of a member of every team."""

    def early_alerts(self) -> list[int]:
        """Return the rows of the alerts that exist from the beginning."""
        return [row for row in range(len(self.alerts)) if row % ALERTS_PER_TEAM < EARLY_ALERTS]

    def later_alerts(self) -> Iterator[int]:
        """Yield the rows of the other alerts, one team after another."""
        for at in range(EARLY_ALERTS, ALERTS_PER_TEAM):
            yield from (team * ALERTS_PER_TEAM + at for team in range(TEAMS))

    def alert(self, row: int) -> Alert:
        """Return the alert in this row, as one of its team."""
        return replace(self.alerts.alert(row), team=team_of(row), created_at=self.created_at)


def team_of(row: int) -> str:
    """Return the slug of the team whose alert is in this row."""
    return f"bench-{row // ALERTS_PER_TEAM}"


def create_council(stack: LocalStack) -> Council:
    """Fill the stack, subscribe a queue for each team, and sign people in."""
    table, homes = table_of(stack), homes_around_london(HOMES)
    stack_table.put_homes(table, map(homes.document, range(len(homes))))
    alerts = sample_alerts(TEAMS * ALERTS_PER_TEAM, homes)
    # Rounded as the API stores a place.
    alerts = replace(alerts, latitude=alerts.latitude.round(5), longitude=alerts.longitude.round(5))
    teams = [team_of(team * ALERTS_PER_TEAM) for team in range(TEAMS)]
    council = Council(
        stack,
        table,
        homes,
        alerts,
        datetime.now(UTC),
        {},
        token(stack, [f"home:{homes.location_id(at)}" for at in range(POSTING_HOMES)]),
        token(stack, [f"team:{each}" for each in teams]),
    )
    items = (stack_table.alert_item(council.alert(row)) for row in council.early_alerts())
    stack_table.put_items(table.client, table.name, items)
    sqs = boto3.client("sqs", **stack.connection)
    for team in teams:
        inbox = Inbox(stack, team)
        _subscribe(council, team, inbox.arn)
        council.queue_urls[team] = sqs.get_queue_url(QueueName=team)["QueueUrl"]
    return council


def _subscribe(council: Council, team: str, address: str) -> None:
    response = httpx.post(
        f"{council.stack.api_url}/alerts/members",
        json={"protocol": "sqs", "address": address, "team": team},
        headers={"Authorization": f"Bearer {council.team_token}"},
        timeout=30,
    )
    if response.status_code != 201:
        raise RuntimeError(
            f"the queue of {team} was not subscribed: {response.status_code} {response.text}"
        )


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a team's queue, and when it was sent there, in epoch seconds."""

    team: str
    change_id: str
    alert_ids: frozenset[str]
    sent_at: float


def take_messages(council: Council) -> list[Message]:
    """Take all messages out of the teams' queues."""
    sqs: Any = boto3.client("sqs", **council.stack.connection)
    taken = []
    for team, url in council.queue_urls.items():
        while messages := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["SentTimestamp"]
        ).get("Messages"):
            for each in messages:
                notification = json.loads(json.loads(each["Body"])["Message"])
                ids = frozenset(alert["alert_id"] for alert in notification["alerts"])
                at = int(each["Attributes"]["SentTimestamp"]) / 1000
                taken.append(Message(team, notification["change_id"], ids, at))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return taken


def dead_letters(council: Council) -> int:
    """Count the messages in the dead-letter queue."""
    response = boto3.client("sqs", **council.stack.connection).get_queue_attributes(
        QueueUrl=council.stack.dead_letter_queue_url,
        AttributeNames=["ApproximateNumberOfMessages"],
    )
    return int(response["Attributes"]["ApproximateNumberOfMessages"])
