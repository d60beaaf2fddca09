"""Step `permissions`: who may call whom, as AWS's own policies and its own judge of them say."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cli.prove.proof import Proof

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

LEADING_KEYS: Final = "dynamodb:LeadingKeys"
_FOREIGN: Final = "bedboard-proof#nobody's"
"""A partition of the table that no function may touch."""
_NEVER: Final = ("dynamodb:DeleteTable", "dynamodb:Scan", "iam:PassRole", "lambda:InvokeFunction")
"""What no function of the stack may do."""


class Route(NamedTuple):
    """A route of the API, and the function that it invokes."""

    key: str
    """`GET /homes/{location_id}`, or `$default`."""
    function_arn: str


def permissions(proof: Proof) -> None:
    """Claim that every route may invoke its function, and each role may do what it needs."""
    _check_routes(proof)
    _check_roles(proof)


def arn_like(pattern: str, arn: str) -> bool:
    """Tell whether an ARN is like a pattern, as IAM's ArnLike compares them.

    An asterisk stands for any characters, in each of the six parts apart; a question mark for one.
    """
    patterns, parts = pattern.split(":", 5), arn.split(":", 5)
    return len(patterns) == len(parts) and all(
        re.fullmatch(
            "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in each), part
        )
        for each, part in zip(patterns, parts, strict=True)
    )


def source_arn(api_arn: str, key: str) -> str:
    """Return the ARN under which API Gateway invokes the function of a route.

    For the default route it has the stage and the route's name, and no method.
    """
    method, _, path = key.partition(" ")
    return f"{api_arn}/$default/{method}{path}" if path else f"{api_arn}/$default/$default"


def allows(policy: dict[str, Any], arn: str) -> bool:
    """Tell whether a function's policy lets API Gateway invoke it under this ARN."""
    return any(
        statement.get("Effect") == "Allow"
        and statement.get("Principal", {}).get("Service") == "apigateway.amazonaws.com"
        and any(
            arn_like(pattern, arn)
            for operator, wanted in statement.get("Condition", {}).items()
            if operator in {"ArnLike", "ArnEquals", "StringLike"}
            for name, patterns in wanted.items()
            if name.lower() == "aws:sourcearn"
            for pattern in (patterns if isinstance(patterns, list) else [patterns])
        )
        for statement in policy.get("Statement", [])
    )


def _routes(proof: Proof) -> Iterator[Route]:
    gateway, api = proof.stack.client("apigatewayv2"), proof.stack.output("ApiId")
    uris = {
        each["IntegrationId"]: each.get("IntegrationUri", "")
        for page in gateway.get_paginator("get_integrations").paginate(ApiId=api)
        for each in page["Items"]
    }
    for page in gateway.get_paginator("get_routes").paginate(ApiId=api):
        for route in page["Items"]:
            uri = uris.get(route.get("Target", "").rpartition("/")[2], "")
            # Either the function's own ARN, or one of API Gateway's around it.
            found = re.search(r"arn:[^:]*:lambda:[^:]*:\d{12}:function:[\w-]+", uri)
            yield Route(route["RouteKey"], found[0] if found else "")


def _check_routes(proof: Proof) -> None:
    lambdas: LambdaClient = proof.stack.client("lambda")
    api = proof.stack.output("ApiId")
    api_arn = f"arn:aws:execute-api:{proof.region}:{proof.account_id}:{api}"
    policies: dict[str, Any] = {}
    refused, routes = [], list(_routes(proof))
    for route in routes:
        if route.function_arn and route.function_arn not in policies:
            answer = lambdas.get_policy(FunctionName=route.function_arn)
            policies[route.function_arn] = json.loads(answer["Policy"])
        policy = policies.get(route.function_arn, {})
        if not allows(policy, source_arn(api_arn, route.key)):
            refused.append(route.key)
    proof.ledger.check(
        "every route of the API may invoke its function",
        bool(routes) and not refused,
        ", ".join(refused[:5]) or f"{len(routes)} routes",
    )


