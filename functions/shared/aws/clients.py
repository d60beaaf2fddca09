"""Create the clients of AWS services, and translate the errors of AWS into domain errors.

The only module of the functions that creates a client, so that timeouts, retries and what a cold
start pays for a client are decided in one place.
"""

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.loaders import Loader

from shared.domain.errors import BusyError

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_kms import KMSClient
    from types_boto3_s3 import S3Client
    from types_boto3_sesv2 import SESV2Client
    from types_boto3_sns import SNSClient
    from types_boto3_sqs import SQSClient

TRANSIENT_CODES: Final = frozenset(
    {
        "ConcurrentAccess",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "SlowDown",
        "Throttled",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
"""The error codes that mean "later": the same request may succeed in a moment."""

_ATTEMPTS: Final = 3

ErrorResponse = Mapping[str, Any]
"""An error response of a service: `{"Error": {"Code": ..., "Message": ...}, ...}`."""

C = TypeVar("C")
R = TypeVar("R")


def dynamodb() -> "DynamoDBClient":
    """Create a client of DynamoDB, for many small requests."""
    client: DynamoDBClient = _create(
        "dynamodb",
        # A healthy table answers in milliseconds: trying again is better than waiting.
        read_timeout=2,
        tcp_keepalive=True,
        # Short and fixed: botocore builds its own for each request, in 6 % of the request's time.
        user_agent="bedboard",
        # DynamoDB validates its parameters all the same; botocore's validation takes another 6 %.
        parameter_validation=False,
    )
    return client


def sns() -> "SNSClient":
    """Create a client of SNS, for publishing and for subscriptions."""
    # A publish that is given up too early and repeated is delivered twice.
    client: SNSClient = _create("sns", read_timeout=10, tcp_keepalive=True)
    return client


def sns_for_texts() -> "SNSClient":
    """Create a client of SNS that sends each text at most once: its caller tries again later."""
    client: SNSClient = _create("sns", attempts=1, read_timeout=10, tcp_keepalive=True)
    return client


def ses() -> "SESV2Client":
    """Create a client of SES that sends each email at most once, as `sns_for_texts` does."""
    client: SESV2Client = _create("sesv2", attempts=1, read_timeout=10, tcp_keepalive=True)
    return client


def kms() -> "KMSClient":
    """Create a client of KMS."""
    client: KMSClient = _create("kms", read_timeout=5, tcp_keepalive=True)
    return client


def sqs() -> "SQSClient":
    """Create a client of SQS, for sending."""
    client: SQSClient = _create("sqs", read_timeout=10, tcp_keepalive=True)
    return client


def cognito(
    *, read_timeout: float = 10, attempts: int = _ATTEMPTS
) -> "CognitoIdentityProviderClient":
    """Create a client of Cognito user pools; `read_timeout` in seconds."""
    client: CognitoIdentityProviderClient = _create(
        "cognito-idp", attempts=attempts, read_timeout=read_timeout
    )
    return client


def s3(*, attempts: int = _ATTEMPTS) -> "S3Client":
    """Create a client of S3, whose presigned forms a browser can use."""
    client: S3Client = _create(
        "s3",
        attempts=attempts,
        read_timeout=10,
        # The host name names the region: the general host redirects, and browsers refuse to follow.
        signature_version="s3v4",
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    )
    return client


def on_first_use(create: Callable[[], C]) -> C:
    """Return a client that is created when it is used first, which many cold starts never do."""
    client: Any = _OnFirstUse(create)
    checked: C = client
    return checked


class _OnFirstUse:
    def __init__(self, create: Callable[[], Any]) -> None:
        self._create = functools.cache(create)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the client's own
        return getattr(self._create(), name)


def call(
    service: str,
    request: Callable[[], R],
    translate: Callable[[ErrorResponse], Exception | None] = lambda _: None,
    *,
    is_personal: bool = False,
) -> R:
    """Send one request, and return the response of AWS.

    Raises BusyError where the service does not respond or asks to try later. `translate` returns
    the error to raise for any other error response; where it returns None, ClientError is raised.
    With `is_personal` no error shows the response, which may repeat an address of the request.
    """
    try:
        return request()
    except ClientError as error:
        cause = None if is_personal else error
        if _is_transient(error.response):
            raise BusyError(f"{service} is busy. Send the same request again.") from cause
        translated = translate(error.response)
        if translated is not None:
            raise translated from cause
        if is_personal:
            raise _without_message(error) from None
        raise
    except BotoCoreError as error:
        # Even this may repeat an address: of a parameter that is not valid.
        silent = BusyError(f"{service} did not respond. Send the same request again.")
        raise silent from (None if is_personal else error)


def error_code(response: ErrorResponse) -> str:
    """Return the code of an error response, such as `NotFound`."""
    code: str = response["Error"]["Code"]
    return code


def _is_transient(response: ErrorResponse) -> bool:
    status: int = response["ResponseMetadata"]["HTTPStatusCode"]
    return error_code(response) in TRANSIENT_CODES or status >= 500


def _without_message(error: ClientError) -> ClientError:
    hidden = {"Code": error_code(error.response), "Message": "no details"}
    response: Any = {**error.response, "Error": hidden}
    return ClientError(response, error.operation_name)


class _OneServiceLoader(Loader):
    """Botocore's loader of service descriptions, which knows one service only.

    The original lists about four hundred folders, twice, to find out whether it knows a service:
    a quarter of the time that creating a client takes.
    """

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - botocore's own
        return [self._service]


def _create(service: str, *, attempts: int = _ATTEMPTS, **options: Any) -> Any:  # noqa: ANN401 - botocore makes any client
    """Create what `boto3.client` creates, without importing boto3's resources and transfers."""
    config = Config(
        retries={"mode": "standard", "total_max_attempts": attempts}, connect_timeout=1, **options
    )
    try:
        session = botocore.session.Session()
        session.register_component("data_loader", _OneServiceLoader(service))
        return session.create_client(service, config=config)
    except (AttributeError, TypeError, BotoCoreError):
        # Lambda brings a botocore of its own, whose loader may be another: only slower, then.
        return botocore.session.Session().create_client(service, config=config)
