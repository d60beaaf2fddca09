"""The HTTP API: throttled, logged, and closed to callers without a token unless a route is open."""

from typing import Final, NamedTuple

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.council.model import Council
from infra.function import Function
from infra.identity import Identity

ACCESS_LOG_FIELDS: Final = {
    "requestId": "$context.requestId",
    "requestTime": "$context.requestTime",
    "routeKey": "$context.routeKey",
    "status": "$context.status",
    "responseLength": "$context.responseLength",
    "responseLatency": "$context.responseLatency",
    "integrationLatency": "$context.integrationLatency",
    "integrationRequestId": "$context.integration.requestId",
    "integrationError": "$context.integrationErrorMessage",
    "authorizerError": "$context.authorizer.error",
    "error": "$context.error.message",
}
"""The log leaves out the caller, their address, the query and everything in the token."""


class Throttle(NamedTuple):
    """Requests of one route in a second, and at once."""

    per_second: int
    burst: int


UNKNOWN_PATHS: Final = Throttle(10, 20)
"""Requests that fit no route are nobody's work, and anyone can send them without a token.

A throttle is a target for each route, and these settings take the place of the stage's for this one
route. What all routes of all APIs of the account share is the account's own limit: 10,000 a second.
"""

LINKS: Final = Throttle(10, 20)
"""Of each route of the links that post: anyone can try tokens and codes there."""


class Api(Construct):
    """An HTTP API on its `$default` stage, so that no path starts with a stage name."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        council: Council,
        identity: Identity,
    ) -> None:
        """Accept the tokens that the council's issuer signs for its pages."""
        super().__init__(scope, construct_id)
        self._authorizer = authorizers.HttpJwtAuthorizer(
            "Callers", identity.issuer, jwt_audience=[identity.client_id]
        )
        self._integrations: dict[Function, apigateway.HttpRouteIntegration] = {}
        self._api = apigateway.HttpApi(
            self, "Api", api_name=Stack.of(self).stack_name, create_default_stage=False
        )
        stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self._api,
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(
                rate_limit=council.throttle_requests_per_second,
                burst_limit=council.throttle_burst,
            ),
        )
        log_group = logs.LogGroup(
            self,
            "AccessLogs",
            # CloudWatch Logs adds every other name to a policy of 5,120 characters, one for all the
            # councils of an account.
            log_group_name=f"/aws/vendedlogs/{Stack.of(self).stack_name}-api",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        # The stage's own property would need a class that implements a jsii interface.
        resource = stage.node.default_child
        assert isinstance(resource, apigateway.CfnStage)  # noqa: S101 - HttpStage creates one
        resource.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group.log_group_arn,
            format=Stack.of(self).to_json_string(ACCESS_LOG_FIELDS),
        )
        self._council, self._stage_resource = council, resource
        self._route_settings: dict[str, dict[str, int]] = {}
        self._stage = stage
        self.id = self._api.api_id
        self.url = self._api.api_endpoint

    def route(
        self,
        key: str,
        function: Function,
        *,
        anonymous: bool = False,
        apart: Throttle | None = None,
    ) -> None:
        """Send a route, such as `GET /path`, to a function; `$default` is every other request.

        With `apart` it is throttled by itself, never more generously than the council's others.
        """
        method, _, path = key.partition(" ")
        integration = self._integrations.get(function)
        if integration is None:
            integration = self._integrations[function] = integrations.HttpLambdaIntegration(
                function.node.id, function.resource, scope_permission_to_route=False
            )
        route = apigateway.HttpRoute(
            self,
            key,
            http_api=self._api,
            route_key=apigateway.HttpRouteKey.with_(path, apigateway.HttpMethod(method))
            if path
            else apigateway.HttpRouteKey.DEFAULT,
            integration=integration,
            authorizer=apigateway.HttpNoneAuthorizer() if anonymous else self._authorizer,
        )
        if not path:
            # API Gateway presents this route as `<api>/<stage>/$default`: two segments, which the
            # integration's own permission, `<api>/*/*/*`, does not match.
            function.resource.add_permission(
                "DefaultRoute",
                principal=iam.ServicePrincipal("apigateway.amazonaws.com"),
                source_arn=Stack.of(self).format_arn(
                    service="execute-api", resource=self.id, resource_name="*/$default"
                ),
            )
        if apart:
            self._route_settings[key] = {
                "ThrottlingRateLimit": min(
                    apart.per_second, self._council.throttle_requests_per_second
                ),
                "ThrottlingBurstLimit": min(apart.burst, self._council.throttle_burst),
            }
            self._stage_resource.route_settings = self._route_settings
            # API Gateway refuses the settings of a route that is not there yet.
            self._stage.node.add_dependency(route)
