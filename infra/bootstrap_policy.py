"""`python -m infra.bootstrap_policy COUNCIL` writes what CloudFormation must be allowed to do.

`cdk bootstrap` allows it everything. These policies allow it what the council's templates need: the
permissions that CloudFormation's own schema of each resource type names, on the resources that it
names after a stack of Bedboard where IAM can tell them apart.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any, Final

from infra.app import build_app
from infra.council.load import ROOT, SettingsError, load_council

FOLDER: Final = ROOT / "build" / "bootstrap"

LONGEST: Final = 6_144
"""Characters of a managed policy, white space not counted: IAM's limit."""
MOST: Final = 10
"""Managed policies of a role: IAM's limit, unless the account has asked for more."""

Template = Mapping[str, Any]
Statement = dict[str, Any]

_DATA: Final = files("cfnlint") / "data"

# A custom resource is one of the stack's own functions: see lambda:InvokeFunction below.
_CUSTOM: Final = "Custom::"

NAMED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "budgets": {"budget": ("arn:aws:budgets::*:budget/bedboard-*",)},
    "cloudwatch": {
        "alarm": ("arn:aws:cloudwatch:*:*:alarm:bedboard-*",),
        "dashboard": ("arn:aws:cloudwatch::*:dashboard/bedboard-*",),
    },
    "dynamodb": {"table": ("arn:aws:dynamodb:*:*:table/bedboard-*",)},
    "events": {"rule-on-default-event-bus": ("arn:aws:events:*:*:rule/bedboard-*",)},
    "iam": {"role": ("arn:aws:iam::*:role/bedboard-*",)},
    "lambda": {
        "eventsourcemapping": ("arn:aws:lambda:*:*:event-source-mapping:*",),
        "function": ("arn:aws:lambda:*:*:function:bedboard-*",),
        "layer": ("arn:aws:lambda:*:*:layer:*",),
        "layerversion": ("arn:aws:lambda:*:*:layer:*",),
    },
    "logs": {
        "log-group": (
            "arn:aws:logs:*:*:log-group:/aws/vendedlogs/bedboard-*",
            "arn:aws:logs:*:*:log-group:aws-waf-logs-bedboard-*",
            "arn:aws:logs:*:*:log-group:bedboard-*",
        )
    },
    "s3": {"bucket": ("arn:aws:s3:::bedboard-*",), "object": ("arn:aws:s3:::cdk-*-assets-*/*",)},
    "scheduler": {"schedule": ("arn:aws:scheduler:*:*:schedule/default/bedboard-*",)},
    "sns": {"topic": ("arn:aws:sns:*:*:bedboard-*",)},
    "sqs": {"queue": ("arn:aws:sqs:*:*:bedboard-*",)},
}
"""By service and kind of resource as IAM calls them: all that the stacks have of such a service.
CloudFormation begins the names that it chooses with the name of the stack. Services that are not
here have resources whose ARNs say nothing about their stack."""

_NOT_NEEDED: Final = frozenset(
    {
        # For replicas and imports of tables: CloudFormation must not read what people have stored.
        *("dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:PutItem"),
        *("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"),
        *("dynamodb:CreateTableReplica", "dynamodb:AssociateTableReplica"),
        # For keys of one's own on other resources, of which there are none.
        *("kms:CreateGrant", "kms:RevokeGrant", "kms:ListAliases", "kms:Encrypt", "kms:Decrypt"),
        *("kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"),
        *("kms:ReEncryptFrom", "kms:ReEncryptTo"),
        # For metadata tables of buckets: the files of the CDK are only read.
        *("s3:DeleteObject", "s3:PutObjectAcl"),
    }
)
"""What the schemas name for uses of a type that the stacks do not make."""

_BESIDES: Final = {
    # Fn::GetStackOutput, with which one stack reads another's outputs.
    "cloudformation:DescribeStacks": ("arn:aws:cloudformation:*:*:stack/bedboard-*/*",),
    # The custom resource that publishes the pages.
    "lambda:InvokeFunction": ("arn:aws:lambda:*:*:function:bedboard-*",),
    # The version of the bootstrap, which is a parameter of every template.
    "ssm:GetParameters": ("arn:aws:ssm:*:*:parameter/cdk-bootstrap/*",),
    # The access log of an HTTP API: API Gateway Developer Guide, "Configure logging for HTTP APIs".
    **dict.fromkeys(
        (
            *("logs:CreateLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery"),
            *("logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:DescribeLogGroups"),
            *("logs:PutResourcePolicy", "logs:DescribeResourcePolicies"),
        ),
        ("*",),
    ),
}
"""What no schema names, and on which resources."""

_WITH_BOUNDARY: Final = frozenset(
    f"iam:{action}"
    for action in ("CreateRole", "PutRolePolicy", "AttachRolePolicy", "PutRolePermissionsBoundary")
)
"""With these alone someone could give a role more than they have themselves."""

_SERVICE_ROLES: Final = ("arn:aws:iam::*:role/aws-service-role/*",)


class UnknownTypeError(Exception):
    """CloudFormation's schemas, as cfn-lint ships them, do not have a resource type."""


def policies(templates: Iterable[Template], boundary: str = "") -> list[Statement]:
    """Return the policy documents, each within IAM's limit.

    With the ARN of a permissions boundary, roles can only be made with it. Raises UnknownTypeError.
    """
    types = {each["Type"] for template in templates for each in template["Resources"].values()}
    resources = _resources_by_action(types)
    statements: list[Statement] = []
    for arns in sorted(set(resources.values())):
        actions = [action for action in sorted(resources) if resources[action] == arns]
        statements += _statements(actions, list(arns), boundary)
    return list(_packed(statements))


