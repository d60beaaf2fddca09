"""Publish an alert to a team's topic, which `notify` could not do when the vacancy opened."""

from aws_lambda_powertools.metrics import MetricUnit

from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.sns import NoTopicError, Topics
from shared.aws.telemetry import AddMetric
from shared.domain.documents import Document


def publish_again(
    topics: Topics, queue: DeliveryQueue, message: Document, add_metric: AddMetric
) -> None:
    """Publish the event that a message is about; where the topic is gone, tell the people.

    Raises NotPublishedError, BusyError.
    """
    event, repeat = message["about"], message["is_repeat"]
    try:
        topics.publish(event["team"], event, is_repeat=repeat)
    except NoTopicError:
        queue.send([event], is_repeat=repeat)
    else:
        add_metric("AlertPublished", MetricUnit.Count, 1)
