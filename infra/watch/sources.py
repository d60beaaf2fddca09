"""The metrics to watch: AWS's own where it has them, otherwise those that Bedboard sends."""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.functions import Functions, metric_namespace


@dataclass(frozen=True)
class Sources:
    """The metrics of one stack, by the part that sends them."""

    slug: str
    stack_name: str
    functions: Functions
    api_id: str
    table_name: str
    stream_mapping_id: str
    dead_letter_queue: str
    delivery_queue: str

    def function(self, name: str, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        """Return one of Lambda's metrics, by the name of the function's folder."""
        function = getattr(self.functions, name)
        return _metric("AWS/Lambda", metric, statistic, FunctionName=function.name)

    def bedboard(self, service: str, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        """Return a metric that Bedboard itself sends, by the service that sends it."""
        return _metric(metric_namespace(self.slug), metric, statistic, service=service)

    def api(self, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        """Return one of API Gateway's metrics."""
        return _metric("AWS/ApiGateway", metric, statistic, ApiId=self.api_id)

    def table(self, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        """Return one of DynamoDB's metrics."""
        return _metric("AWS/DynamoDB", metric, statistic, TableName=self.table_name)

    def stream_mapping(self, metric: str) -> cloudwatch.Metric:
        """Return the sum of one of Lambda's metrics of the mapping that reads the stream."""
        return _metric("AWS/Lambda", metric, "Sum", EventSourceMappingUUID=self.stream_mapping_id)

    def dead_letters(self, metric: str) -> cloudwatch.Metric:
        """Return the maximum of one of SQS's metrics for the dead-letter queue."""
        return _metric("AWS/SQS", metric, "Maximum", QueueName=self.dead_letter_queue)

    def deliveries(self, metric: str) -> cloudwatch.Metric:
        """Return the maximum of one of SQS's metrics for the queue of messages to people."""
        return _metric("AWS/SQS", metric, "Maximum", QueueName=self.delivery_queue)


def _metric(namespace: str, name: str, statistic: str, **dimensions: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace=namespace,
        metric_name=name,
        statistic=statistic,
        period=Duration.minutes(5),
        dimensions_map=dimensions,
    )
