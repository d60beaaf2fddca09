"""One council's Bedboard: its parts, and how they hang together."""

from pathlib import Path

from aws_cdk import Environment, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.alerts import DeadLetters, LogEntries, TopicPrefixes
from infra.api import Api
from infra.council.model import Council
from infra.functions import Functions
from infra.grants import grant, grant_publishing
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.outputs import add_outputs
from infra.routes import add_routes
from infra.schedules import ReminderSchedules, SnapshotSchedule
from infra.site.site import Site
from infra.table import Table
from infra.watch.watch import Watch


class BedboardStack(Stack):
    """The parts of one council's Bedboard. Rights are in `grants`, routes in `routes`."""

    def __init__(
        self, scope: Construct, *, council: Council, code: Path, layer: Path, pages: Path | None
    ) -> None:
        """`code`, `layer` and `pages` are built folders; without `pages` there is no site."""
        super().__init__(
            scope,
            "Bedboard",
            stack_name=f"bedboard-{council.slug}",
            description=f"Bedboard for {council.name}",
            env=Environment(region=council.region),
            termination_protection=True,
        )
        # W3005: the CDK adds a DependsOn for every reference that already is one.
        self.template_options.metadata = {"cfn-lint": {"config": {"ignore_checks": ["W3005"]}}}

        # What holds data.
        table = Table(self, "Table")
        imports = ImportBucket(self, "Imports", council)
        dead_letters = DeadLetters(self, "DeadLetters").queue
        topics = TopicPrefixes.for_council(self, council.slug)

        # Who people are, and the pages they use.
        identity = Identity(self, "Identity", council)
        site = Site(self, "Site", council, identity, imports, pages) if pages else None
        site_urls = site.urls if site else []
        identity.add_client(site_urls)

        # The functions, and what each of them may do.
        site_url = [*site_urls, *council.callback_urls][0]
        parts = (table, imports, identity, topics)
        functions = Functions(self, council, *parts, site_url=site_url, code=code, layer=layer)
        grant(functions, *parts)

        # What invokes them: requests, changes, uploads and the clock.
        api = Api(self, "Api", council, identity)
        add_routes(api, functions, search_is_public=council.search_is_public)
        log_entries = LogEntries(self, "LogEntries", table, functions.notify, dead_letters)
        imports.on_upload(functions.import_homes, dead_letters)
        times = council.reminder_times
        ReminderSchedules(self, "Reminders", functions.remind_homes, dead_letters, times)
        SnapshotSchedule(self, "Snapshots", functions.snapshot_homes)

        # What people and operators see.
        if site:
            site.add_api(api.url)
            grant_publishing(site.publish(identity), site)
        Watch(self, "Watch", council, functions, api, table, log_entries, dead_letters)
        add_outputs(self, functions, *parts, api, site, dead_letters)
        self._apply_to_every_part(council)

    def _apply_to_every_part(self, council: Council) -> None:
        """Set every log group's retention and every role's boundary, whichever part made them."""
        for construct in self.node.find_all():
            if isinstance(construct, logs.CfnLogGroup):
                construct.retention_in_days = council.log_retention_days
        if council.permissions_boundary:
            boundary = iam.ManagedPolicy.from_managed_policy_arn(
                self, "Boundary", council.permissions_boundary
            )
            iam.PermissionsBoundary.of(self).apply(boundary)
