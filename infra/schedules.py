"""The functions that run by the clock: reminders to homes, and the snapshot of all homes."""

import json
from collections.abc import Sequence
from typing import Final

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function

MEASURE_EVERY: Final = "rate(6 hours)"
"""How often it is measured how sure the vacancies are. That changes over days, so measuring
every hour would add nothing, and CloudWatch charges a metric by the hours in which it was sent.
A rate starts with the deployment, so a council sees at once that the measurement works."""

SNAPSHOT_EVERY: Final = Duration.minutes(15)
"""How often the snapshot is written. A cold start can use a snapshot for an hour, so three may
fail before anyone waits longer. It also reads every change made since the snapshot, one by one,
so the snapshot should be much younger than an hour."""

LONDON: Final = "Europe/London"


class ReminderSchedules(Construct):
    """Run a function every six hours to measure, and at each time of day to remind homes too."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        function: Function,
        dead_letters: sqs.IQueue,
        times_of_day: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        self._function, self._dead_letters = function, dead_letters
        # A retry reminds no home twice: the function records each reminder.
        function.resource.configure_async_invoke(
            on_failure=destinations.SqsDestination(dead_letters),
            retry_attempts=2,
            max_event_age=Duration.hours(1),
        )
        self._role = self._scheduler_role()
        self._add_schedule("Look", MEASURE_EVERY, {})
        for time_of_day in sorted(set(times_of_day)):
            hour, minute = time_of_day.split(":")
            self._add_schedule(
                f"At{hour}{minute}",
                f"cron({int(minute)} {int(hour)} * * ? *)",
                {"remind_at": time_of_day},
            )

    def _scheduler_role(self) -> iam.Role:
        """Return a role that only this account's EventBridge Scheduler can assume.

        It can invoke the one function and send failed events to the dead-letter queue.
        """
        account = {"StringEquals": {"aws:SourceAccount": Stack.of(self).account}}
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com", conditions=account),
        )
        for action, resource in (
            ("lambda:InvokeFunction", self._function.resource.function_arn),
            ("sqs:SendMessage", self._dead_letters.queue_arn),
        ):
            role.add_to_policy(iam.PolicyStatement(actions=[action], resources=[resource]))
        return role

    def _add_schedule(self, name: str, expression: str, event: dict[str, str]) -> None:
        """Invoke the function with the event, by a rate or by a cron expression in London time."""
        schedule = scheduler.CfnSchedule(
            self,
            name,
            schedule_expression=expression,
            schedule_expression_timezone=LONDON,
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=self._function.resource.function_arn,
                role_arn=self._role.role_arn,
                input=json.dumps(event),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                    arn=self._dead_letters.queue_arn
                ),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=3600, maximum_retry_attempts=10
                ),
            ),
        )
        schedule.node.add_dependency(self._role)


class SnapshotSchedule(Construct):
    """Run a function at a fixed rate, without retries: the next run follows soon."""

    def __init__(self, scope: Construct, construct_id: str, function: Function) -> None:
        super().__init__(scope, construct_id)
        function.resource.configure_async_invoke(
            retry_attempts=0, max_event_age=Duration.minutes(5)
        )
        events.Rule(
            self,
            "Due",
            schedule=events.Schedule.rate(SNAPSHOT_EVERY),
            targets=[
                targets.LambdaFunction(
                    function.resource, retry_attempts=0, max_event_age=Duration.minutes(5)
                )
            ],
        )
