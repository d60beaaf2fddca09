"""The events that other tests are built from have the shape that AWS's have."""

from datetime import timedelta
from typing import Any

import pytest

from local.lambda_events import api_request, object_created, schedule, stream_record
from tests.support.builders import NOON, created, home
from tests.support.contracts import contract
from tests.support.dead_letters import invocation_failure, message, stream_failure
from tests.support.shapes import Difference

SAME = Difference(frozenset(), frozenset(), frozenset())
ENTRY = created(home()).to_item(NOON)
REQUEST = api_request(
    "GET", "/vacancies", groups="team:exeter-discharge", query="near=EX2", headers={"accept": "*/*"}
)


@pytest.mark.parametrize(
    ("name", "built"),
    [
        ("http_api_request", REQUEST),
        ("dynamodb_stream_record", stream_record(ENTRY, committed_after=timedelta(seconds=1))),
        ("eventbridge_object_created", object_created("imports", "directory/2026-11.csv")),
        ("scheduler_reminder", schedule("09:30")),
    ],
)
def test_an_event_has_the_members_of_aws_and_no_others(name: str, built: dict[str, Any]) -> None:
    assert contract(name).difference(built) == SAME


@pytest.mark.parametrize(
    ("name", "body"),
    [("stream", stream_failure()), ("invocation", invocation_failure(schedule("09:30")))],
)
def test_a_dead_letter_has_the_members_of_aws_and_no_others(
    name: str, body: dict[str, Any]
) -> None:
    expected, built = contract(f"dead_letter_{name}"), message(body)
    difference = expected.difference(built)
    # What SQS adds to every message, and no command reads.
    assert difference.missing <= {"ReceiptHandle", "MD5OfBody"}
    assert difference.extra <= {"MessageAttributes"}
    assert not difference.retyped
