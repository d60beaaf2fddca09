"""The HTTP API: throttled, logged, and closed to callers without a token unless a route says so."""

from typing import Final

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.function import Function

# Who called, from where, what was searched for and what the token said stay out of the log.
LOGGED: Final = {
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
}


class Api(Construct):
    """An HTTP API on its `$default` stage, so that its paths are those of the design."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        authorizer: apigateway.IHttpRouteAuthorizer,
        throttle: apigateway.ThrottleSettings,
    ) -> None:
        super().__init__(scope, construct_id)
        self._authorizer = authorizer
        self._integrations: dict[Function, apigateway.HttpRouteIntegration] = {}
        self._api = apigateway.HttpApi(self, "Api", api_name=name, create_default_stage=False)
        stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self._api,
            auto_deploy=True,
            throttle=throttle,
        )
        log_group = logs.LogGroup(
            self,
            "AccessLogs",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        # Not through the stage's own property: it wants a class of ours for what is one dict.
        resource = stage.node.default_child
        assert isinstance(resource, apigateway.CfnStage)  # noqa: S101 - what HttpStage makes
        resource.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group.log_group_arn,
            format=Stack.of(self).to_json_string(LOGGED),
        )
        self.id = self._api.api_id
        self.url = self._api.api_endpoint

    def route(self, key: str, *, to: Function, anonymous: bool = False) -> None:
        """Have a function answer `GET /path`, or `$default`: whatever no other route does."""
        method, _, path = key.partition(" ")
        integration = self._integrations.get(to)
        if integration is None:
            integration = self._integrations[to] = integrations.HttpLambdaIntegration(
                to.node.id, to.function, scope_permission_to_route=False
            )
        apigateway.HttpRoute(
            self,
            key,
            http_api=self._api,
            route_key=apigateway.HttpRouteKey.with_(path, apigateway.HttpMethod(method))
            if path
            else apigateway.HttpRouteKey.DEFAULT,
            integration=integration,
            authorizer=apigateway.HttpNoneAuthorizer() if anonymous else self._authorizer,
        )
