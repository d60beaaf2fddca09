"""The topics of a stack, and the subscribe function with a table of its own."""

from collections.abc import Callable
from typing import Any

import pytest

from layer.build import postcode_package
from shared.aws import sns
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.http.response import LambdaHandler
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.store.table import Table
from subscribe.handler import build


@pytest.fixture
def team_topics(table: Table) -> Topics:
    return sns.team_topics()


@pytest.fixture(scope="session")
def installed_postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


BuildSubscribe = Callable[..., LambdaHandler]


@pytest.fixture
def build_subscribe(table: Table, installed_postcodes: Postcodes) -> BuildSubscribe:
    def build_with(team_topics: Topics | None = None) -> LambdaHandler:
        return build(
            table=table,
            clock=SYSTEM,
            team_topics=team_topics or sns.team_topics(),
            home_topics=sns.home_topics(),
            load_postcodes=lambda: installed_postcodes,
        )

    return build_with


class Unconfirmed:
    """SNS before anyone has confirmed; moto confirms everyone at once."""

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
    return Topics(Unconfirmed(team_topics.client), team_topics.prefix)  # type: ignore[arg-type]
