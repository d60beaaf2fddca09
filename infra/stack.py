"""Everything of a council's Bedboard but its data: its parts, and how they hang together."""

from pathlib import Path

from aws_cdk import CrossStackReferences, ReferenceStrength
from constructs import Construct

from infra.alerts import LogEntries, TopicPrefixes
from infra.api import Api
from infra.council.model import Council
from infra.council.stack_names import app_stack_name
from infra.council_stack import CouncilStack
from infra.data import DataStack
from infra.delivery import Delivery
from infra.functions import Functions
from infra.grants import grant, grant_publishing
from infra.imports import Uploads
from infra.outputs import add_app_outputs
from infra.routes import add_routes
from infra.schedules import ReminderSchedules, SnapshotSchedule
from infra.site.firewall_stack import FirewallStack
from infra.site.site import Site
from infra.watch.watch import Watch


class AppStack(CouncilStack):
    """What can fail, roll back, be deleted and be made again, because it holds no data.

    Rights are in `grants`, routes in `routes`.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        council: Council,
        data: DataStack,
        firewall: FirewallStack | None,
        code: Path,
        layer: Path,
        pages: Path | None,
    ) -> None:
        """`code`, `layer` and `pages` are built folders; without `pages` there is no site."""
        super().__init__(
            scope,
            "App",
            council,
            stack_name=app_stack_name(council.slug),
            description=f"Bedboard for {council.name}",
        )
        # CloudFormation reads the other stacks' outputs when it deploys this one. An export would
        # stop every change of what is exported, for as long as this stack exists.
        CrossStackReferences.of(self).consume(ReferenceStrength.WEAK)

        table, imports, dead_letters = data.table, data.imports, data.dead_letters
        topics = TopicPrefixes.for_council(self, council.slug)
        delivery = Delivery(self, "Delivery", council, topics, dead_letters)

        # The pages, and how people sign in to them.
        identity, web_acl_arn = data.identity, firewall.web_acl_arn if firewall else None
        site = Site(self, "Site", council, identity, imports, pages, web_acl_arn) if pages else None
        site_urls = site.urls if site else []
        identity.add_client(self, site_urls)

        # The functions, and what each of them may do.
        site_url = [*site_urls, *council.callback_urls][0]
        parts = (table, imports, identity, topics)
        means = (*parts, data.address_key, delivery)
        functions = Functions(self, council, *means, site_url=site_url, code=code, layer=layer)
        grant(council, functions, *means)

        # What invokes them: requests, changes, uploads and the clock.
        api = Api(self, "Api", council, identity)
        add_routes(api, functions, search_is_public=council.search_is_public)
        log_entries = LogEntries(self, "LogEntries", table, functions.notify, dead_letters)
        delivery.deliver(functions.deliver)
        Uploads(self, "Uploads", imports, functions.import_homes, dead_letters)
        times = council.reminder_times
        ReminderSchedules(self, "Reminders", functions.remind_homes, dead_letters, times)
        SnapshotSchedule(self, "Snapshots", functions.snapshot_homes)

        # What people and operators see.
        if site:
            site.add_api(api.url)
            grant_publishing(site.publish(identity), site)
        queues = (dead_letters, delivery.queue)
        Watch(self, "Watch", council, functions, api, table, log_entries, *queues)
        add_app_outputs(self, functions, identity, topics, delivery, api, site)
        self.apply_settings(council)
