"""One council's Bedboard: its parts, what each may do, and which route leads where."""

from pathlib import Path
from typing import Any, Final

from aws_cdk import ArnFormat, CfnOutput, CfnParameter, Environment, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.alerts import DeadLetters, LogEntries
from infra.api import Api
from infra.configuration import configuration
from infra.council import Council
from infra.functions import Functions
from infra.identity import Identity
from infra.imports import ImportBucket, page_origins
from infra.reminders import Reminders
from infra.site import Site
from infra.table import ALERTS, ANSWERS, HOMES, LOG, TOLD, Table, in_
from infra.watch import Watch
from infra.watch.sources import Sources

OF_PEOPLE: Final = (
    "cognito-idp:ListUsers",
    "cognito-idp:ListUsersInGroup",
    "cognito-idp:AdminGetUser",
    "cognito-idp:AdminListGroupsForUser",
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminEnableUser",
    "cognito-idp:AdminDisableUser",
    "cognito-idp:AdminAddUserToGroup",
    "cognito-idp:AdminRemoveUserFromGroup",
    "cognito-idp:CreateGroup",
)
"""What it takes to add people to the pool and to say what they may do; nobody sets a password."""


class BedboardStack(Stack):
    """The parts first; then every grant, every route, and what the operator needs to know."""

    def __init__(
        self, scope: Construct, *, council: Council, layer: Path, pages: Path | None
    ) -> None:
        super().__init__(
            scope,
            "Bedboard",
            stack_name=f"bedboard-{council.slug}",
            description=f"Bedboard of {council.name}",
            env=Environment(region=council.region),
        )
        # W3005: the CDK repeats as DependsOn what a reference says already.
        self.template_options.metadata = {"cfn-lint": {"config": {"ignore_checks": ["W3005"]}}}
        self.table = Table(self, "Table")
        self.imports = ImportBucket(self, "Imports", pages=page_origins(council))
        self.dead_letters = DeadLetters(self, "DeadLetters")
        own_issuer = bool(council.oidc_issuer)
        self.identity = None if own_issuer else Identity(self, "Identity", slug=council.slug)
        self.site = self._site(council) if pages else None
        self.issuer, self.client_id = self._issuer(council)
        self.team_topics = self._topics(council, "team")
        self.home_topics = self._topics(council, "home")
        self.functions = Functions(
            self,
            council=council,
            layer=layer,
            table_name=self.table.name,
            team_topics=self.team_topics,
            home_topics=self.home_topics,
            site_url=self.site.urls[0] if self.site else council.callback_urls[0],
            import_bucket=self.imports.name,
            user_pool_id=self.identity.pool.user_pool_id if self.identity else "",
        )
        self._grant()

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
            call=self.functions.remind,
            failed=self.dead_letters.queue,
            times_of_day=council.reminder_times,
        )
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
        self._route(search_is_public=council.search_access == "public")
        if self.site and pages:
            self.site.add_api(self.api.url)
            self._publish(self.site, pages, council)
        self._watch(council)
        self._tell_the_operator()
        self._bound(council)

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

    def _site(self, council: Council) -> Site:
        return Site(
            self,
            "Site",
            sign_in_url=self.identity.sign_in_url if self.identity else council.oidc_origin,
            map_tiles_url=council.map_tiles_url,
            upload_url=self.imports.url,
            domain=council.domain,
            certificate_arn=council.certificate_arn,
            web_acl_arn=self._web_acl_arn() if council.waf else None,
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
        )

    def _publish(self, site: Site, pages: Path, council: Council) -> None:
        publisher = site.publish(pages, self._configuration(council))
        publisher.may("s3:ListBucket", on=site.bucket_arn)
        publisher.may("s3:PutObject", "s3:DeleteObject", on=site.objects_arn)
        publisher.may("cloudfront:CreateInvalidation", on=site.distribution_arn)

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

    def _grant(self) -> None:
        """Whoever writes puts whole items, in a transaction or not: nobody updates or deletes."""
        table, of_home, of = self.table.arn, self.table.changes_of_home_arn, self.functions
        of.search.may("dynamodb:Query", on=table, where=in_(HOMES, LOG))
        of.update_vacancy.may("dynamodb:GetItem", on=table, where=in_(HOMES, ANSWERS))
        of.update_vacancy.may("dynamodb:PutItem", on=table, where=in_(HOMES, LOG, ANSWERS))
        of.show_home.may("dynamodb:GetItem", on=table, where=in_(HOMES, ANSWERS))
        of.show_home.may("dynamodb:PutItem", on=table, where=in_(HOMES, LOG, ANSWERS))
        of.show_home.may("dynamodb:Query", on=table, where=in_(ALERTS))
        of.show_home.may("dynamodb:Query", on=of_home)
        of.oversee.may("dynamodb:Query", on=table, where=in_(HOMES, LOG))
        of.subscribe.may("dynamodb:Query", on=table, where=in_(ALERTS))
        of.subscribe.may("dynamodb:GetItem", on=table, where=in_(ALERTS, ANSWERS))
        of.subscribe.may("dynamodb:PutItem", on=table, where=in_(ALERTS, LOG, ANSWERS))
        of.subscribe.may(
            "sns:CreateTopic",
            "sns:Subscribe",
            "sns:ListSubscriptionsByTopic",
            on=[f"{self.team_topics}*", f"{self.home_topics}*"],
        )
        # SNS knows no narrower resource; the function looks the member up in its team first.
        of.subscribe.may("sns:Unsubscribe", on="*")
        of.notify.may("dynamodb:Query", on=table, where=in_(ALERTS, LOG, TOLD))
        of.notify.may("dynamodb:PutItem", on=table, where=in_(LOG, TOLD))
        of.notify.may("sns:Publish", on=f"{self.team_topics}*")
        of.notify.may(
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            on=self.table.stream_arn,
        )
        of.notify.may("dynamodb:ListStreams", on="*")  # takes no narrower resource
        of.import_homes.may("dynamodb:Query", "dynamodb:GetItem", on=table, where=in_(HOMES))
        of.import_homes.may("dynamodb:PutItem", on=table, where=in_(HOMES, LOG))
        of.import_homes.may("s3:GetObject", on=self.imports.directories_arn)
        of.import_homes.may("s3:PutObject", on=self.imports.reports_arn)
        of.remind.may("dynamodb:Query", on=table, where=in_(HOMES, TOLD))
        of.remind.may("dynamodb:PutItem", on=table, where=in_(TOLD))
        of.remind.may("sns:Publish", on=f"{self.home_topics}*")
        of.take_directory.may("s3:PutObject", on=self.imports.directories_arn)
        of.take_directory.may("s3:GetObject", on=self.imports.reports_arn)
        of.take_directory.may(
            "s3:ListBucket",
            on=self.imports.arn,
            where={"StringLike": {"s3:prefix": "reports/*"}},
        )
        of.manage_people.may("dynamodb:GetItem", on=table, where=in_(HOMES))
        if self.identity:
            of.manage_people.may(*OF_PEOPLE, on=self.identity.pool.user_pool_arn)

    def _route(self, *, search_is_public: bool) -> None:
        """Where search is public nobody's token is looked at on these three routes: a route of an
        HTTP API either demands one or ignores it, and what they answer is the same for all."""
        api, to, public = self.api, self.functions, search_is_public
        api.route("GET /vacancies", to=to.search, anonymous=public)
        api.route("GET /homes/{location_id}", to=to.show_home, anonymous=public)
        api.route("GET /homes/{location_id}/changes", to=to.show_home, anonymous=public)
        api.route("GET /homes/{location_id}/searches", to=to.show_home)
        api.route("PATCH /homes/{location_id}", to=to.show_home)
        api.route("PUT /homes/{location_id}/vacancies", to=to.update_vacancy)
        api.route("POST /homes/{location_id}/vacancies/confirm", to=to.update_vacancy)
        api.route("GET /homes", to=to.oversee)
        api.route("GET /changes/{day}", to=to.oversee)
        api.route("GET /imports", to=to.take_directory)
        api.route("POST /imports", to=to.take_directory)
        api.route("GET /imports/{import_id}", to=to.take_directory)
        api.route("POST /people", to=to.manage_people)
        api.route("POST /people/search", to=to.manage_people)
        api.route("PATCH /people/{person_id}", to=to.manage_people)
        api.route("POST /people/{person_id}/invitation", to=to.manage_people)
        api.route("PUT /people/{person_id}/roles/{role}", to=to.manage_people)
        api.route("DELETE /people/{person_id}/roles/{role}", to=to.manage_people)
        api.route("GET /alerts", to=to.subscribe)
        api.route("POST /alerts", to=to.subscribe)
        api.route("PATCH /alerts/{alert_id}", to=to.subscribe)
        api.route("DELETE /alerts/{alert_id}", to=to.subscribe)
        api.route("GET /alerts/members", to=to.subscribe)
        api.route("POST /alerts/members", to=to.subscribe)
        api.route("DELETE /alerts/members/{member_id}", to=to.subscribe)
        api.route("GET /homes/{location_id}/reminders", to=to.subscribe)
        api.route("POST /homes/{location_id}/reminders", to=to.subscribe)
        api.route("DELETE /homes/{location_id}/reminders/{member_id}", to=to.subscribe)
        # Whatever else is asked for is answered as a problem, too: 404.
        api.route("$default", to=to.show_home, anonymous=True)

    def _tell_the_operator(self) -> None:
        site = self.site
        of_site = {"SiteUrl": site.urls[0], "DistributionDomainName": site.host} if site else {}
        pool = self.identity
        of_pool = (
            {"UserPoolId": pool.pool.user_pool_id, "SignInUrl": pool.sign_in_url} if pool else {}
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
