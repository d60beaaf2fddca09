"""One Lambda function, as all of them are: own role, own log, traced, least privilege."""

from collections.abc import Mapping

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct


class Function(Construct):
    """The handler of `functions/<name>/`; it may do nothing until it is told what it may."""

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
        self._role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group = logs.LogGroup(
            self,
            "Logs",
            retention=logs.RetentionDays.ONE_MONTH,
            # What must be kept is in the table's change log, not here.
            removal_policy=RemovalPolicy.DESTROY,
        )
        log_group.grant_write(self._role)
        self.function = lambda_.Function(
            self,
            "Function",
            code=code,
            handler=f"{name}.handler.handler",
            layers=[layer] if layer else [],
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=memory_mb,
            timeout=timeout,
            role=self._role,
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
            environment={
                "POWERTOOLS_SERVICE_NAME": name,
                "POWERTOOLS_METRICS_NAMESPACE": "Bedboard",
                "POWERTOOLS_LOG_LEVEL": "INFO",
                **environment,
            },
        )
        self.name = self.function.function_name

    def may(
        self, *actions: str, on: str | list[str], where: Mapping[str, object] | None = None
    ) -> None:
        """Allow these actions on these ARNs, under these conditions, and nothing else."""
        self._role.add_to_policy(
            iam.PolicyStatement(
                actions=list(actions),
                resources=[on] if isinstance(on, str) else on,
                conditions=where,
            )
        )
