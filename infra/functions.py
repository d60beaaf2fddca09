"""Every function of the stack: how much memory, how long, and what it is told of its stack."""

import json
from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.council.model import Council
from infra.function import Function


def namespace(slug: str) -> str:
    """Of the metrics that one council's functions send: two councils may share an account."""
    return f"Bedboard/{slug}"


class Functions:
    """One asset, one layer; none may do anything until the stack says what."""

    def __init__(
        self,
        scope: Construct,
        *,
        council: Council,
        code: Path,
        layer: Path,
        table_name: str,
        team_topics: str,
        import_bucket: str,
        user_pool_id: str,
        home_topics: str,
        site_url: str,
    ) -> None:
        asset = lambda_.Code.from_asset(str(code))
        layer_version = lambda_.LayerVersion(
            scope,
            "Layer",
            code=lambda_.Code.from_asset(str(layer)),
            description="What the functions import, and every postcode's place",
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
                    "TABLE_NAME": table_name,
                    "POWERTOOLS_METRICS_NAMESPACE": namespace(council.slug),
                    **environment,
                },
            )

        groups = {"GROUPS_CLAIM": council.groups_claim}
        access = {"SEARCH_ACCESS": council.search_access}
        topics = {"TEAM_TOPIC_PREFIX": team_topics}
        reminders = {"HOME_TOPIC_PREFIX": home_topics}
        # Whoever writes to the log of changes says how long that is kept.
        log = {"CHANGE_RETENTION_DAYS": str(council.change_retention_days)}
        authorities = {"LOCAL_AUTHORITIES": json.dumps(council.local_authorities)}
        seconds, minutes = Duration.seconds, Duration.minutes
        # Twice the longest that the table is waited for: there is always time to say "busy".
        api = seconds(25)
        self.update_vacancy = function("update_vacancy", 512, api, **groups, **log)
        self.search = function("search", 512, api, **groups, **access)
        self.show_home = function("show_home", 512, api, **groups, **log, **access)
        # A day of England's log is some 30 MB to read.
        self.council_overview = function("council_overview", 1024, api, **groups)
        self.subscribe = function("subscribe", 512, api, **groups, **log, **topics, **reminders)
        self.notify = function("notify", 512, seconds(60), **log, **topics)
        bucket, pool = {"IMPORT_BUCKET": import_bucket}, {"USER_POOL_ID": user_pool_id}
        # A report on the whole register is some 5 MB to read.
        self.upload_directory = function("upload_directory", 1024, api, **groups, **bucket)
        self.manage_people = function("manage_people", 512, api, **groups, **pool)
        # 1769 MB is one whole processor.
        self.import_homes = function(
            "import_homes", 1769, minutes(15), **log, **authorities, **bucket
        )
        # England's homes are some 15 MB of text.
        self.snapshot_homes = function("snapshot_homes", 512, minutes(1))
        # England's homes are all asked one after the other, should all of them be old.
        self.remind_homes = function(
            "remind_homes", 512, minutes(15), **reminders, SITE_URL=site_url
        )
