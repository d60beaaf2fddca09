"""The stack's topics beside its table, and the postcode table that the layer brings."""

from typing import Any

import pytest

from layer.build import postcode_package
from shared.aws import sns
from shared.aws.sns import Topics
from shared.places import postcodes
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.store.table import Table


@pytest.fixture
def team_topics(table: Table) -> Topics:
    return sns.of_this_stack()


@pytest.fixture(autouse=True)
def installed_postcodes(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Postcodes(postcode_package() / FILE_NAME)
    monkeypatch.setattr(postcodes, "installed", lambda: table)


class Unconfirmed:
    """SNS as it answers while nobody has confirmed: moto has everybody confirmed at once."""

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
