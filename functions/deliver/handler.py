"""Tell each person by email or text what their team or home asked to be told."""

import json
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from deliver.email_reports import STATES, mark_member
from deliver.fan_out import messages_to_members, owner_of
from deliver.publish_again import publish_again
from deliver.queue_batch import QueueBatch
from deliver.tell_member import MemberTelling
from shared.aws import address_key, delivery_queue, senders, sns
from shared.aws.clock import SYSTEM
from shared.aws.delivery_queue import PUBLISH_ALERT, TELL_MEMBER, DeliveryQueue, is_repeat
from shared.aws.settings import settings
from shared.aws.sns import Topics
from shared.aws.telemetry import logger, metrics, report_unreadable
from shared.domain.member import Owner
from shared.store import members
from shared.store import table as tables


def build(
    *, telling: MemberTelling, queue: DeliveryQueue, topics: Topics
) -> Callable[[dict[str, Any], LambdaContext], Any]:
    """Return the function, with these parts."""
    table, clock, add_metric = telling.table, telling.clock, telling.add_metric
    batch = QueueBatch(queue, add_metric)

    def handle(record: SQSRecord) -> None:
        event = json.loads(record.body)
        name = event["event"]
        if name == TELL_MEMBER:
            owner = Owner.parse(event["owner"])
            telling.tell(owner, event["member_id"], event["about"], record.message_id)
        elif name == PUBLISH_ALERT:
            publish_again(topics, queue, event, add_metric)
        elif name in STATES:
            mark_member(table, clock, event, add_metric)
        else:
            people = members.list_of_owner(table, owner_of(event), clock.now(), report_unreadable)
            repeat = is_repeat(record.raw_event["messageAttributes"])
            queue.send(messages_to_members(event, people, is_repeat=repeat))

    @logger.inject_lambda_context(clear_state=True)
    @metrics.log_metrics
    def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Lambda's own type
        return process_partial_response(event, handle, batch, context)

    return handler


handler = build(
    telling=MemberTelling(
        tables.of_this_stack(),
        SYSTEM,
        address_key.of_this_stack(),
        senders.emails(),
        senders.texts(),
        settings().site_url,
        metrics.add_metric,
    ),
    queue=delivery_queue.of_this_stack(),
    topics=sns.team_topics(),
)
