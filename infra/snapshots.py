"""How often all homes are kept as one snapshot, from which cold starts know them."""

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.function import Function

EVERY: Final = Duration.minutes(15)
"""One is of use for an hour: three may fail before anybody waits longer. What was changed since
the last one is read as well, one change after the other, so it is not the hour itself."""


class Snapshots(Construct):
    """Calls a function at a rate. What fails is not tried again: the next one soon follows."""

    def __init__(self, scope: Construct, construct_id: str, *, call: Function) -> None:
        super().__init__(scope, construct_id)
        call.function.configure_async_invoke(retry_attempts=0, max_event_age=Duration.minutes(5))
        events.Rule(
            self,
            "Due",
            schedule=events.Schedule.rate(EVERY),
            targets=[
                targets.LambdaFunction(
                    call.function, retry_attempts=0, max_event_age=Duration.minutes(5)
                )
            ],
        )
