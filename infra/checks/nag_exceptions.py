"""What cdk-nag finds and is meant to be so: each finding with where it is, and why it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from aws_cdk import Acknowledgment, App, Stack, Validations
from aws_cdk import aws_iam as iam
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from constructs import IConstruct

from infra.checks.wildcard_reasons import listed, reasons
from infra.council.model import Council


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A rule that a part of the stack breaks with good reason."""

    rule: str
    where: str
    """A path of construct ids within the stack; none: anywhere in it."""
    why: str


EVERYWHERE: Final = (
    Acknowledged(
        "Serverless-LambdaDLQ",
        "",
        "what the API calls answers its caller itself; what events call has a destination for"
        " failures where the event comes from, which says more than a function's own queue would",
    ),
    Acknowledged(
        "Serverless-EventBusDLQ",
        "Snapshots/Due",
        "a snapshot that is not kept is made good by the next, a quarter of an hour later",
    ),
    Acknowledged(
        "Serverless-LambdaAsyncFailureDestination",
        "SnapshotHomes/Function",
        "a snapshot that is not kept is made good by the next, a quarter of an hour later",
    ),
    Acknowledged(
        "AwsSolutions-S1",
        "Imports/Bucket",
        "it holds a register that CQC publishes, and reports on it; who may write there is few,"
        " and every import is in the log of changes",
    ),
    Acknowledged("AwsSolutions-SQS3", "DeadLetters/Queue", "it is itself the dead-letter queue"),
    Acknowledged(
        "Serverless-SQSRedrivePolicy", "DeadLetters/Queue", "it is itself the dead-letter queue"
    ),
    Acknowledged(
        "AwsSolutions-APIG4",
        "Api/$default",
        "it answers 404 as a problem to whatever no route is for; no data is behind it",
    ),
)

OF_THE_POOL: Final = (
    Acknowledged(
        "AwsSolutions-COG2",
        "Identity/Users",
        "a second factor is on offer, but not forced on a carer whose shift shares one telephone;"
        " a council that must force it brings its own issuer (oidc_issuer)",
    ),
    Acknowledged(
        "AwsSolutions-COG8",
        "Identity/Users",
        "the plus plan is paid by user and month and would cost more than all the rest; a council"
        " that wants risk-based sign-in brings its own issuer (oidc_issuer)",
    ),
)

OF_THE_SITE: Final = (
    Acknowledged(
        "Serverless-LambdaAsyncFailureDestination",
        "Site/Publisher/Function",
        "CloudFormation is told of every failure, and puts the deployment back",
    ),
    Acknowledged("AwsSolutions-S1", "Site/Bucket", "CloudFront alone reads it, and all is public"),
    Acknowledged(
        "AwsSolutions-CFR1",
        "Site/Distribution",
        "staff work from anywhere, and an address is a poor sign of where somebody is; what is not"
        " public takes a token",
    ),
    Acknowledged(
        "AwsSolutions-CFR3",
        "Site/Distribution",
        "its log would hold everybody's address and where they searched for a care home; the API's"
        " own log tells of every request without either",
    ),
)

OF_CLOUDFRONTS_NAME: Final = Acknowledged(
    "AwsSolutions-CFR4",
    "Site/Distribution",
    "under a name of CloudFront's own CloudFront decides; with domain it is TLS 1.2 or newer",
)

OF_ALARMS: Final = Acknowledged(
    "Serverless-SNSRedrivePolicy",
    "Watch/Operators",
    "an alarm whose e-mail cannot be delivered is still on the dashboard",
)

WITHOUT_FIREWALL: Final = Acknowledged(
    "AwsSolutions-CFR2",
    "Site/Distribution",
    "the council decides (waf); the API is throttled without it",
)

OF_PUBLIC_SEARCH: Final = tuple(
    Acknowledged("AwsSolutions-APIG4", f"Api/{route}", "this council lets everybody search")
    for route in (
        "GET --vacancies",
        "GET --homes--{location_id}",
        "GET --homes--{location_id}--changes",
    )
)


def acknowledged(council: Council) -> Iterator[Acknowledged]:
    """What stands in the stack of a council with these settings."""
    yield from EVERYWHERE
    if not council.oidc_issuer:
        yield from OF_THE_POOL
    if council.alarm_email:
        yield OF_ALARMS
    if council.search_access == "public":
        yield from OF_PUBLIC_SEARCH
    if council.site:
        yield from OF_THE_SITE
        if not council.domain:
            yield OF_CLOUDFRONTS_NAME
        if not council.waf:
            yield WITHOUT_FIREWALL


def _acknowledge(scope: IConstruct, rule: str, why: str) -> None:
    pack = rule.split("-", maxsplit=1)[0]
    Validations.of(scope).acknowledge(Acknowledgment(id=f"{pack}::{rule}", reason=why))


def check(app: App, stack: Stack, council: Council) -> None:
    """Have the app's synthesis fail on whatever cdk-nag finds and is not acknowledged here."""
    for each in acknowledged(council):
        scope: IConstruct = stack
        for name in filter(None, each.where.split("/")):
            scope = scope.node.find_child(name)
        _acknowledge(scope, each.rule, each.why)
    for policy in stack.node.find_all():
        if isinstance(policy, iam.CfnPolicy):
            statements = listed(stack.resolve(policy.policy_document)["Statement"])
            for resource, why in reasons(statements, council.slug).items():
                _acknowledge(policy, f"AwsSolutions-IAM5[Resource::{resource}]", why)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
