"""Fixtures and marks for all tests: a function's environment, a table in moto, a local stack."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from moto import mock_aws

# Handlers read their environment when they are imported.
os.environ.update(
    {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-2",
        "TABLE_NAME": "bedboard-test",
        "TEAM_TOPIC_PREFIX": "arn:aws:sns:eu-west-2:123456789012:bedboard-test_team_",
        "DELIVERY_QUEUE_ARN": "arn:aws:sqs:eu-west-2:123456789012:deliveries",
        "DELIVERY_QUEUE_URL": "https://sqs.eu-west-2.amazonaws.com/123456789012/deliveries",
        "SITE_URL": "https://beds.example.org/",
        "DISTRIBUTION_PROOF": "proof-of-tests",
        "POWERTOOLS_SERVICE_NAME": "test",
        "POWERTOOLS_METRICS_NAMESPACE": "Bedboard",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
)

from local.emulator.stack import LocalStack, running
from shared.aws.clock import Clock
from shared.store import keys
from shared.store.table import Table, of_this_stack
from tests.support import aws_once
from tests.support.examples import PROFILE
from tests.support.fakes import ManualTime

aws_once.keep()

settings.register_profile("full", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=15)
settings.load_profile(PROFILE)

pytest_plugins = ["tests.support.permissions.plugin"]

EMULATOR_FIXTURES = ("stack", "councils")
BROWSER_FIXTURE = "chromium"
SYNTHESIS_FOLDERS = ("tests/infra/", "tests/benchmarks/cost/")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by how many there are: a zip file holds the time at which a worker made it.

    Workers that name a test differently run none.
    """
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of the same name
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by what it needs, and have one worker run those that share an emulator.

    The marks are `emulator` and `browser`. A test that starts an emulator by itself, without one of
    the fixtures, is marked where it is written.
    """
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        if any(name in item.fixturenames for name in EMULATOR_FIXTURES):
            item.add_marker(pytest.mark.emulator)
        if BROWSER_FIXTURE in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Function) -> str:
    """Return the folder that has an emulator to itself, or the test's own file.

    One worker runs all tests of templates: it starts the CDK, and synthesises a template, once.
    """
    if item.nodeid.startswith(SYNTHESIS_FOLDERS):
        return "synthesis"
    for name in EMULATOR_FIXTURES:
        for fixture in item._fixtureinfo.name2fixturedefs.get(name, ())[-1:]:
            if fixture.baseid not in {"", "tests"}:
                return str(fixture.baseid)
    return item.nodeid.partition("::")[0]


@pytest.fixture
def table() -> Iterator[Table]:
    """Create an empty table in moto."""
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


@pytest.fixture
def requests(table: Table) -> Iterator[list[str]]:
    """Return the list that the operation of every request to DynamoDB is added to."""
    sent: list[str] = []
    events = table.client.meta.events
    events.register(
        "before-call.dynamodb", lambda model, **_: sent.append(model.name), unique_id="count"
    )
    yield sent
    events.unregister("before-call.dynamodb", unique_id="count")


@pytest.fixture
def manual_time() -> ManualTime:
    """Return a time that passes only when the test advances it."""
    return ManualTime()


@pytest.fixture
def clock(manual_time: ManualTime) -> Clock:
    """Return the clock that shows this time."""
    return manual_time.clock()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Deploy the template to an emulator; the tests of one process share it."""
    with running(tmp_path_factory.mktemp("stack")) as stack:
        yield stack
