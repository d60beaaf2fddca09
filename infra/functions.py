"""Every function of the stack, with its memory, its timeout and its environment variables."""

import json
from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.address_key import AddressKey
from infra.alerts import TopicPrefixes
from infra.council.model import Council
from infra.delivery import TIMEOUT, Delivery
from infra.function import Function
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.site.proof import distribution_proof
from infra.table import Table


def metric_namespace(slug: str) -> str:
    """Return the namespace of one council's metrics: two councils may share an account."""
    return f"Bedboard/{slug}"


class Functions:
    """The functions, from one code asset and one layer. Their rights are in `grants`."""

    def __init__(
        self,
        scope: Construct,
        council: Council,
        table: Table,
        imports: ImportBucket,
        identity: Identity,
        topics: TopicPrefixes,
        address_key: AddressKey,
        delivery: Delivery,
        *,
        site_url: str,
        code: Path,
        layer: Path,
    ) -> None:
        asset = lambda_.Code.from_asset(str(code))
        layer_version = lambda_.LayerVersion(
            scope,
            "Layer",
            code=lambda_.Code.from_asset(str(layer)),
            description="Python packages of the functions, and the postcode table",
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_14],
            compatible_architectures=[lambda_.Architecture.ARM_64],
        )

        def function(name: str, memory_mb: int, timeout: Duration, **environment: str) -> Function:
            return Function(
                scope,
                name,
                code=asset,
                layer=layer_version,
                memory_mb=memory_mb,
                timeout=timeout,
                environment={
                    "TABLE_NAME": table.name,
                    "POWERTOOLS_METRICS_NAMESPACE": metric_namespace(council.slug),
                    **environment,
                },
            )

        groups = {"GROUPS_CLAIM": council.groups_claim}
        access = {"SEARCH_ACCESS": council.search_access}
        demand = {"DEMAND_SPAN": council.demand_span}
        team_topics = {"TEAM_TOPIC_PREFIX": topics.team}
        queue = {"DELIVERY_QUEUE_URL": delivery.queue.queue_url}
        site = {"SITE_URL": site_url}
        people = {
            "ADDRESS_KEY": address_key.arn,
            "EMAIL_FROM": council.email_from,
            "EMAIL_CONFIGURATION_SET": delivery.configuration_set,
            "SMS_SENDER_ID": council.sms_sender_id,
        }
        # A change-log entry gets its expiry date from the function that writes it.
        log = {"CHANGE_RETENTION_DAYS": str(council.change_retention_days)}
        authorities = {"LOCAL_AUTHORITIES": json.dumps(council.local_authorities)}
        seconds, minutes = Duration.seconds, Duration.minutes
        # Twice as long as a request waits for the table: it can always still answer "busy".
        api = seconds(25)
        self.update_vacancy = function("update_vacancy", 512, api, **groups, **log)
        self.record_outcome = function("record_outcome", 512, api, **groups, **log)
        self.post_by_link = function(
            "post_by_link",
            512,
            api,
            **groups,
            **log,
            ADDRESS_KEY=address_key.arn,
            DISTRIBUTION_PROOF=distribution_proof(),
        )
        self.search = function("search", 512, api, **groups, **access, **demand)
        self.show_home = function("show_home", 512, api, **groups, **log, **access)
        # One day of the change log for all of England is some 30 MB.
        self.council_overview = function("council_overview", 1024, api, **groups)
        self.subscribe = function(
            "subscribe",
            512,
            api,
            **groups,
            **log,
            **team_topics,
            **people,
            **site,
            **queue,
            DELIVERY_QUEUE_ARN=delivery.queue.queue_arn,
        )
        self.notify = function("notify", 512, seconds(60), **log, **team_topics, **queue)
        self.deliver = function("deliver", 512, TIMEOUT, **team_topics, **queue, **people, **site)
        bucket, pool = {"IMPORT_BUCKET": imports.name}, {"USER_POOL_ID": identity.pool_id}
        # The report on the whole register is some 5 MB.
        self.upload_directory = function("upload_directory", 1024, api, **groups, **log, **bucket)
        self.manage_people = function("manage_people", 512, api, **groups, **pool)
        self.withhold_roles = identity.trigger
        # 1769 MB comes with one whole processor.
        self.import_homes = function(
            "import_homes", 1769, minutes(15), **log, **authorities, **bucket
        )
        # All homes of England are some 15 MB of text.
        self.snapshot_homes = function(
            "snapshot_homes", 512, minutes(1), **log, **demand, COUNCIL=council.slug
        )
        # All homes of England are read, and ten at a time are put into the queue.
        self.remind_homes = function("remind_homes", 512, minutes(15), **queue)
