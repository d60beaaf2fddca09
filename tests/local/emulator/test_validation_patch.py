"""A function in the emulator cannot send what DynamoDB would refuse."""

import os
import subprocess
import sys
from types import ModuleType

import pytest
from ministack.core import lambda_runtime

from layer.build import FUNCTIONS
from local.emulator.validation_patch import install

CALL = """
from shared.aws import clients

try:
    clients.dynamodb().get_item(TableName="t", Key={key})
except TypeError as error:
    print("refused:", error)
except Exception as error:
    print("sent:", type(error).__name__)
"""


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ({"pk": "HOME"}, "refused: GetItem: Invalid type for parameter Key.pk"),
        ({"pk": {"S": "HOME"}}, "sent: EndpointConnectionError"),
    ],
)
def test_a_function_fails_where_a_call_is_not_valid(key: object, said: str) -> None:
    module = ModuleType("lambda_runtime")
    module._PYTHON_WORKER_SCRIPT = CALL.replace("{key}", repr(key))  # type: ignore[attr-defined]  # a module made here
    install(module)
    run = subprocess.run(
        [sys.executable, "-c", module._PYTHON_WORKER_SCRIPT],
        env={
            **os.environ,
            "PYTHONPATH": str(FUNCTIONS),
            "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith(said)


def test_ministack_still_has_the_program_that_is_patched() -> None:
    assert "handler" in lambda_runtime._PYTHON_WORKER_SCRIPT
