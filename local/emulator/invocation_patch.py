"""Have the emulator weigh policies before a service invokes a function, as AWS does.

ministack weighs the policies of requests that someone signs. It lets its own services invoke any
function, so a permission that is missing or too narrow would only fail on AWS. Here every way in
which this project's templates invoke a function is held against the policy of the function, or
against the role in whose name AWS acts:

- API Gateway, rules of EventBridge, topics, buckets and user pools need the function's permission
  for their own ARN;
- EventBridge Scheduler needs a role that it may assume and that may invoke the function;
- a stream or a queue is read, and a dead letter is sent, in the name of the function's role.

What is refused ends as on AWS: status 500, an event that is dropped, a sign-in that fails, a stream
that nobody reads. The emulator's log then has a line that says "is not permitted".
"""

# ruff: noqa: SLF001, ANN401 - ministack has no public names for these, and no types

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any, Final

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import (
    apigateway,
    cognito,
    eventbridge,
    iam,
    lambda_svc,
    s3,
    sns,
)

_log: Final = logging.getLogger("ministack")

INVOKE: Final = "lambda:InvokeFunction"

_READING: Final = {
    "dynamodb": ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
    "sqs": ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
}
"""What Lambda does at a source, in the name of the role of the function that reads it."""

_SENDING: Final = {"sqs": "sqs:SendMessage", "sns": "sns:Publish"}

_INTERNAL_ERROR: Final = (
    500,
    {"Content-Type": "application/json"},
    json.dumps({"message": "Internal Server Error"}).encode(),
)
"""What an HTTP API answers for a function that it may not invoke."""

Patched = Callable[..., Any]


def install() -> None:
    """Put the checks before every way in which a service invokes a function."""
    for operator in "arnlike", "arnequals":
        iam_evaluator._CONDITION_OPS[operator] = arn_like
    for operator in "arnnotlike", "arnnotequals":
        iam_evaluator._CONDITION_OPS[operator] = lambda arn, pattern: not arn_like(arn, pattern)
    apigateway._invoke_lambda_proxy = _guard_api_gateway(apigateway._invoke_lambda_proxy)
    eventbridge._invoke_target = _guard_eventbridge(eventbridge._invoke_target)
    sns._deliver_to_lambda = _guard_topics(sns._deliver_to_lambda)
    s3._deliver_event_to_lambda = _guard_buckets(s3._deliver_event_to_lambda)
    cognito._apply_pretoken_trigger = _guard_user_pools(cognito._apply_pretoken_trigger)
    lambda_svc._iter_all_esms = _guard_mappings(lambda_svc._iter_all_esms)
    lambda_svc._route_async_failure = _guard_destinations(lambda_svc._route_async_failure)
    send_record = lambda_svc._send_ddb_stream_failure_record
    lambda_svc._send_ddb_stream_failure_record = _guard_stream_destinations(send_record)


def arn_like(arn: str, pattern: str) -> bool:
    """Compare ARNs as AWS does, each of the six components by itself; ministack lets `*` run on."""
    components, patterns = arn.split(":", 5), pattern.split(":", 5)
    return len(components) == len(patterns) and all(
        map(iam_evaluator.fnmatch_iam_cs, components, patterns)
    )


def function_permits(function_arn: str, service: str, source_arn: str) -> bool:
    """Return whether the function's policy lets the service invoke it for this source."""
    found = lambda_svc.function_policy_for_arn(function_arn)
    return _permits(found and found[0], INVOKE, function_arn, service, source_arn)


def role_permits(role_arn: str, action: str, resource_arn: str) -> bool:
    """Return whether the role's policies, within its boundary, allow the action."""
    name, account = role_arn.rpartition("/")[2], role_arn.split(":")[4]
    policies = iam_evaluator._gather_role_policies(name, account)
    boundary = iam_evaluator._permissions_boundary(iam._roles, name, account)
    context = _context(action, resource_arn, principal_arn=role_arn)
    return bool(iam_evaluator.evaluate(context, policies, *boundary).decision == "Allow")


def role_trusts(role_arn: str, service: str, source_arn: str) -> bool:
    """Return whether the role lets the service assume it for this source."""
    role = iam._roles.get_scoped(role_arn.split(":")[4], None, role_arn.rpartition("/")[2]) or {}
    trust = role.get("AssumeRolePolicyDocument")
    return _permits(trust, "sts:AssumeRole", role_arn, service, source_arn)


def _permits(policy: Any, action: str, resource_arn: str, service: str, source_arn: str) -> bool:
    context = _context(action, resource_arn)
    context.service_context |= {"aws:sourcearn": source_arn, "aws:sourceaccount": get_account_id()}
    evaluated = iam_evaluator.evaluate_resource_policy(policy, context, service=service)
    if evaluated.decision == "Allow":
        return True
    _log.warning("%s is not permitted to %s for %s", resource_arn, service, source_arn)
    return False


