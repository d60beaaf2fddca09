"""What the API lets in, and what it remembers of it."""

import json

from tests.infra.written import Write, Written

OF_THE_DESIGN = {
    "GET /vacancies": "Search",
    "GET /homes/{location_id}": "ShowHome",
    "PATCH /homes/{location_id}": "ShowHome",
    "GET /homes/{location_id}/changes": "ShowHome",
    "GET /homes/{location_id}/searches": "ShowHome",
    "PUT /homes/{location_id}/vacancies": "UpdateVacancy",
    "POST /homes/{location_id}/vacancies/confirm": "UpdateVacancy",
    "GET /homes": "CouncilOverview",
    "GET /changes/{day}": "CouncilOverview",
    "GET /imports": "UploadDirectory",
    "POST /imports": "UploadDirectory",
    "GET /imports/{import_id}": "UploadDirectory",
    "POST /people": "ManagePeople",
    "POST /people/search": "ManagePeople",
    "PATCH /people/{person_id}": "ManagePeople",
    "POST /people/{person_id}/invitation": "ManagePeople",
    "PUT /people/{person_id}/roles/{role}": "ManagePeople",
    "DELETE /people/{person_id}/roles/{role}": "ManagePeople",
    "GET /alerts": "Subscribe",
    "POST /alerts": "Subscribe",
    "PATCH /alerts/{alert_id}": "Subscribe",
    "DELETE /alerts/{alert_id}": "Subscribe",
    "GET /alerts/members": "Subscribe",
    "POST /alerts/members": "Subscribe",
    "DELETE /alerts/members/{member_id}": "Subscribe",
    "GET /homes/{location_id}/reminders": "Subscribe",
    "POST /homes/{location_id}/reminders": "Subscribe",
    "DELETE /homes/{location_id}/reminders/{member_id}": "Subscribe",
    "$default": "ShowHome",
}


def anonymous(written: Written) -> set[str]:
    """The routes that take no token."""
    routes = (each["Properties"] for each in written.all("ApiGatewayV2::Route").values())
    return {route["RouteKey"] for route in routes if route["AuthorizationType"] != "JWT"}


def test_every_route_leads_to_its_function(written: Written) -> None:
    integrations = written.all("ApiGatewayV2::Integration")
    leads = {}
    for route in written.all("ApiGatewayV2::Route").values():
        target = route["Properties"]["Target"]["Fn::Join"][1][1]["Ref"]
        function = integrations[target]["Properties"]["IntegrationUri"]["Fn::GetAtt"][0]
        leads[route["Properties"]["RouteKey"]] = function.partition("Function")[0]
    assert leads == OF_THE_DESIGN


def test_every_route_but_the_default_takes_a_token(written: Written) -> None:
    assert anonymous(written) == {"$default"}


def test_a_council_may_open_the_reading_of_vacancies_to_everybody(write: Write) -> None:
    assert anonymous(write(search_access="public")) == {
        "$default",
        "GET /vacancies",
        "GET /homes/{location_id}",
        "GET /homes/{location_id}/changes",
    }


def test_tokens_are_the_own_pools_for_the_own_client(written: Written) -> None:
    authorizer = written.one("ApiGatewayV2::Authorizer")
    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    settings = authorizer["JwtConfiguration"]
    assert settings["Audience"] == [{"Ref": written.id_of("Cognito::UserPoolClient")}]
    assert {"Ref": written.id_of("Cognito::UserPool")} in settings["Issuer"]["Fn::Join"][1]


def test_paths_are_the_designs_own_without_a_stage_before_them(written: Written) -> None:
    assert written.one("ApiGatewayV2::Stage")["StageName"] == "$default"


def test_callers_are_throttled_as_the_council_says(write: Write) -> None:
    for settings, rate, burst in (
        ({}, 200, 400),
        ({"throttle_requests_per_second": 50, "throttle_burst": 60}, 50, 60),
    ):
        stage = write(**settings).one("ApiGatewayV2::Stage")["DefaultRouteSettings"]
        assert stage["ThrottlingRateLimit"] == rate
        assert stage["ThrottlingBurstLimit"] == burst


def test_the_access_log_holds_nothing_of_a_person(written: Written) -> None:
    logged = json.loads(written.one("ApiGatewayV2::Stage")["AccessLogSettings"]["Format"])
    assert logged["requestId"] == "$context.requestId"
    told = " ".join(logged.values()).lower()
    for kept_out in ("claims", "identity", "querystring", "path", "header", "domain"):
        assert kept_out not in told


def test_the_api_may_call_a_function_and_nobody_elses_api_may(written: Written) -> None:
    api = {"Ref": written.id_of("ApiGatewayV2::Api")}
    permissions = [each["Properties"] for each in written.all("Lambda::Permission").values()]
    of_apis = [each for each in permissions if each["Principal"] == "apigateway.amazonaws.com"]
    assert len(of_apis) == len(set(OF_THE_DESIGN.values()))
    assert all(api in each["SourceArn"]["Fn::Join"][1] for each in of_apis)
