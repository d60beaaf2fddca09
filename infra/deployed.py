"""Which of a council's stacks are on AWS now, and in which state."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import boto3
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

_SETTLED: Final = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"})

_LOOKUP_ROLE: Final = "arn:aws:iam::{account}:role/cdk-hnb659fds-lookup-role-{account}-{region}"
"""The role that `cdk bootstrap` makes for reading."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """The state of one stack."""

    status: str = ""
    """CloudFormation's name of it; empty where there is no such stack."""
    is_protected: bool = False
    """Whether AWS refuses to delete the stack."""

    @property
    def is_settled(self) -> bool:
        """Whether the stack exists and is whole."""
        return self.status in _SETTLED

    @classmethod
    def read(cls, cloudformation: "CloudFormationClient", stack_name: str) -> Self:
        """Read the state of the stack. Raises botocore's errors."""
        try:
            (stack,) = cloudformation.describe_stacks(StackName=stack_name)["Stacks"]
        except ClientError as error:
            if "does not exist" not in str(error):
                raise
            return cls()
        return cls(stack["StackStatus"], stack.get("EnableTerminationProtection", False))


def reading_session(session: boto3.Session) -> boto3.Session | None:
    """Return a session of the CDK's role for reading; None where it cannot be taken.

    Raises botocore's errors about missing credentials.
    """
    sts = session.client("sts")
    account, region = sts.get_caller_identity()["Account"], session.region_name
    role = _LOOKUP_ROLE.format(account=account, region=region)
    try:
        keys = sts.assume_role(RoleArn=role, RoleSessionName="bedboard-deploy")["Credentials"]
    except ClientError:
        return None
    return boto3.Session(
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
        region_name=region,
    )
