"""A client asks what boto3's would ask, at the same address."""

from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from shared.aws import clients


@pytest.mark.parametrize("service", ["dynamodb", "sns"])
def test_it_is_the_client_that_boto3_makes(service: Any) -> None:
    ours, usual = clients.client(service, Config()), boto3.client(service)
    assert type(ours).__name__ == type(usual).__name__
    assert ours.meta.endpoint_url == usual.meta.endpoint_url
    assert ours.meta.method_to_api_mapping == usual.meta.method_to_api_mapping
    assert ours.meta.service_model.api_version == usual.meta.service_model.api_version


@mock_aws
def test_it_asks() -> None:
    assert clients.client("sns", Config()).list_topics()["Topics"] == []
