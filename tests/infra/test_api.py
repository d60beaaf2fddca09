"""Which requests the API accepts, and what it logs about them."""

import json

import pytest

from tests.infra.stack_template import StackTemplate, Synth

ROUTES = {
    "GET /vacancies": "Search",
    "GET /vacancies/near-misses": "Search",
    "GET /homes/{location_id}": "ShowHome",
    "PATCH /homes/{location_id}": "ShowHome",
    "GET /homes/{location_id}/changes": "ShowHome",
    "GET /homes/{location_id}/alerts": "ShowHome",
    "PUT /homes/{location_id}/vacancies": "UpdateVacancy",
    "POST /homes/{location_id}/outcomes": "RecordOutcome",
    "PATCH /homes/{location_id}/outcomes/{outcome_id}": "RecordOutcome",
    "GET /homes/{location_id}/disputes": "RecordOutcome",
    "GET /disputes": "RecordOutcome",
    "GET /audits": "RecordOutcome",
    "GET /homes/{location_id}/truth": "RecordOutcome",
    "GET /truth/public": "ShowHome",
    "GET /truth": "RecordOutcome",
    "GET /truth/calibration": "RecordOutcome",
    "POST /homes/{location_id}/vacancies/confirm": "UpdateVacancy",
    "GET /homes": "CouncilOverview",
    "GET /changes/{day}": "CouncilOverview",
    "GET /imports": "UploadDirectory",
    "POST /imports": "UploadDirectory",
    "GET /imports/{import_id}": "UploadDirectory",
    "POST /imports/{import_id}/undo": "UploadDirectory",
    "GET /homes/{location_id}/placing-stop": "ShowHome",
    "GET /homes/{location_id}/placing-stop/changes": "ShowHome",
    "GET /placing-stops": "ShowHome",
    "PUT /homes/{location_id}/placing-stop": "ShowHome",
    "DELETE /homes/{location_id}/placing-stop": "ShowHome",
    "GET /homes/{location_id}/successor": "ShowHome",
    "PUT /homes/{location_id}/successor": "ShowHome",
    "GET /homes/{location_id}/successor/reminders": "Subscribe",
    "POST /homes/{location_id}/successor/reminders": "Subscribe",
    "POST /people": "ManagePeople",
    "POST /people/search": "ManagePeople",
    "PATCH /people/{person_id}": "ManagePeople",
    "POST /people/{person_id}/invitation": "ManagePeople",
    "PUT /people/{person_id}/roles/{role}": "ManagePeople",
    "DELETE /people/{person_id}/roles/{role}": "ManagePeople",
    "DELETE /people/{person_id}/second-step": "ManagePeople",
    "GET /alerts": "Subscribe",
    "POST /alerts": "Subscribe",
    "PATCH /alerts/{alert_id}": "Subscribe",
    "DELETE /alerts/{alert_id}": "Subscribe",
    "GET /alerts/{alert_id}/homes/{location_id}": "Subscribe",
    "GET /alerts/members": "Subscribe",
    "POST /alerts/members": "Subscribe",
    "DELETE /alerts/members/{member_id}": "Subscribe",
    "POST /alerts/members/{member_id}/invitation": "Subscribe",
    "POST /alerts/members/{member_id}/code": "Subscribe",
    "POST /homes/{location_id}/reminders/{member_id}/invitation": "Subscribe",
    "POST /homes/{location_id}/reminders/{member_id}/code": "Subscribe",
    "GET /homes/{location_id}/links": "PostByLink",
    "PUT /homes/{location_id}/links": "PostByLink",
    "POST /links/look": "PostByLink",
    "POST /links/act": "PostByLink",
    "POST /members/look": "Subscribe",
    "POST /members/confirm": "Subscribe",
    "POST /members/stop": "Subscribe",
    "POST /members/allow": "Subscribe",
    "POST /unsubscribe/{token}": "Subscribe",
    "GET /unsubscribe/{token}": "Subscribe",
    "GET /homes/{location_id}/reminders": "Subscribe",
    "POST /homes/{location_id}/reminders": "Subscribe",
    "POST /reminders": "Subscribe",
    "DELETE /homes/{location_id}/reminders/{member_id}": "Subscribe",
    "GET /homes/{location_id}/demand": "ShowHome",
    "GET /homes/{location_id}/questions": "ShowHome",
    "GET /demand": "CouncilOverview",
    "$default": "ShowHome",
}


OPEN = {
    "$default",
    "POST /links/look",
    "POST /links/act",
    "POST /members/look",
    "POST /members/confirm",
    "POST /members/stop",
    "POST /members/allow",
    "POST /unsubscribe/{token}",
    "GET /unsubscribe/{token}",
}
"""The routes that need no token: whoever has the link of a message has what they ask for."""


