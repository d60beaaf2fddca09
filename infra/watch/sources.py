"""The metrics that are watched: AWS's own where it has them, else those the functions send."""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.functions import Functions, namespace


@dataclass(frozen=True)
class Sources:
    """The parts of one stack whose metrics these are."""

    slug: str
    name: str
    """Of the stack."""
    functions: Functions
    api_id: str
    table_name: str
    dead_letter_queue: str

    def of_function(self, name: str, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        """A metric that Lambda has of a function, by the function's folder."""
        function = getattr(self.functions, name)
        return _metric("AWS/Lambda", metric, statistic, FunctionName=function.name)

    def sent_by(self, service: str, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        """A metric of ours."""
        return _metric(namespace(self.slug), metric, statistic, service=service)

    def of_api(self, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        return _metric("AWS/ApiGateway", metric, statistic, ApiId=self.api_id)

    def of_table(self, metric: str, statistic: str = "Sum") -> cloudwatch.Metric:
        return _metric("AWS/DynamoDB", metric, statistic, TableName=self.table_name)

    def of_dead_letters(self, metric: str) -> cloudwatch.Metric:
        return _metric("AWS/SQS", metric, "Maximum", QueueName=self.dead_letter_queue)


def _metric(namespace: str, name: str, statistic: str, **dimensions: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace=namespace,
        metric_name=name,
        statistic=statistic,
        period=Duration.minutes(5),
        dimensions_map=dimensions,
    )
