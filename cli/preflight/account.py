"""The AWS account that a council is about to be deployed to, as preflight's checks see it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import boto3
import httpx
from botocore.config import Config
from botocore.exceptions import ClientError

from cli.errors import UsageError
from infra.council.model import Council
from infra.council.stack_names import stack_names
from infra.deployed import reading_session

if TYPE_CHECKING:
    from types_boto3_cloudformation.type_defs import StackTypeDef

US_EAST_1: Final = "us-east-1"
"""The region of CloudFront's certificates and firewalls."""

_CONFIG: Final = Config(
    connect_timeout=5, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 3}
)
_SIGN_IN_AGAIN: Final = frozenset(
    {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"}
)


@dataclass(frozen=True)
class Account:
    """An account with the AWS credentials in use, and the council's settings."""

    council: Council
    account_id: str
    caller_arn: str
    http: httpx.Client
    """For what is not AWS: the council's own issuer."""

    session: boto3.Session | None = None
    """With whose credentials to look; None: with those in use."""

    def client(self, service: str, region: str | None = None) -> Any:  # noqa: ANN401 - boto3 makes any client
        """Make a boto3 client; the region is the council's where none is named."""
        make: Any = self.session.client if self.session else boto3.client
        return make(service, region_name=region or self.council.region, config=_CONFIG)

    @cached_property
    def as_reader(self) -> "Account | None":
        """The account as the CDK's role for reading sees it; None where that cannot be taken."""
        if self.session is not None:
            return None
        reading = reading_session(boto3.Session(region_name=self.council.region))
        return replace(self, session=reading) if reading else None

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that the council's stacks are deployed to."""
        council = self.council
        return tuple(dict.fromkeys([council.region, *([US_EAST_1] if council.waf else [])]))

    @property
    def stack_names(self) -> tuple[str, ...]:
        """The names of the council's stacks; not each of them is in every region."""
        return stack_names(self.council.slug)

    @cached_property
    def stacks(self) -> "dict[str, StackTypeDef]":
        """The council's stacks that are in its region already, by name."""
        return stacks_in(self.client("cloudformation"), self.stack_names)

    @cached_property
    def resources(self) -> frozenset[str]:
        """The physical ids of everything in the council's stacks in its region."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        return frozenset(
            resource.get("PhysicalResourceId", "")
            for name in self.stacks
            for page in pages.paginate(StackName=name)
            for resource in page["StackResourceSummaries"]
        )


def stacks_in(cloudformation: Any, names: tuple[str, ...]) -> "dict[str, StackTypeDef]":  # noqa: ANN401 - boto3's stubs know a client by its literal name alone
    """Return those of the stacks that the client's region has, by name."""
    found = {}
    for name in names:
        try:
            (found[name],) = cloudformation.describe_stacks(StackName=name)["Stacks"]
        except ClientError as error:
            if "does not exist" not in str(error):
                raise
    return found


def account_in_use(council: Council, http: httpx.Client) -> Account:
    """Find out whose credentials are in use.

    Raises UsageError where they are not valid any more, and botocore's NoCredentialsError.
    """
    sts: Any = boto3.client("sts", region_name=council.region, config=_CONFIG)
    try:
        caller = sts.get_caller_identity()
    except ClientError as error:
        if error.response["Error"].get("Code") not in _SIGN_IN_AGAIN:
            raise
        raise UsageError(
            f"AWS does not accept these credentials ({error.response['Error']['Code']})."
            " Sign in again (aws sso login), or set AWS_PROFILE."
        ) from None
    return Account(council, caller["Account"], caller["Arn"], http)
