"""Every wildcard in a resource of a policy: for which actions, how wide, and why."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from shared.aws.import_keys import DIRECTORIES, REMOVALS, REPORTS


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Actions that may be allowed on resources of this form."""

    actions: frozenset[str]
    resource: str
    """A regular expression for `resource_text`; `SLUG` stands for the council's slug."""
    reason: str

    def covers(self, action: str, resource: str, slug: str) -> bool:
        """Return whether this wildcard explains the action on the resource."""
        form = self.resource.replace("SLUG", re.escape(slug))
        return action in self.actions and re.fullmatch(form, resource) is not None


_TOPICS: Final = r"arn:(<AWS::Partition>|aws):sns:[a-z0-9-]+:<AWS::AccountId>:bedboard-SLUG_"

# The second form is that of a resource of another stack.
_IMPORTS: Final = (
    r"(<ImportsBucket\w+\.Arn>"
    r'|{"Fn::GetStackOutput":{"StackName":"bedboard-SLUG-data",[^}]*GetAttImportsBucket\w+Arn\w+"}})'
)

WILDCARDS: Final = (
    Wildcard(
        frozenset({"dynamodb:ListStreams"}), r"\*", "ListStreams accepts no narrower resource"
    ),
    Wildcard(
        frozenset({"sns:Unsubscribe"}),
        r"\*",
        "SNS accepts no narrower resource; subscribe first finds the member in the caller's team",
    ),
    Wildcard(
        frozenset(
            {
                "sns:Publish",
                "sns:CreateTopic",
                "sns:TagResource",
                "sns:SetTopicAttributes",
                "sns:Subscribe",
                "sns:ListSubscriptionsByTopic",
            }
        ),
        _TOPICS + r"[a-z]+_\*",
        "each team gets a topic when it is needed, under a prefix of this stack",
    ),
    Wildcard(
        frozenset({"sns:CheckIfPhoneNumberIsOptedOut"}),
        r"\*",
        "SNS accepts no narrower resource",
    ),
    Wildcard(
        frozenset({"sns:Publish"}),
        r"not arn:\*:sns:\*:\*:\*",
        "a phone number has no ARN: what is allowed is whatever is no topic",
    ),
    Wildcard(
        frozenset({"s3:GetObject", "s3:PutObject"}),
        rf"{_IMPORTS}/({DIRECTORIES}|{REPORTS}|{REMOVALS})\*",
        "each upload and each report is a new object in one folder of one bucket",
    ),
    Wildcard(
        frozenset({"s3:PutObject", "s3:DeleteObject"}),
        r"<SiteBucket\w+\.Arn>/\*",
        "the publisher replaces and removes files of the site's own bucket",
    ),
)


def resource_text(value: Any) -> str:  # noqa: ANN401 - any value of a template
    """Return a resource as short text, such as `<Table.Arn>/index/*` for a join of references.

    Raises ValueError for a form that no policy here uses.
    """
    match value:
        case str(text):
            return text
        case {"Ref": name}:
            return f"<{name}>"
        case {"Fn::GetAtt": [name, attribute]}:
            return f"<{name}.{attribute}>"
        case {"Fn::GetStackOutput": _}:
            return json.dumps(value, separators=(",", ":"))  # as cdk-nag writes it
        case {"Fn::Join": ["", parts]}:
            return "".join(resource_text(part) for part in parts)
    raise ValueError(f"cannot read the resource {value}")


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - any value of a template
    """Return the value as a list: CloudFormation writes a single item without one."""
    return value if isinstance(value, list) else [value]


def unexplained(statement: dict[str, Any], slug: str) -> list[tuple[str, str]]:
    """Return each action of the statement with a wildcard resource that has no reason here."""
    return [
        (action, resource)
        for resource in wildcard_resources(statement)
        for action in as_list(statement["Action"])
        if not any(wildcard.covers(action, resource, slug) for wildcard in WILDCARDS)
    ]


def wildcard_resources(statement: dict[str, Any]) -> list[str]:
    """Return the resources of the statement that contain a wildcard; "not" begins an exception."""
    if "NotResource" in statement:
        return [f"not {resource_text(each)}" for each in as_list(statement["NotResource"])]
    resources = map(resource_text, as_list(statement["Resource"]))
    return [resource for resource in resources if "*" in resource]


def wildcard_reasons(statements: Iterable[dict[str, Any]], slug: str) -> dict[str, str]:
    """Return the reason for each wildcard resource, if every action on it has one."""
    reasons: dict[str, list[str]] = {}
    refused: set[str] = set()
    for statement in statements:
        refused.update(resource for _, resource in unexplained(statement, slug))
        for resource in wildcard_resources(statement):
            for action in as_list(statement["Action"]):
                reasons.setdefault(resource, []).extend(
                    wildcard.reason
                    for wildcard in WILDCARDS
                    if wildcard.covers(action, resource, slug)
                )
    return {
        resource: "; ".join(dict.fromkeys(texts))
        for resource, texts in reasons.items()
        if resource not in refused
    }
