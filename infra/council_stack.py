"""What all stacks of a council have in common."""

from typing import Final

from aws_cdk import Environment, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.council.model import Council

COUNCIL_TAG: Final = "bedboard:council"
"""Splits the bill where councils share an account; the topics of teams have it too."""


class CouncilStack(Stack):
    """A stack of one council, in the council's region unless it names another."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        council: Council,
        *,
        stack_name: str,
        description: str,
        region: str = "",
        termination_protection: bool = False,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            description=description,
            env=Environment(region=region or council.region),
            termination_protection=termination_protection,
            # CloudFormation tags every resource that can have tags with those of its stack.
            tags={COUNCIL_TAG: council.slug},
        )
        # W3005: the CDK adds a DependsOn for every reference that already is one.
        self.template_options.metadata = {"cfn-lint": {"config": {"ignore_checks": ["W3005"]}}}

    def apply_settings(self, council: Council) -> None:
        """Set every log group's retention and every role's boundary, whichever part made them."""
        for construct in self.node.find_all():
            if isinstance(construct, logs.CfnLogGroup):
                construct.retention_in_days = council.log_retention_days
        if council.permissions_boundary:
            boundary = iam.ManagedPolicy.from_managed_policy_arn(
                self, "Boundary", council.permissions_boundary
            )
            iam.PermissionsBoundary.of(self).apply(boundary)