class Grant(NamedTuple):
    """One statement of a role's policies."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: Mapping[str, tuple[str, ...]]
    """By the name of a key of the request (`dynamodb:LeadingKeys`): the patterns that it fits."""


def grants_of(policy: dict[str, Any]) -> Iterator[Grant]:
    """Yield the grants of a policy document."""
    for statement in policy.get("Statement", []):
        if statement.get("Effect") == "Allow":
            conditions = {
                name: _as_tuple(patterns)
                for wanted in statement.get("Condition", {}).values()
                for name, patterns in wanted.items()
            }
            yield Grant(
                _as_tuple(statement.get("Action")), _as_tuple(statement.get("Resource")), conditions
            )


def _as_tuple(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a policy has one or several
    return tuple(value) if isinstance(value, list) else (value,) if value else ()


def _check_roles(proof: Proof) -> None:
    needed, foreign, never = (
        "each function's role may do what its policies grant",
        "each function's role may not touch another partition of the table",
        f"no function's role may do {', '.join(_NEVER)}",
    )
    judge = _Judge(proof)
    if not judge.is_judging:
        why = "the simulator of policies allows even what no policy names"
        for claim in (needed, foreign, never):
            proof.ledger.unseen(claim, why)
        return
    for role_arn, grants in judge.roles():
        judge.weigh(role_arn, grants)
    ledger = proof.ledger
    ledger.check(needed, not judge.refused, "; ".join(judge.refused[:5]) or f"{judge.count} asked")
    conditions = "each function's role may do what its policies grant under a condition"
    if proof.only_on_aws("its simulator weighs no conditions", conditions, foreign):
        ledger.check(conditions, not judge.refused)
        ledger.check(foreign, not judge.foreign, "; ".join(judge.foreign[:5]))
    ledger.check(never, not judge.never, "; ".join(judge.never[:5]))


class _Judge:
    """Asks IAM's simulator about the roles of the stack's functions."""

    def __init__(self, proof: Proof) -> None:
        self._proof, self._iam = proof, proof.stack.client("iam")
        self._lambdas: LambdaClient = proof.stack.client("lambda")
        self.refused: list[str] = []
        self.foreign: list[str] = []
        self.never: list[str] = []
        self.count = 0

    @property
    def is_judging(self) -> bool:
        """Whether the simulator refuses what no policy names: the emulator's does not."""
        role_arn, _ = next(iter(self.roles()))
        return not self._ask(role_arn, ["iam:CreateUser"], ["*"], {}, allowed=True)

    def roles(self) -> Iterator[tuple[str, list[Grant]]]:
        """Yield the role of each function, with the grants of its own policies."""
        for _, name in sorted(self._proof.stack.resources("AWS::Lambda::Function").items()):
            arn = self._lambdas.get_function_configuration(FunctionName=name)["Role"]
            role = arn.rpartition("/")[2]
            grants = [
                grant
                for policy in self._iam.list_role_policies(RoleName=role)["PolicyNames"]
                for grant in grants_of(
                    self._iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
                )
            ]
            yield arn, grants

    def weigh(self, role_arn: str, grants: list[Grant]) -> None:
        """Ask about everything that a role needs, and about what it must not have."""
        role = role_arn.rpartition("/")[2]
        for grant in grants:
            if grant.conditions and self._proof.is_emulated:
                continue  # Its simulator looks at nothing that a condition may ask for.
            context = {name: _fitting(each[0]) for name, each in grant.conditions.items()}
            arns = [_fitting(each) for each in grant.resources if each != "*"] or ["*"]
            denied = self._ask(role_arn, grant.actions, arns, context, allowed=False)
            self.refused += [f"{role}: {each}" for each in denied]
            if LEADING_KEYS in context:
                context[LEADING_KEYS] = _FOREIGN
                allowed = self._ask(role_arn, grant.actions, arns, context, allowed=True)
                self.foreign += [f"{role}: {each}" for each in allowed]
        allowed = self._ask(role_arn, _NEVER, ["*"], {}, allowed=True)
        self.never += [f"{role}: {each}" for each in allowed]

    def _ask(
        self,
        role_arn: str,
        actions: Sequence[str],
        arns: list[str],
        context: Mapping[str, str],
        *,
        allowed: bool,
    ) -> list[str]:
        """Return those of the actions that are allowed, or those that are not."""
        entries = [
            {"ContextKeyName": name, "ContextKeyValues": [value], "ContextKeyType": "stringList"}
            for name, value in context.items()
        ]
        results = self._iam.simulate_principal_policy(
            PolicySourceArn=role_arn,
            ActionNames=list(actions),
            ResourceArns=arns,
            **({"ContextEntries": entries} if entries else {}),
        )["EvaluationResults"]
        self.count += len(results)
        return [
            each["EvalActionName"]
            for each in results
            if (each["EvalDecision"] == "allowed") == allowed
        ]


def _fitting(pattern: str) -> str:
    """Return a text that fits a pattern of a policy."""
    return pattern.replace("*", "bedboard-proof").replace("?", "x")
