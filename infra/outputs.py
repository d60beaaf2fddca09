"""The outputs of the stack: what operators look up and what the `bedboard` command reads."""

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_sqs as sqs

from infra.alerts import TopicPrefixes
from infra.api import Api
from infra.functions import Functions
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.site.site import Site
from infra.table import Table


def add_outputs(
    stack: Stack,
    functions: Functions,
    table: Table,
    imports: ImportBucket,
    identity: Identity,
    topics: TopicPrefixes,
    api: Api,
    site: Site | None,
    dead_letters: sqs.IQueue,
) -> None:
    """Add an output for each address and name, leaving out those of parts that do not exist."""
    outputs = {
        "SiteUrl": site.urls[0] if site else "",
        "DistributionDomainName": site.host if site else "",
        "UserPoolId": identity.pool_id,
        "SignInUrl": identity.sign_in_url,
        "ApiUrl": api.url,
        "ApiId": api.id,
        "TableName": table.name,
        "Issuer": identity.issuer,
        "ClientId": identity.client_id,
        "ImportBucket": imports.name,
        "TeamTopicPrefix": topics.team,
        "DeadLetterQueueUrl": dead_letters.queue_url,
        "NotifyFunction": functions.notify.name,
        "ImportFunction": functions.import_homes.name,
    }
    for name, value in outputs.items():
        if value:
            CfnOutput(stack, name, value=value)
