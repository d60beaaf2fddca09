"""The errors that end a command, each with one message and one exit status."""

from typing import Final, NamedTuple

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
)

from infra.council.load import SettingsError
from shared.domain.errors import BedboardError

EXIT_PROBLEM: Final = 1
"""The command ran, and something is wrong."""
EXIT_USAGE: Final = 2
"""The command line, the settings or the sign-in must change first; nothing was done."""


class CommandError(Exception):
    """A failure whose message says what happened, to what, and what to do next."""

    def __init__(self, message: str, exit_status: int = EXIT_PROBLEM) -> None:
        super().__init__(message)
        self.exit_status = exit_status


class UsageError(CommandError):
    """A command line that must be changed; nothing was done."""

    def __init__(self, message: str) -> None:
        super().__init__(message, EXIT_USAGE)


EXPECTED_ERRORS: Final = (
    CommandError,
    BedboardError,
    SettingsError,
    ClientError,
    BotoCoreError,
    OSError,
)

BUGS: Final = (LookupError, TypeError, ValueError, AttributeError, AssertionError, ArithmeticError)


class Failure(NamedTuple):
    """The message to print and the exit status to end with."""

    message: str
    exit_status: int


def describe(error: Exception) -> Failure:
    """Describe an expected error to the operator."""
    match error:
        case CommandError():
            return Failure(str(error), error.exit_status)
        case SettingsError():
            return Failure(str(error), EXIT_USAGE)
        case BedboardError():
            return Failure(error.detail, EXIT_PROBLEM)
        case NoCredentialsError():
            return Failure(
                "No AWS credentials were found. Sign in (aws sso login), or set AWS_PROFILE.",
                EXIT_USAGE,
            )
        case EndpointConnectionError():
            url = error.kwargs["endpoint_url"]
            return Failure(f"Nothing answers at {url}. Is the stack running?", EXIT_PROBLEM)
        case ClientError():
            return Failure(_describe_aws_error(error), EXIT_PROBLEM)
    return Failure(f"{type(error).__name__}: {error}", EXIT_PROBLEM)


def _describe_aws_error(error: ClientError) -> str:
    code, operation = error.response["Error"].get("Code", "?"), error.operation_name
    message = f"AWS refused {operation}: {code}: {error.response['Error'].get('Message', '')}"
    if code in {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}:
        return f"{message}\nYour AWS credentials may not do this. Ask for the right {operation}."
    if code in {"ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException"}:
        return f"{message}\nSign in again (aws sso login), or set AWS_PROFILE."
    return message
