"""The key that seals the addresses of people in the table."""

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.function import Resources


class AddressKey(Construct):
    """A key of the account's own: only roles that are granted it can open an address.

    AWS's own keys cannot be granted to a role. It costs one dollar a month. Without it every
    address is lost, so it is kept when its stack is deleted.
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        key = kms.Key(
            self,
            "Key",
            description=f"Seals the addresses of members in {Stack.of(self).stack_name}",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        self.arn = key.key_arn

    def only_sealed_for(self, owner: str) -> Resources:
        """Return the key for what was sealed for this owner alone, as a grant takes it."""
        condition = {"StringEquals": {"kms:EncryptionContext:owner": owner}}
        return Resources([self.arn], condition)
