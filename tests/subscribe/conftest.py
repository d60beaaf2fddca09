"""The topics of a stack, and the subscribe function with a table of its own."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest

from layer.build import postcode_package
from shared.aws import delivery_queue, sns
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.http.response import LambdaHandler
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.store.table import Table
from subscribe.handler import build
from subscribe.membership import Membership
from tests.support.fakes import ManualTime
from tests.support.outbox import Outbox, new_key


@pytest.fixture
def team_topics(table: Table) -> Topics:
    return sns.team_topics()


@pytest.fixture(scope="session")
def installed_postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


BuildSubscribe = Callable[..., LambdaHandler]


class Subscribe:
    """The function of the test that is running, and the time that it goes by where that matters."""

    handler: LambdaHandler
    time: ManualTime


@pytest.fixture
def outbox(table: Table) -> Outbox:
    return Outbox()


@pytest.fixture
def membership(table: Table, outbox: Outbox) -> Membership:
    return Membership(
        table, SYSTEM, new_key(), outbox.emails, outbox.texts, "https://beds.example.org/"
    )


@pytest.fixture
def build_subscribe(
    table: Table, membership: Membership, installed_postcodes: Postcodes
) -> BuildSubscribe:
    boto3.client("sqs").create_queue(QueueName="deliveries")

    def build_with(
        team_topics: Topics | None = None, membership: Membership = membership
    ) -> LambdaHandler:
        return build(
            table=table,
            clock=membership.clock,
            team_topics=team_topics or sns.team_topics(),
            queue=delivery_queue.of_this_stack(),
            membership=membership,
            load_postcodes=lambda: installed_postcodes,
        )

    return build_with


class Unconfirmed:
    """SNS before any system has confirmed; moto confirms all at once."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def subscribe(self, **arguments: Any) -> Any:
        self._client.subscribe(**arguments)
        return {"SubscriptionArn": "pending confirmation"}

    def list_subscriptions_by_topic(self, **arguments: Any) -> Any:
        page = self._client.list_subscriptions_by_topic(**arguments)
        for each in page["Subscriptions"]:
            each["SubscriptionArn"] = "PendingConfirmation"
        return page


@pytest.fixture
def unconfirmed(team_topics: Topics) -> Topics:
    client: Any = Unconfirmed(team_topics.client)
    return Topics(client, team_topics.prefix, team_topics.queue_arn)
