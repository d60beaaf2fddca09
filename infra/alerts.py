"""The way from a change of a home in the table's stream to the function that tells the teams."""

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function
from shared.store import keys


class DeadLetters(Construct):
    """What was given up on, kept two weeks for somebody to look into."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        self.url = self.queue.queue_url


class LogEntries(Construct):
    """Calls a function with every entry that is new to the change log."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stream_arn: str,
        call: Function,
        failed: sqs.IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        lambda_.EventSourceMapping(
            self,
            "Mapping",
            target=call.function,
            event_source_arn=stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=100,
            max_batching_window=Duration.seconds(0),
            filters=[
                lambda_.FilterCriteria.filter(each)
                for each in (CHANGE_OF_A_HOME, CHANGE_OF_AN_ALERT)
            ],
            # One entry that cannot be handled neither holds up the others nor is tried for ever.
            report_batch_item_failures=True,
            bisect_batch_on_error=True,
            retry_attempts=20,
            max_record_age=Duration.hours(6),
            on_failure=sources.SqsDlq(failed),
        )


_IN_THE_LOG = {keys.PARTITION: {"S": lambda_.FilterRule.begins_with(keys.CHANGE_PREFIX)}}

# Only an entry of a home has it, and only the first of a change: not the one that is appended
# again because its transaction was slow.
CHANGE_OF_A_HOME = {
    "eventName": lambda_.FilterRule.is_equal("INSERT"),
    "dynamodb": {
        "Keys": _IN_THE_LOG,
        "NewImage": {keys.OF_HOME: {"S": lambda_.FilterRule.exists()}},
    },
}

# These fire nothing, but one whose writer died may have to be shown again.
CHANGE_OF_AN_ALERT = {
    "eventName": lambda_.FilterRule.is_equal("INSERT"),
    "dynamodb": {
        "Keys": _IN_THE_LOG,
        "NewImage": {keys.KIND: {"S": lambda_.FilterRule.is_equal("alert")}},
    },
}
