"""When the homes' numbers are looked at, and at which times the council has homes reminded."""

import json
from collections.abc import Sequence
from typing import Final

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function

EVERY: Final = "rate(6 hours)"
"""What is stale is so by days: a look an hour would tell no more, and CloudWatch asks for each
metric by the hours in which it was sent. A rate begins with the deployment, so that a council sees
at once whether the looking works."""

LONDON: Final = "Europe/London"


class Reminders(Construct):
    """Calls a function every six hours to look, and at each time of day to remind as well."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        call: Function,
        failed: sqs.IQueue,
        times_of_day: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        self._call, self._failed = call, failed
        # A run that failed and comes again reminds nobody twice: the function keeps a record.
        call.function.configure_async_invoke(
            on_failure=destinations.SqsDestination(failed),
            retry_attempts=2,
            max_event_age=Duration.hours(1),
        )
        self._role = self._scheduler_role()
        self._schedule("Look", EVERY, {})
        for time_of_day in sorted(set(times_of_day)):
            hour, minute = time_of_day.split(":")
            self._schedule(
                f"At{hour}{minute}",
                f"cron({int(minute)} {int(hour)} * * ? *)",
                {"remind_at": time_of_day},
            )

    def _scheduler_role(self) -> iam.Role:
        """Of EventBridge Scheduler in this account: it may call the one function, and put by what
        it could not call it for."""
        account = {"StringEquals": {"aws:SourceAccount": Stack.of(self).account}}
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions=account),
        )
        for action, on in (
            ("lambda:InvokeFunction", self._call.function.function_arn),
            ("sqs:SendMessage", self._failed.queue_arn),
        ):
            role.add_to_policy(iam.PolicyStatement(actions=[action], resources=[on]))
        return role

    def _schedule(self, name: str, expression: str, event: dict[str, str]) -> None:
        schedule = scheduler.CfnSchedule(
            self,
            name,
            schedule_expression=expression,
            schedule_expression_timezone=LONDON,
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=self._call.function.function_arn,
                role_arn=self._role.role_arn,
                input=json.dumps(event),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                    arn=self._failed.queue_arn
                ),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=3600, maximum_retry_attempts=10
                ),
            ),
        )
        schedule.node.add_dependency(self._role)