def _context(action: str, resource_arn: str, *, principal_arn: str = "*") -> Any:
    return iam_evaluator.EvalContext(
        principal_arn=principal_arn,
        principal_type="Service",
        principal_account=get_account_id(),
        action=action,
        resource_arn=resource_arn,
        region=get_region(),
        # Services of AWS speak to each other over TLS.
        secure_transport=True,
    )


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"


def _guard_api_gateway(invoke: Patched) -> Patched:
    async def guarded(
        integration: dict[str, Any], api_id: str, stage: str, *rest: Any, **more: Any
    ) -> Any:
        # path, method, headers, body, query and then the key of the route
        *_, route_key, _path_parameters = rest
        method, _, path = route_key.partition(" ")
        source = f"{api_id}/{stage}/" + (f"{method}{path}" if path else route_key)
        function = apigateway._extract_lambda_ref_from_integration_uri(
            integration.get("integrationUri", "")
        )
        if not function_permits(function, "apigateway.amazonaws.com", _arn("execute-api", source)):
            return _INTERNAL_ERROR
        return await invoke(integration, api_id, stage, *rest, **more)

    return guarded


def _guard_eventbridge(invoke: Patched) -> Patched:
    def guarded(target: dict[str, Any], event: Any, rule: dict[str, Any], view: Any = None) -> None:
        function, source = target.get("Arn", ""), rule.get("Arn", "")
        if ":lambda:" in function:
            if ":scheduler:" in source:
                role = target.get("RoleArn", "")
                if not role_trusts(role, "scheduler.amazonaws.com", source):
                    return
                if not _role_may(role, INVOKE, function):
                    return
            elif not function_permits(function, "events.amazonaws.com", source):
                return
        invoke(target, event, rule, view)

    return guarded


def _guard_topics(deliver: Patched) -> Patched:
    def guarded(function: str, envelope: str, topic_arn: str, *rest: Any) -> None:
        if function_permits(function, "sns.amazonaws.com", topic_arn):
            deliver(function, envelope, topic_arn, *rest)

    return guarded


def _guard_buckets(deliver: Patched) -> Patched:
    def guarded(function: str, event: dict[str, Any], region: str) -> None:
        bucket = event["Records"][0]["s3"]["bucket"]["name"]
        if function_permits(function, "s3.amazonaws.com", f"arn:aws:s3:::{bucket}"):
            deliver(function, event, region)

    return guarded


class TriggerRefusedError(Exception):
    """A user pool may not invoke the function of one of its triggers."""


def _guard_user_pools(apply_trigger: Patched) -> Patched:
    def guarded(pool_id: str, claims: dict[str, Any], *rest: Any, **more: Any) -> Any:
        settings = (cognito._user_pools.get(pool_id) or {}).get("LambdaConfig") or {}
        function = (settings.get("PreTokenGenerationConfig") or {}).get("LambdaArn") or (
            settings.get("PreTokenGeneration")
        )
        pool = _arn("cognito-idp", f"userpool/{pool_id}")
        if function and not function_permits(function, "cognito-idp.amazonaws.com", pool):
            raise TriggerRefusedError(f"{pool} may not invoke {function}")
        return apply_trigger(pool_id, claims, *rest, **more)

    return guarded


def _guard_mappings(mappings: Callable[[], Iterator[Any]]) -> Callable[[], Iterator[Any]]:
    """Leave out the sources that the function's role may not read."""

    def guarded() -> Iterator[Any]:
        for account, region, mapping in mappings():
            source = mapping.get("EventSourceArn", "")
            function = lambda_svc._functions.get_scoped(account, region, mapping["FunctionName"])
            role = ((function or {}).get("config") or {}).get("Role", "")
            actions = _READING.get(source.split(":")[2] if source else "", ())
            if all(role_permits(role, action, source) for action in actions):
                yield account, region, mapping
            else:
                mapping["LastProcessingResult"] = "PROBLEM: Function call failed"

    return guarded


def _guard_destinations(route: Patched) -> Patched:
    def guarded(destination: str, function_name: str, *rest: Any) -> None:
        function = lambda_svc._functions.get(function_name) or {}
        if _may_send(function.get("config") or {}, destination):
            route(destination, function_name, *rest)

    return guarded


def _guard_stream_destinations(send: Patched) -> Patched:
    def guarded(mapping: dict[str, Any], function: dict[str, Any], *rest: Any) -> None:
        destination = mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        if destination and _may_send(function.get("config") or function, destination):
            send(mapping, function, *rest)

    return guarded


def _may_send(function: dict[str, Any], destination: str) -> bool:
    action = _SENDING.get(destination.split(":")[2])
    return action is None or _role_may(function.get("Role", ""), action, destination)


def _role_may(role_arn: str, action: str, resource_arn: str) -> bool:
    if role_permits(role_arn, action, resource_arn):
        return True
    _log.warning("%s is not permitted to %s on %s", role_arn, action, resource_arn)
    return False
