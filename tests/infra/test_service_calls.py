"""Services may read the template's streams and queues, write its logs, and put events into queues.

No code of Bedboard makes these calls, so no test of a function needs their permissions. Without one
nothing fails in a deployment: alerts stay unsent, bounces unheard of, and failed events are lost.
"""

import copy
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from infra.checks.wildcard_reasons import as_list, resource_text
from tests.infra.stack_template import Resource, StackTemplate, Synth
from tests.infra.test_invocations import EVENTS, SNS, arn_like, function_of, text
from tests.infra.test_policies import VARIANTS

SEND = "sqs:SendMessage"
READ_QUEUE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
WRITE_LOG = ("logs:CreateLogStream", "logs:PutLogEvents")
READ_STREAM = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
RULE = "arn:aws:events:eu-west-2:123456789012:rule/bedboard-ours-{}"
"""The ARN of a rule whose name CloudFormation makes of the stack's and the logical id."""


class RoleCall(NamedTuple):
    """A call that a service makes as a role of the template."""

    role: str
    action: str
    resource: str


class Delivery(NamedTuple):
    """An event that a service puts into a queue in its own name."""

    principal: str
    source: str
    """The logical id of a rule or a topic."""
    queue: str


def role_calls(template: StackTemplate) -> Iterator[RoleCall]:
    """Yield what Lambda and the scheduler do as roles of the template."""
    functions = template.resources("Lambda::Function")
    for each in functions.values():
        log = each["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
        role = resource_text(each["Properties"]["Role"])
        yield from (RoleCall(role, action, f"<{log}.Arn>") for action in WRITE_LOG)
    for kind in "Lambda::EventSourceMapping", "Lambda::EventInvokeConfig":
        for each in template.resources(kind).values():
            properties = each["Properties"]
            function = functions[function_of(properties["FunctionName"])]
            role = resource_text(function["Properties"]["Role"])
            if "EventSourceArn" in properties:
                source = resource_text(properties["EventSourceArn"])
                actions = READ_STREAM if source.endswith(".StreamArn>") else READ_QUEUE
                yield from (RoleCall(role, action, source) for action in actions)
            if failed := properties.get("DestinationConfig", {}).get("OnFailure"):
                yield RoleCall(role, SEND, resource_text(failed["Destination"]))
    for each in template.resources("Scheduler::Schedule").values():
        target = each["Properties"]["Target"]
        role = resource_text(target["RoleArn"])
        yield RoleCall(role, "lambda:InvokeFunction", resource_text(target["Arn"]))
        yield RoleCall(role, SEND, resource_text(target["DeadLetterConfig"]["Arn"]))


def refused_role_calls(template: StackTemplate) -> set[RoleCall]:
    """Return the calls that the roles do not allow."""
    allowed = {
        RoleCall(f"<{role['Ref']}.Arn>", action, resource_text(resource))
        for policy in template.resources("IAM::Policy").values()
        for role in policy["Properties"]["Roles"]
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        for action in as_list(statement["Action"])
        for resource in as_list(statement.get("Resource", []))
    }
    return set(role_calls(template)) - allowed


def deliveries(template: StackTemplate) -> Iterator[Delivery]:
    """Yield what rules and topics put into queues."""
    queues = {f"<{name}.Arn>" for name in template.resources("SQS::Queue")}
    for name, rule in template.resources("Events::Rule").items():
        for target in rule["Properties"].get("Targets", []):
            arns = [target["Arn"], target.get("DeadLetterConfig", {}).get("Arn", "")]
            for arn in {resource_text(each) for each in arns} & queues:
                yield Delivery(EVENTS, name, arn)
    for subscription in template.resources("SNS::Subscription").values():
        properties = subscription["Properties"]
        if properties["Protocol"] == "sqs":
            topic = resource_text(properties["TopicArn"]).strip("<>")
            yield Delivery(SNS, topic, resource_text(properties["Endpoint"]))


def refused_deliveries(template: StackTemplate) -> set[Delivery]:
    """Return the events that no queue's policy lets in."""
    statements = [
        statement
        for policy in template.resources("SQS::QueuePolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]
    return {
        delivery
        for delivery in deliveries(template)
        if not any(_lets_in(statement, delivery) for statement in statements)
    }


def _lets_in(statement: Resource, delivery: Delivery) -> bool:
    """Tell whether a statement of a queue's policy allows a delivery."""
    presented = (f"<{delivery.source}.Arn>", f"<{delivery.source}>", RULE.format(delivery.source))
    return (
        statement["Principal"] == {"Service": delivery.principal}
        and SEND in as_list(statement["Action"])
        and resource_text(statement["Resource"]) == delivery.queue
        and all(
            any(arn_like(each, source) or each == source for each in presented)
            for source in _sources(statement)
        )
    )


def _sources(statement: Resource) -> list[str]:
    """Return the patterns of the ARNs from which a statement takes events."""
    conditions = statement.get("Condition", {}).values()
    return [text(each["aws:SourceArn"]) for each in conditions if "aws:SourceArn" in each]


@pytest.fixture(params=["reminding", "telling people"], scope="module")
def variant(request: pytest.FixtureRequest, synth: Synth) -> StackTemplate:
    """Return the templates that have every kind of these calls between them."""
    return synth(**VARIANTS[request.param])


def test_roles_allow_what_services_do_with_them(variant: StackTemplate) -> None:
    actions = {each.action for each in role_calls(variant)}
    assert {SEND, "lambda:InvokeFunction", *WRITE_LOG, *READ_QUEUE, *READ_STREAM} == actions
    assert refused_role_calls(variant) == set()


def test_queues_let_in_what_services_put_into_them(variant: StackTemplate) -> None:
    kinds = {each.principal for each in deliveries(variant)}
    assert EVENTS in kinds
    assert refused_deliveries(variant) == set()


def test_a_role_without_any_of_these_permissions_is_found(variant: StackTemplate) -> None:
    for call in set(role_calls(variant)):
        document = copy.deepcopy(variant.document)
        for policy in StackTemplate(document).resources("IAM::Policy").values():
            statements = policy["Properties"]["PolicyDocument"]["Statement"]
            if call.role in {f"<{role['Ref']}.Arn>" for role in policy["Properties"]["Roles"]}:
                statements[:] = [each for each in statements if not _gives(each, call)]
        assert call in refused_role_calls(StackTemplate(document))


def _gives(statement: Resource, call: RoleCall) -> bool:
    """Tell whether a statement is the one that allows a call."""
    resources = map(resource_text, as_list(statement.get("Resource", [])))
    return call.action in as_list(statement["Action"]) and call.resource in resources


def test_a_queue_that_lets_in_no_more_is_found(variant: StackTemplate) -> None:
    for delivery in set(deliveries(variant)):
        document = copy.deepcopy(variant.document)
        for policy in StackTemplate(document).resources("SQS::QueuePolicy").values():
            statements = policy["Properties"]["PolicyDocument"]["Statement"]
            statements[:] = [each for each in statements if not _lets_in(each, delivery)]
        assert delivery in refused_deliveries(StackTemplate(document))
