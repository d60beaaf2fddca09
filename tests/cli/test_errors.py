"""Every expected error becomes one message and one exit status."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError

from cli.errors import EXIT_PROBLEM, EXIT_USAGE, CommandError, UsageError, describe
from infra.council.load import SettingsError
from shared.domain.errors import NotFoundError


def aws_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "DescribeTable")


@pytest.mark.parametrize(
    ("error", "message", "exit_status"),
    [
        (CommandError("It failed."), "It failed.", EXIT_PROBLEM),
        (UsageError("Name a file."), "Name a file.", EXIT_USAGE),
        (SettingsError("key: wrong"), "key: wrong", EXIT_USAGE),
        (NotFoundError("there is no care home"), "there is no care home", EXIT_PROBLEM),
        (NoCredentialsError(), "aws sso login", EXIT_USAGE),
        (
            EndpointConnectionError(endpoint_url="http://127.0.0.1:1"),
            "Nothing answers at http://127.0.0.1:1",
            EXIT_PROBLEM,
        ),
        (aws_error("AccessDeniedException"), "Ask for the right DescribeTable", EXIT_PROBLEM),
        (aws_error("ExpiredToken"), "Sign in again", EXIT_PROBLEM),
        (aws_error("Other"), "AWS refused DescribeTable: Other: no", EXIT_PROBLEM),
        (PermissionError(13, "Permission denied", "x"), "Permission denied", EXIT_PROBLEM),
    ],
)
def test_an_expected_error_has_a_message_and_an_exit_status(
    error: Exception, message: str, exit_status: int
) -> None:
    failure = describe(error)
    assert message in failure.message
    assert failure.exit_status == exit_status