def anonymous(template: StackTemplate) -> set[str]:
    """Return the routes that need no token."""
    routes = (each["Properties"] for each in template.resources("ApiGatewayV2::Route").values())
    return {route["RouteKey"] for route in routes if route["AuthorizationType"] != "JWT"}


def test_every_route_invokes_its_function(template: StackTemplate) -> None:
    integrations = template.resources("ApiGatewayV2::Integration")
    functions = {}
    for route in template.resources("ApiGatewayV2::Route").values():
        target = route["Properties"]["Target"]["Fn::Join"][1][1]["Ref"]
        function = integrations[target]["Properties"]["IntegrationUri"]["Fn::GetAtt"][0]
        functions[route["Properties"]["RouteKey"]] = function.partition("Function")[0]
    assert functions == ROUTES


def test_every_route_but_those_of_links_needs_a_token(template: StackTemplate) -> None:
    assert anonymous(template) == OPEN


def test_a_council_can_let_everyone_search(synth: Synth) -> None:
    assert anonymous(synth(search_access="public")) == {
        *OPEN,
        "GET /vacancies",
        "GET /vacancies/near-misses",
        "GET /homes/{location_id}",
        "GET /homes/{location_id}/changes",
        "GET /truth/public",
    }


def test_tokens_must_come_from_the_councils_pool_and_client(template: StackTemplate) -> None:
    authorizer = template.properties("ApiGatewayV2::Authorizer")
    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    settings = authorizer["JwtConfiguration"]
    assert settings["Audience"] == [{"Ref": template.logical_id("Cognito::UserPoolClient")}]
    assert {"Ref": template.logical_id("Cognito::UserPool")} in settings["Issuer"]["Fn::Join"][1]


def test_paths_have_no_stage_name(template: StackTemplate) -> None:
    assert template.properties("ApiGatewayV2::Stage")["StageName"] == "$default"


def test_the_council_sets_the_throttle(synth: Synth) -> None:
    for settings, rate, burst in (
        ({}, 200, 400),
        ({"throttle_requests_per_second": 50, "throttle_burst": 60}, 50, 60),
    ):
        stage = synth(**settings).properties("ApiGatewayV2::Stage")["DefaultRouteSettings"]
        assert stage["ThrottlingRateLimit"] == rate
        assert stage["ThrottlingBurstLimit"] == burst


@pytest.mark.parametrize("route", ["$default", "POST /links/look", "POST /links/act"])
def test_routes_that_anyone_can_flood_have_throttles_of_their_own(synth: Synth, route: str) -> None:
    for settings, rate, burst in (
        ({}, 10, 20),
        ({"throttle_requests_per_second": 5, "throttle_burst": 6}, 5, 6),
    ):
        template = synth(**settings)
        (stage,) = template.resources("ApiGatewayV2::Stage").values()
        assert stage["Properties"]["RouteSettings"][route] == {
            "ThrottlingRateLimit": rate,
            "ThrottlingBurstLimit": burst,
        }
        # API Gateway refuses the settings of a route that is not there yet.
        routes = template.resources("ApiGatewayV2::Route")
        (known,) = (
            name for name, each in routes.items() if each["Properties"]["RouteKey"] == route
        )
        assert known in stage["DependsOn"]


def test_the_access_log_holds_no_personal_data(template: StackTemplate) -> None:
    logged = json.loads(template.properties("ApiGatewayV2::Stage")["AccessLogSettings"]["Format"])
    assert logged["requestId"] == "$context.requestId"
    fields = " ".join(logged.values()).lower()
    for personal in ("claims", "identity", "querystring", "path", "header", "domain"):
        assert personal not in fields


def test_the_access_log_says_why_a_request_was_refused(template: StackTemplate) -> None:
    logged = json.loads(template.properties("ApiGatewayV2::Stage")["AccessLogSettings"]["Format"])
    assert logged["error"] == "$context.error.message"
    assert logged["authorizerError"] == "$context.authorizer.error"
    assert logged["integrationError"] == "$context.integrationErrorMessage"


def test_many_councils_in_one_account_can_each_have_an_access_log(synth: Synth) -> None:
    """Other names fill up the one resource policy that CloudWatch Logs has for an account."""
    for slug in "ours", "theirs":
        template = synth(slug=slug)
        group = template.resources("Logs::LogGroup")[template.logical_id("Logs::LogGroup", "Api")]
        assert group["Properties"]["LogGroupName"] == f"/aws/vendedlogs/bedboard-{slug}-api"
