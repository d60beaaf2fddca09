"""One Lambda function with its own role and log group, and only the rights it is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct


@dataclass(frozen=True, slots=True)
class Resources:
    """Resources by their ARNs, and the condition that a request for them must meet.

    With `no_arns` they are all resources but those.
    """

    arns: Sequence[str]
    condition: Mapping[str, object] | None = None
    no_arns: Sequence[str] = ()


class Function(Construct):
    """The handler of `functions/<name>/`, which may do nothing until `allow` is called."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        code: lambda_.Code,
        layer: lambda_.ILayerVersion | None,
        memory_mb: int,
        timeout: Duration,
        environment: Mapping[str, str],
    ) -> None:
        super().__init__(scope, "".join(word.capitalize() for word in name.split("_")))
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group = logs.LogGroup(
            self,
            "Logs",
            retention=logs.RetentionDays.ONE_MONTH,
            # The table's change log is the record to keep, so the function's log may go.
            removal_policy=RemovalPolicy.DESTROY,
        )
        log_group.grant_write(self.role)
        self.resource = lambda_.Function(
            self,
            "Function",
            code=code,
            handler=f"{name}.handler.handler",
            layers=[layer] if layer else [],
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=memory_mb,
            timeout=timeout,
            role=self.role,
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            environment={
                "POWERTOOLS_SERVICE_NAME": name,
                "POWERTOOLS_METRICS_NAMESPACE": "Bedboard",
                "POWERTOOLS_LOG_LEVEL": "INFO",
                **environment,
            },
        )
        self.name = self.resource.function_name

    def allow(self, *actions: str, on: str | Resources) -> None:
        """Allow these actions on this ARN, or on these resources under their condition."""
        resources = Resources([on]) if isinstance(on, str) else on
        self.role.add_to_policy(
            iam.PolicyStatement(
                actions=list(actions),
                resources=list(resources.arns) or None,
                not_resources=list(resources.no_arns) or None,
                conditions=resources.condition,
            )
        )
