"""One council's Bedboard: its parts, and how they hang together."""

from pathlib import Path
from typing import Any

from aws_cdk import ArnFormat, CfnOutput, CfnParameter, Environment, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.alerts import DeadLetters, LogEntries
from infra.api import Api
from infra.council.model import Council
from infra.council.pages_config import configuration
from infra.functions import Functions
from infra.grants import grant, grant_publishing
from infra.identity import Identity
from infra.imports import ImportBucket, page_origins
from infra.reminders import Reminders
from infra.routes import route
from infra.site.site import Site
from infra.snapshots import Snapshots
from infra.table import Table
from infra.watch import Watch
from infra.watch.sources import Sources


class BedboardStack(Stack):
    """The parts; what each may do (`grants`), what leads where (`routes`), what operators need."""

    def __init__(
        self,
        scope: Construct,
        *,
        council: Council,
        layer: Path,
        functions: Path,
        pages: Path | None,
    ) -> None:
        super().__init__(
            scope,
            "Bedboard",
            stack_name=f"bedboard-{council.slug}",
            description=f"Bedboard of {council.name}",
            env=Environment(region=council.region),
            termination_protection=True,
        )
        # W3005: the CDK repeats as DependsOn what a reference says already.
        self.template_options.metadata = {"cfn-lint": {"config": {"ignore_checks": ["W3005"]}}}
        self.table = Table(self, "Table")
        self.imports = ImportBucket(self, "Imports", pages=page_origins(council))
        self.dead_letters = DeadLetters(self, "DeadLetters")
        self.identity = None if council.oidc_issuer else self._identity(council)
        self.site = self._site(council, pages) if pages else None
        self.issuer, self.client_id = self._issuer(council)
        self.team_topics = self._topics(council, "team")
        self.home_topics = self._topics(council, "home")
        self.functions = Functions(
            self,
            council=council,
            code=functions,
            layer=layer,
            table_name=self.table.name,
            team_topics=self.team_topics,
            home_topics=self.home_topics,
            site_url=self.site.urls[0] if self.site else council.callback_urls[0],
            import_bucket=self.imports.name,
            user_pool_id=self.identity.pool.user_pool_id if self.identity else "",
        )
        grant(
            self.functions,
            table=self.table,
            imports=self.imports,
            team_topics=self.team_topics,
            home_topics=self.home_topics,
            pool_arn=self.identity.pool.user_pool_arn if self.identity else None,
        )

        LogEntries(
            self,
            "LogEntries",
            stream_arn=self.table.stream_arn,
            call=self.functions.notify,
            failed=self.dead_letters.queue,
        )
        self.imports.on_upload(call=self.functions.import_homes, failed=self.dead_letters.queue)
        Reminders(
            self,
            "Reminders",
            call=self.functions.remind_homes,
            failed=self.dead_letters.queue,
            times_of_day=council.reminder_times,
        )
        Snapshots(self, "Snapshots", call=self.functions.snapshot_homes)
        self.api = Api(
            self,
            "Api",
            name=self.stack_name,
            authorizer=authorizers.HttpJwtAuthorizer(
                "Callers", self.issuer, jwt_audience=[self.client_id]
            ),
            throttle=apigateway.ThrottleSettings(
                rate_limit=council.throttle_requests_per_second,
                burst_limit=council.throttle_burst,
            ),
        )
        route(self.api, to=self.functions, search_is_public=council.search_access == "public")
        if self.site and pages:
            self.site.add_api(self.api.url)
            self._publish(self.site, pages, council)
        self._watch(council)
        self._tell_the_operator()
        self._bound(council)

    def _identity(self, council: Council) -> Identity:
        return Identity(
            self,
            "Identity",
            slug=council.slug,
            council_name=council.name,
            domain=council.domain,
            invitations_from=council.invitations_from,
        )

    def _issuer(self, council: Council) -> tuple[str, str]:
        """Whose tokens are taken, and which client's: the pool's, or the council's own issuer's."""
        if self.identity is None:
            return council.oidc_issuer, council.oidc_client_id
        site_urls = self.site.urls if self.site else []
        client = self.identity.client(
            callback_urls=[*site_urls, *council.callback_urls],
            logout_urls=[*site_urls, *council.logout_urls],
            admin_sign_in=council.admin_sign_in,
        )
        return self.identity.issuer, client.user_pool_client_id

    def _topics(self, council: Council, kind: str) -> str:
        """The ARN of each topic of a kind, but for its owner. No slug holds a '_', so that no
        council's name can begin with another's."""
        return self.format_arn(
            service="sns",
            resource=f"bedboard-{council.slug}_{kind}_",
            arn_format=ArnFormat.NO_RESOURCE_NAME,
        )

    def _watch(self, council: Council) -> None:
        sources = Sources(
            slug=council.slug,
            name=self.stack_name,
            functions=self.functions,
            api_id=self.api.id,
            table_name=self.table.name,
            dead_letter_queue=self.dead_letters.queue.queue_name,
        )
        Watch(self, "Watch", sources=sources, alarm_email=council.alarm_email)

    def _site(self, council: Council, pages: Path) -> Site:
        return Site(
            self,
            "Site",
            sign_in_url=self.identity.sign_in_url if self.identity else council.oidc_origin,
            map_tiles_url=council.map_tiles_url,
            upload_url=self.imports.url,
            domain=council.domain,
            certificate_arn=council.certificate_arn,
            web_acl_arn=self._web_acl_arn() if council.waf else None,
            files=[each.name for each in pages.iterdir() if each.is_file()],
        )

    def _web_acl_arn(self) -> str:
        """Of the firewall in us-east-1, handed over by whoever deploys: none is refused."""
        return CfnParameter(
            self,
            "WebAclArn",
            description="Output WebAclArn of the stack whose name ends in -edge, in us-east-1",
            allowed_pattern=r"arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/.+",
        ).value_as_string

    def _configuration(self, council: Council) -> dict[str, Any]:
        return configuration(
            council_name=council.name,
            contact=council.contact,
            issuer=self.issuer,
            client_id=self.client_id,
            sign_in_url=self.identity.sign_in_url if self.identity else "",
            groups_claim=council.groups_claim,
            colour=council.colour,
            map_tiles_url=council.map_tiles_url,
            map_attribution=council.map_attribution,
            search_is_public=council.search_access == "public",
            privacy_url=council.privacy_url,
            accessibility_url=council.accessibility_url,
            scope=council.oidc_scope,
        )

    def _publish(self, site: Site, pages: Path, council: Council) -> None:
        grant_publishing(site.publish(pages, self._configuration(council)), site)

    def _bound(self, council: Council) -> None:
        """What holds for every log and every role, whoever made it: so it comes last."""
        for each in self.node.find_all():
            if isinstance(each, logs.CfnLogGroup):
                each.retention_in_days = council.log_retention_days
        if council.permissions_boundary:
            boundary = iam.ManagedPolicy.from_managed_policy_arn(
                self, "Boundary", council.permissions_boundary
            )
            iam.PermissionsBoundary.of(self).apply(boundary)

    def _tell_the_operator(self) -> None:
        site, identity = self.site, self.identity
        of_site = {"SiteUrl": site.urls[0], "DistributionDomainName": site.host} if site else {}
        of_pool = (
            {"UserPoolId": identity.pool.user_pool_id, "SignInUrl": identity.sign_in_url}
            if identity
            else {}
        )
        for name, value in {
            **of_site,
            **of_pool,
            "ApiUrl": self.api.url,
            "ApiId": self.api.id,
            "TableName": self.table.name,
            "Issuer": self.issuer,
            "ClientId": self.client_id,
            "ImportBucket": self.imports.name,
            "TeamTopicPrefix": self.team_topics,
            "DeadLetterQueueUrl": self.dead_letters.url,
            "NotifyFunction": self.functions.notify.name,
            "ImportFunction": self.functions.import_homes.name,
        }.items():
            CfnOutput(self, name, value=value)