def permissions(resource_type: str) -> set[str]:
    """Return what CloudFormation needs to manage a resource type. Raises UnknownTypeError."""
    # us-east-1 has every type, and the schemas of other regions are the same.
    schemas = _read("schemas/providers/us-east-1.json")
    if resource_type not in schemas:
        raise UnknownTypeError(resource_type)
    schema = _read(f"schemas/resources/{schemas[resource_type]}.json")
    needed = {
        action
        for name, handler in schema.get("handlers", {}).items()
        if name != "list"
        for action in handler["permissions"]
    }
    return needed | set(schema.get("tagging", {}).get("permissions", []))


def _resources_by_action(types: Iterable[str]) -> dict[str, tuple[str, ...]]:
    types = {each for each in types if not each.startswith(_CUSTOM)}
    needed = {action for each in types for action in permissions(each)} - _NOT_NEEDED
    own = {_service(each) for each in types}
    known = _read("AdditionalSpecs/Policies.json")
    resources = {}
    # Some schemas write an action with a small letter, which sorts after the capital.
    for action in sorted(needed, reverse=True):
        service, _, name = action.partition(":")
        rule = known.get(service, {}).get("Actions", {}).get(name.lower())
        # Schemas also name services that only other uses of a type need, and unknown actions.
        if service in own and rule is not None:
            resources[f"{service}:{name[0].upper()}{name[1:]}"] = _arns(service, rule)
    return {action: arns for action, arns in {**resources, **_BESIDES}.items() if arns}


def _service(resource_type: str) -> str:
    """Return how IAM calls the service of a resource type. Raises UnknownTypeError."""
    name = resource_type.split("::")[1].lower()
    service = {"apigatewayv2": "apigateway", "cognito": "cognito-idp"}.get(name, name)
    if not any(action.startswith(f"{service}:") for action in permissions(resource_type)):
        raise UnknownTypeError(f"{resource_type}, whose service IAM does not call {service}")
    return service


def _arns(service: str, rule: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Return the ARNs of the stacks' resources; none where the action is for no kind of theirs."""
    kinds, named = rule.get("Resources", []), NAMED.get(service)
    if not kinds or named is None:
        return ("*",)
    return tuple(sorted({arn for kind in kinds for arn in named.get(kind.lower(), ())}))


def _statements(actions: list[str], arns: list[str], boundary: str) -> Iterator[Statement]:
    """Yield the statements that allow the actions, those on roles under their conditions."""

    def allow(some: Iterable[str], resource: Iterable[str], **condition: Any) -> Statement:  # noqa: ANN401 - any condition of IAM
        return {"Effect": "Allow", "Action": sorted(some), "Resource": list(resource), **condition}

    special = {"iam:PassRole", "iam:CreateServiceLinkedRole"} & set(actions)
    bounded = (_WITH_BOUNDARY & set(actions)) if boundary else set()
    if "iam:PassRole" in special:
        services = ["lambda.amazonaws.com", "scheduler.amazonaws.com"]
        condition = {"StringEquals": {"iam:PassedToService": services}}
        yield allow(["iam:PassRole"], arns, Condition=condition)
    if "iam:CreateServiceLinkedRole" in special:
        yield allow(["iam:CreateServiceLinkedRole"], _SERVICE_ROLES)
    if bounded:
        with_boundary = {"StringEquals": {"iam:PermissionsBoundary": boundary}}
        yield allow(bounded, arns, Condition=with_boundary)
    if rest := set(actions) - special - bounded:
        yield allow(rest, arns)


def _packed(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield as few documents as the statements fill, dividing those that fit into none."""
    document: list[Statement] = []
    for statement in statements:
        for part in _divided(statement):
            if _length([*document, part]) > LONGEST:
                yield _document(document)
                document = []
            document.append(part)
    yield _document(document)


def _divided(statement: Statement) -> Iterator[Statement]:
    if _length([statement]) <= LONGEST // 2:
        yield statement
        return
    half = len(statement["Action"]) // 2
    for actions in statement["Action"][:half], statement["Action"][half:]:
        yield from _divided({**statement, "Action": actions})


def _document(statements: list[Statement]) -> Statement:
    return {"Version": "2012-10-17", "Statement": statements}


def _length(statements: list[Statement]) -> int:
    return len(json.dumps(_document(statements), separators=(",", ":")))


def _read(path: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_DATA / path).read_text(encoding="utf-8"))
    return content


def main(name: str) -> None:
    """Write the policies of a council and print how they are used."""
    council = load_council(name)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        # Protection and the place of the layer change no resource type.
        app = build_app(scratch, {"council": name, "checks": "off", "layer": "here"})
        templates = [stack.template for stack in app.synth().stacks]
    for number, document in enumerate(policies(templates, council.permissions_boundary), start=1):
        file = FOLDER / f"{council.slug}-{number}.json"
        file.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        print(file.relative_to(ROOT))  # noqa: T201 - the operator reads it


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("name the council: python -m infra.bootstrap_policy COUNCIL")
    try:
        main(sys.argv[1])
    except SettingsError as error:
        sys.exit(str(error))
    except UnknownTypeError as error:
        sys.exit(f"cannot tell what CloudFormation needs for {error}")
