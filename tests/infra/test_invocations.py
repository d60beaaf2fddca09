"""Whatever is to invoke a function has the function's permission for exactly that.

AWS weighs the policy of a function before every invocation by a service. Where no permission fits,
nothing fails until someone makes that request: API Gateway then answers 500, EventBridge drops the
event, and Cognito refuses the sign-in.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from infra.checks.wildcard_reasons import resource_text
from tests.infra.stack_template import Resource, StackTemplate, Synth
from tests.infra.test_policies import VARIANTS

API_GATEWAY, EVENTS = "apigateway.amazonaws.com", "events.amazonaws.com"
COGNITO, SNS, S3 = "cognito-idp.amazonaws.com", "sns.amazonaws.com", "s3.amazonaws.com"


class Invocation(NamedTuple):
    """A service that is to invoke a function, and the resource that it names as the source."""

    principal: str
    source_arn: str
    function: str


def arn_like(arn: str, pattern: str) -> bool:
    """Compare ARNs as the operator ArnLike does: each of the six components by itself."""
    components, patterns = arn.split(":", 5), pattern.split(":", 5)
    return len(components) == len(patterns) and all(
        re.fullmatch(_expression(each), component) is not None
        for component, each in zip(components, patterns, strict=True)
    )


def _expression(pattern: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(each, re.escape(each)) for each in pattern)


def text(value: Any) -> str:
    """Return an ARN of the template with plain words in place of what AWS fills in."""
    return (
        resource_text(value)
        .replace("<AWS::Partition>", "aws")
        .replace("<AWS::Region>", "eu-west-2")
        .replace("<AWS::AccountId>", "123456789012")
    )


def function_of(value: Any) -> str:
    """Return the logical id of a function, given its name, its ARN or an integration's URI."""
    found = re.search(r"<(\w+?)(\.Arn)?>(/invocations)?$", resource_text(value))
    assert found, value
    return found[1]


def presented_by_api_gateway(api: str, route_key: str) -> str:
    """Return the ARN of a request to this route, as API Gateway shows it to Lambda."""
    # The stage is `$default` too: it is no part of the route.
    prefix = f"arn:aws:execute-api:eu-west-2:123456789012:{api}/$default"
    method, _, path = route_key.partition(" ")
    if not path:
        return f"{prefix}/$default"
    return f"{prefix}/{method}{path}"


def invocations(template: StackTemplate) -> Iterator[Invocation]:
    """Yield everything in the template that makes a service invoke a function."""
    yield from _by_api_gateway(template)
    yield from _by_rules(template)
    yield from _by_triggers(template)
    yield from _by_notifications(template)


def _by_api_gateway(template: StackTemplate) -> Iterator[Invocation]:
    integrations = template.resources("ApiGatewayV2::Integration")
    for route in template.resources("ApiGatewayV2::Route").values():
        properties = route["Properties"]
        target = re.search(r"<(\w+)>", resource_text(properties["Target"]))
        assert target
        yield Invocation(
            API_GATEWAY,
            presented_by_api_gateway(text(properties["ApiId"]), properties["RouteKey"]),
            function_of(integrations[target[1]]["Properties"]["IntegrationUri"]),
        )


def _by_rules(template: StackTemplate) -> Iterator[Invocation]:
    for name, rule in template.resources("Events::Rule").items():
        for each in rule["Properties"].get("Targets", []):
            if function_of(each["Arn"]) in template.resources("Lambda::Function"):
                yield Invocation(EVENTS, f"<{name}.Arn>", function_of(each["Arn"]))


def _by_triggers(template: StackTemplate) -> Iterator[Invocation]:
    for name, pool in template.resources("Cognito::UserPool").items():
        for trigger in pool["Properties"].get("LambdaConfig", {}).values():
            arn = trigger.get("LambdaArn", trigger)
            yield Invocation(COGNITO, f"<{name}.Arn>", function_of(arn))


def _by_notifications(template: StackTemplate) -> Iterator[Invocation]:
    for subscription in template.resources("SNS::Subscription").values():
        properties = subscription["Properties"]
        if properties["Protocol"] == "lambda":
            function = function_of(properties["Endpoint"])
            yield Invocation(SNS, text(properties["TopicArn"]), function)
    for name, bucket in template.resources("S3::Bucket").items():
        notifications = bucket["Properties"].get("NotificationConfiguration", {})
        for each in notifications.get("LambdaConfigurations", []):
            yield Invocation(S3, f"<{name}.Arn>", function_of(each["Function"]))


def permissions(template: StackTemplate) -> Iterator[Invocation]:
    """Yield the permissions of all functions; their sources may be patterns."""
    for each in template.resources("Lambda::Permission").values():
        properties = each["Properties"]
        assert properties["Action"] == "lambda:InvokeFunction"
        function = function_of(properties["FunctionName"])
        yield Invocation(properties["Principal"], text(properties["SourceArn"]), function)


def refused(template: StackTemplate) -> list[Invocation]:
    """Return the invocations that AWS would refuse."""
    granted = list(permissions(template))
    return [
        each
        for each in invocations(template)
        if not any(
            (each.principal, each.function) == (permission.principal, permission.function)
            and arn_like(each.source_arn, permission.source_arn)
            for permission in granted
        )
    ]


@pytest.fixture(params=VARIANTS, scope="module")
def variant(request: pytest.FixtureRequest, synth: Synth) -> StackTemplate:
    """Return the template of each kind of council."""
    return synth(**VARIANTS[request.param])


def test_every_function_may_be_invoked_by_what_is_to_invoke_it(variant: StackTemplate) -> None:
    kinds = {each.principal for each in invocations(variant)}
    assert {API_GATEWAY, EVENTS} <= kinds
    assert refused(variant) == []


def test_nothing_else_may_invoke_a_function(variant: StackTemplate) -> None:
    wanted = list(invocations(variant))
    unused = [
        permission
        for permission in permissions(variant)
        if not any(
            (each.principal, each.function) == (permission.principal, permission.function)
            and arn_like(each.source_arn, permission.source_arn)
            for each in wanted
        )
    ]
    assert unused == []


def test_the_test_fails_when_any_permission_is_taken_away(template: StackTemplate) -> None:
    for name in template.resources("Lambda::Permission"):
        document = copy.deepcopy(template.document)
        without: Resource = document["Resources"].pop(name)
        lost = {each.function for each in refused(StackTemplate(document))}
        assert lost == {function_of(without["Properties"]["FunctionName"])}


def test_the_permission_of_the_other_routes_does_not_fit_the_default_route() -> None:
    pattern = "arn:aws:execute-api:eu-west-2:123456789012:api/*/*/*"
    assert arn_like(presented_by_api_gateway("api", "GET /homes/{location_id}"), pattern)
    assert not arn_like(presented_by_api_gateway("api", "$default"), pattern)


@pytest.mark.parametrize(
    ("arn", "pattern", "fits"),
    [
        ("arn:aws:events:r:1:rule/a", "arn:aws:events:r:1:rule/a", True),
        ("arn:aws:events:r:1:rule/a", "arn:aws:events:r:1:rule/?", True),
        ("arn:aws:events:r:1:rule/a", "arn:aws:events:*:*:rule/*", True),
        # A wildcard never reaches beyond the component that it is in.
        ("arn:aws:events:r:1:rule/a", "arn:aws:events:*", False),
        ("arn:aws:events:r:1:rule/a", "arn:aws:events:r:1:rule/", False),
    ],
)
def test_arns_are_compared_by_component(arn: str, pattern: str, *, fits: bool) -> None:
    assert arn_like(arn, pattern) == fits
