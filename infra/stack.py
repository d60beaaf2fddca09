"""One council's Bedboard: its parts, what each may do, and which route leads where."""

from pathlib import Path
from typing import Any

from aws_cdk import ArnFormat, CfnOutput, Environment, Stack
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from constructs import Construct

from infra.alerts import DeadLetters, LogEntries
from infra.api import Api
from infra.configuration import configuration
from infra.functions import GROUPS, Functions
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.settings import Council
from infra.site import Site
from infra.table import Table


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
        self.imports = ImportBucket(self, "Imports")
        self.dead_letters = DeadLetters(self, "DeadLetters")
        self.identity = Identity(self, "Identity", slug=council.slug)
        self.site = self._site(council) if pages else None
        site_urls = self.site.urls if self.site else []
        self.client = self.identity.client(
            callback_urls=[*site_urls, *council.callback_urls],
            logout_urls=[*site_urls, *council.logout_urls],
            admin_sign_in=council.admin_sign_in,
        )
        self.team_topics = self.format_arn(
            service="sns",
            resource=f"bedboard-{council.slug}_team_",
            arn_format=ArnFormat.NO_RESOURCE_NAME,
        )
        self.functions = Functions(
            self,
            council=council,
            layer=layer,
            table_name=self.table.name,
            team_topics=self.team_topics,
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
        self.api = Api(
            self,
            "Api",
            name=self.stack_name,
            authorizer=authorizers.HttpUserPoolAuthorizer(
                "Callers", self.identity.pool, user_pool_clients=[self.client]
            ),
        )
        self._route(search_is_public=council.search_access == "public")
        if self.site and pages:
            self.site.add_api(self.api.url)
            self.site.publish(pages, self._configuration(council))
        self._tell_the_operator()

    def _site(self, council: Council) -> Site:
        return Site(
            self,
            "Site",
            sign_in_url=self.identity.sign_in_url,
            map_tiles_url=council.map_tiles_url,
            domain=council.domain,
            certificate_arn=council.certificate_arn,
        )

    def _configuration(self, council: Council) -> dict[str, Any]:
        return configuration(
            council_name=council.name,
            contact=council.contact,
            issuer=self.identity.pool.user_pool_provider_url,
            client_id=self.client.user_pool_client_id,
            sign_in_url=self.identity.sign_in_url,
            groups_claim=GROUPS["GROUPS_CLAIM"],
            colour=council.colour,
            map_tiles_url=council.map_tiles_url,
            map_attribution=council.map_attribution,
        )

    def _grant(self) -> None:
        """Whoever writes puts whole items, in a transaction or not: nobody updates or deletes."""
        table, of_home, of = self.table.arn, self.table.changes_of_home_arn, self.functions
        of.search.may("dynamodb:Query", on=table)
        of.update_vacancy.may("dynamodb:GetItem", "dynamodb:PutItem", on=table)
        of.show_home.may("dynamodb:GetItem", "dynamodb:PutItem", on=table)
        of.show_home.may("dynamodb:Query", on=of_home)
        of.subscribe.may("dynamodb:Query", "dynamodb:GetItem", "dynamodb:PutItem", on=table)
        of.subscribe.may(
            "sns:CreateTopic",
            "sns:Subscribe",
            "sns:ListSubscriptionsByTopic",
            on=f"{self.team_topics}*",
        )
        # SNS knows no narrower resource; the function looks the member up in its team first.
        of.subscribe.may("sns:Unsubscribe", on="*")
        of.notify.may("dynamodb:Query", "dynamodb:PutItem", on=table)
        of.notify.may("sns:Publish", on=f"{self.team_topics}*")
        of.notify.may(
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            on=self.table.stream_arn,
        )
        of.notify.may("dynamodb:ListStreams", on="*")  # takes no narrower resource
        of.import_homes.may("dynamodb:Query", "dynamodb:GetItem", "dynamodb:PutItem", on=table)
        of.import_homes.may("s3:GetObject", on=self.imports.directories_arn)
        of.import_homes.may("s3:PutObject", on=self.imports.reports_arn)

    def _route(self, *, search_is_public: bool) -> None:
        """Where search is public nobody's token is looked at on these three routes: a route of an
        HTTP API either demands one or ignores it, and what they answer is the same for all."""
        api, to, public = self.api, self.functions, search_is_public
        api.route("GET /vacancies", to=to.search, anonymous=public)
        api.route("GET /homes/{location_id}", to=to.show_home, anonymous=public)
        api.route("GET /homes/{location_id}/changes", to=to.show_home, anonymous=public)
        api.route("PATCH /homes/{location_id}", to=to.show_home)
        api.route("PUT /homes/{location_id}/vacancies", to=to.update_vacancy)
        api.route("POST /homes/{location_id}/vacancies/confirm", to=to.update_vacancy)
        api.route("GET /alerts", to=to.subscribe)
        api.route("POST /alerts", to=to.subscribe)
        api.route("PATCH /alerts/{alert_id}", to=to.subscribe)
        api.route("DELETE /alerts/{alert_id}", to=to.subscribe)
        api.route("GET /alerts/members", to=to.subscribe)
        api.route("POST /alerts/members", to=to.subscribe)
        api.route("DELETE /alerts/members/{member_id}", to=to.subscribe)
        # Whatever else is asked for is answered as a problem, too: 404.
        api.route("$default", to=to.show_home, anonymous=True)

    def _tell_the_operator(self) -> None:
        site = self.site
        of_site = {"SiteUrl": site.urls[0], "DistributionDomainName": site.host} if site else {}
        for name, value in {
            **of_site,
            "ApiUrl": self.api.url,
            "ApiId": self.api.id,
            "TableName": self.table.name,
            "UserPoolId": self.identity.pool.user_pool_id,
            "ClientId": self.client.user_pool_client_id,
            "SignInUrl": self.identity.sign_in_url,
            "ImportBucket": self.imports.name,
            "TeamTopicPrefix": self.team_topics,
            "DeadLetterQueueUrl": self.dead_letters.url,
            "NotifyFunction": self.functions.notify.name,
            "ImportFunction": self.functions.import_homes.name,
        }.items():
            CfnOutput(self, name, value=value)
