"""The outputs of the stacks: what operators look up and what the `bedboard` command reads."""

from collections.abc import Mapping

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_sqs as sqs

from infra.alerts import TopicPrefixes
from infra.api import Api
from infra.delivery import Delivery
from infra.functions import Functions
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.site.site import Site
from infra.table import Table


def add_data_outputs(
    stack: Stack,
    table: Table,
    imports: ImportBucket,
    identity: Identity,
    dead_letters: sqs.IQueue,
) -> None:
    """Add an output for each name and address of what holds data."""
    _add_outputs(
        stack,
        {
            "TableName": table.name,
            "UserPoolId": identity.pool_id,
            "SignInUrl": identity.sign_in_url,
            "Issuer": identity.issuer,
            "ImportBucket": imports.name,
            "DeadLetterQueueUrl": dead_letters.queue_url,
        },
    )


def add_app_outputs(
    stack: Stack,
    functions: Functions,
    identity: Identity,
    topics: TopicPrefixes,
    delivery: Delivery,
    api: Api,
    site: Site | None,
) -> None:
    """Add an output for each address and name of everything else."""
    _add_outputs(
        stack,
        {
            "SiteUrl": site.urls[0] if site else "",
            "DistributionDomainName": site.host if site else "",
            "ApiUrl": api.url,
            "ApiId": api.id,
            "ClientId": identity.client_id,
            "TeamTopicPrefix": topics.team,
            "DeliveryQueueUrl": delivery.queue.queue_url,
            "NotifyFunction": functions.notify.name,
            "DeliverFunction": functions.deliver.name,
            "ImportFunction": functions.import_homes.name,
        },
    )


def _add_outputs(stack: Stack, outputs: Mapping[str, str]) -> None:
    """Add the outputs, leaving out those of parts that do not exist."""
    for name, value in outputs.items():
        if value:
            CfnOutput(stack, name, value=value)
