"""Every wildcard in a resource that a role may act on: for which actions, how wide, and why."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from shared.aws.import_keys import DIRECTORIES, REPORTS


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Actions that may be allowed on resources of this form (as `plain` writes them)."""

    actions: frozenset[str]
    resource: str
    """A regular expression; `SLUG` stands for the council's."""
    why: str

    def covers(self, action: str, resource: str, slug: str) -> bool:
        form = self.resource.replace("SLUG", re.escape(slug))
        return action in self.actions and re.fullmatch(form, resource) is not None


_TOPICS: Final = r"arn:(<AWS::Partition>|aws):sns:[a-z0-9-]+:<AWS::AccountId>:bedboard-SLUG_"

WILDCARDS: Final = (
    Wildcard(
        frozenset({"xray:PutTraceSegments", "xray:PutTelemetryRecords"}),
        r"\*",
        "X-Ray knows no narrower resource",
    ),
    Wildcard(frozenset({"dynamodb:ListStreams"}), r"\*", "ListStreams takes no narrower resource"),
    Wildcard(
        frozenset({"sns:Unsubscribe"}),
        r"\*",
        "SNS takes no narrower resource; subscribe looks the member up in the caller's team first",
    ),
    Wildcard(
        frozenset(
            {"sns:Publish", "sns:CreateTopic", "sns:Subscribe", "sns:ListSubscriptionsByTopic"}
        ),
        _TOPICS + r"[a-z]+_\*",
        "a topic for each team or home, made as they come, under a prefix of this stack's own",
    ),
    Wildcard(
        frozenset({"s3:GetObject", "s3:PutObject"}),
        rf"<ImportsBucket\w+\.Arn>/({DIRECTORIES}|{REPORTS})\*",
        "each upload and each report is an object of its own, in one folder of one bucket",
    ),
    Wildcard(
        frozenset({"s3:PutObject", "s3:DeleteObject"}),
        r"<SiteBucket\w+\.Arn>/\*",
        "what publishes the site puts and removes every file of its one bucket",
    ),
)


def plain(value: Any) -> str:  # noqa: ANN401 - whatever a template may hold
    """A resource as a reader writes it: `<Table.Arn>/index/*` for a join of references."""
    match value:
        case str(text):
            return text
        case {"Ref": name}:
            return f"<{name}>"
        case {"Fn::GetAtt": [name, attribute]}:
            return f"<{name}.{attribute}>"
        case {"Fn::Join": ["", parts]}:
            return "".join(plain(each) for each in parts)
    raise ValueError(f"no resource is written so: {value}")


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    """CloudFormation writes one thing without a list."""
    return value if isinstance(value, list) else [value]


def unexplained(statement: dict[str, Any], slug: str) -> list[tuple[str, str]]:
    """The actions of a statement, each with a wildcard resource that is not listed here."""
    return [
        (action, resource)
        for resource in wild(statement)
        for action in listed(statement["Action"])
        if not any(each.covers(action, resource, slug) for each in WILDCARDS)
    ]


def wild(statement: dict[str, Any]) -> list[str]:
    """The resources of a statement that a wildcard is part of."""
    return [each for each in map(plain, listed(statement["Resource"])) if "*" in each]


def reasons(statements: Iterable[dict[str, Any]], slug: str) -> dict[str, str]:
    """By wildcard resource, why it may be one; none where any action on it is not explained."""
    found: dict[str, list[str]] = {}
    refused: set[str] = set()
    for statement in statements:
        refused.update(resource for _, resource in unexplained(statement, slug))
        for resource in wild(statement):
            for action in listed(statement["Action"]):
                whys = found.setdefault(resource, [])
                whys += [e.why for e in WILDCARDS if e.covers(action, resource, slug)]
    return {
        resource: "; ".join(dict.fromkeys(whys))
        for resource, whys in found.items()
        if resource not in refused
    }
