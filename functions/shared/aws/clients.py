"""Clients of AWS services, without what a function has no use for and each cold start pays for."""

from typing import Any

import botocore.session
from botocore.config import Config
from botocore.loaders import Loader


class _Descriptions(Loader):
    """Botocore's descriptions of services. It lists some four hundred folders, twice, to see
    whether it knows one: a quarter of the time that a client takes."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def list_available_services(self, _type_name: str) -> list[str]:
        return [self._service]


def client(service: str, config: Config) -> Any:  # noqa: ANN401 - typed where it is kept
    """What `boto3.client` makes, without importing boto3's resources and S3 transfers."""
    session = botocore.session.Session()
    session.register_component("data_loader", _Descriptions(service))
    return session.create_client(service, config=config)
