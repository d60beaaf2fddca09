"""What every test stands on: a stack's environment, and a table of its own in moto."""

import os
from collections.abc import Iterator

import pytest
from moto import mock_aws

# Handlers read their environment when they are imported, so it is there before any test.
os.environ.update(
    {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-2",
        "TABLE_NAME": "bedboard-test",
        "TEAM_TOPIC_PREFIX": "arn:aws:sns:eu-west-2:123456789012:bedboard-test_team_",
        "HOME_TOPIC_PREFIX": "arn:aws:sns:eu-west-2:123456789012:bedboard-test_home_",
        "SITE_URL": "https://beds.example.org/",
        "POWERTOOLS_SERVICE_NAME": "test",
        "POWERTOOLS_METRICS_NAMESPACE": "Bedboard",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
)

from local.emulator.stack import LocalStack, running
from shared.store import keys
from shared.store.table import Table, of_this_stack


@pytest.fixture
def table() -> Iterator[Table]:
    """The table of this stack, empty, in moto."""
    with mock_aws():
        table = of_this_stack()
        text = [keys.PARTITION, keys.SORT, keys.OF_HOME]
        table.client.create_table(
            TableName=table.name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in text],
            KeySchema=[
                {"AttributeName": keys.PARTITION, "KeyType": "HASH"},
                {"AttributeName": keys.SORT, "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": keys.CHANGES_OF_HOME_INDEX,
                    "KeySchema": [
                        {"AttributeName": keys.OF_HOME, "KeyType": "HASH"},
                        {"AttributeName": keys.SORT, "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )
        yield table


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """The deployed template on an emulator of this test process's own; tests share it."""
    with running(tmp_path_factory.mktemp("stack")) as stack:
        yield stack
