"""Clients send what boto3's clients send, and errors become domain errors that hide details."""

from collections.abc import Callable
from functools import partialmethod
from typing import Any, NoReturn

import boto3
import pytest
from botocore.exceptions import (
    ClientError,
    NoRegionError,
    ParamValidationError,
    ReadTimeoutError,
    UnknownServiceError,
)
from botocore.loaders import Loader
from botocore.session import Session
from moto import mock_aws

from shared.aws import clients
from shared.domain.errors import BusyError, NotFoundError


@pytest.mark.parametrize(
    ("create", "service"),
    [
        (clients.dynamodb, "dynamodb"),
        (clients.sns, "sns"),
        (clients.cognito, "cognito-idp"),
        (clients.s3, "s3"),
        (clients.ses, "sesv2"),
        (clients.sns_for_texts, "sns"),
        (clients.kms, "kms"),
        (clients.sqs, "sqs"),
    ],
)
def test_clients_equal_those_of_boto3(create: Callable[[], Any], service: Any) -> None:
    ours, usual = create(), boto3.client(service)
    assert type(ours).__name__ == type(usual).__name__
    assert ours.meta.method_to_api_mapping == usual.meta.method_to_api_mapping
    assert ours.meta.service_model.api_version == usual.meta.service_model.api_version
    if service != "s3":  # its host names the region
        assert ours.meta.endpoint_url == usual.meta.endpoint_url


def another_loader(session: Session, name: str, component: Any) -> NoReturn:
    """Refuse a component, as a botocore would that has no such component."""
    raise AttributeError(f"no component {name}")


def another_question(self: Any, type_name: str, *, also: str) -> NoReturn:
    """Ask a loader of services in another way than the pinned botocore does."""
    self.list_available_services(type_name, also=also)
    raise AssertionError("the loader should not have understood")


def another_answer(self: Any, *_: Any, **__: Any) -> NoReturn:
    raise UnknownServiceError(service_name="dynamodb", known_service_names="")


@pytest.mark.parametrize(
    ("owner", "name", "other"),
    [
        pytest.param(Session, "register_component", another_loader, id="no component"),
        pytest.param(
            clients._OneServiceLoader,
            "load_service_model",
            partialmethod(another_question, also="x"),
            id="other arguments",
        ),
        pytest.param(
            clients._OneServiceLoader, "load_service_model", another_answer, id="other content"
        ),
        pytest.param(
            clients._OneServiceLoader, "__init__", lambda _: None, id="the loader takes nothing"
        ),
    ],
)
def test_a_botocore_with_another_loader_only_takes_longer(
    monkeypatch: pytest.MonkeyPatch, owner: type, name: str, other: Any
) -> None:
    monkeypatch.setattr(owner, name, other)
    with mock_aws():
        assert clients.dynamodb().list_tables()["TableNames"] == []


def test_an_error_of_the_client_itself_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    with pytest.raises(NoRegionError):
        clients.dynamodb()


def test_a_client_is_created_without_looking_at_every_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sessions: list[str] = []
    monkeypatch.setattr(Loader, "list_available_services", lambda *_: sessions.append("all"))
    clients.dynamodb()
    assert sessions == []


@mock_aws
def test_every_client_sends_requests() -> None:
    assert clients.sns().list_topics()["Topics"] == []
    assert clients.dynamodb().list_tables()["TableNames"] == []
    assert clients.cognito().list_user_pools(MaxResults=1)["UserPools"] == []
    assert clients.s3().list_buckets()["Buckets"] == []


def test_a_client_on_first_use_is_created_once_and_not_before() -> None:
    created: list[str] = []

    def create() -> str:
        created.append("client")
        return "a client"

    client = clients.on_first_use(create)
    assert created == []
    assert client.upper() == client.upper() == "A CLIENT"
    assert created == ["client"]


def test_a_message_to_a_person_is_sent_at_most_once_by_a_call() -> None:
    clients_of_messages: list[Any] = [clients.ses(), clients.sns_for_texts()]
    for client in clients_of_messages:
        assert client.meta.config.retries["total_max_attempts"] == 1


def test_no_personal_parameter_is_in_an_error_or_its_cause() -> None:
    invalid = ParamValidationError(report="value: jo@example.org")
    with pytest.raises(BusyError) as busy:
        clients.call("SES", failing(invalid), is_personal=True)
    assert busy.value.__cause__ is None
    assert busy.value.__suppress_context__


def test_a_presigned_form_names_the_region_of_the_bucket() -> None:
    form = clients.s3().generate_presigned_post("imports", "directory/2026-11.csv")
    assert form["url"] == "https://imports.s3.eu-west-2.amazonaws.com/"
    assert form["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


def failing(error: Exception) -> Callable[[], Any]:
    def request() -> Any:
        raise error

    return request


def error_response(code: str, status: int = 400) -> ClientError:
    response: Any = {
        "Error": {"Code": code, "Message": "jo@example.org"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "Any")


@pytest.mark.parametrize(
    "error",
    [
        error_response("ThrottlingException"),
        error_response("InternalServerError", 500),
        ReadTimeoutError(endpoint_url="https://sns.example.org"),
    ],
)
def test_transient_errors_mean_busy(error: Exception) -> None:
    with pytest.raises(BusyError, match=r"^SNS .*Send the same request again\.$"):
        clients.call("SNS", failing(error))


def test_an_unexpected_error_is_raised_unchanged() -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        clients.call("SNS", failing(error_response("AccessDenied", 403)))


def translate(response: clients.ErrorResponse) -> Exception | None:
    return NotFoundError("no member has this id") if clients.error_code(response) == "N" else None


def test_a_translated_error_keeps_its_cause() -> None:
    error = error_response("N", 404)
    with pytest.raises(NotFoundError) as raised:
        clients.call("S3", failing(error), translate)
    assert raised.value.__cause__ is error


@pytest.mark.parametrize("code", ["N", "AccessDenied", "ThrottlingException"])
def test_no_error_shows_a_personal_response(code: str) -> None:
    with pytest.raises((NotFoundError, ClientError, BusyError)) as raised:
        clients.call("SNS", failing(error_response(code)), translate, is_personal=True)
    assert "jo@example.org" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
