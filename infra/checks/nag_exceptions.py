"""The findings of cdk-nag that are accepted, each with its place and its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aws_cdk import Acknowledgment, App, Stack, Validations
from aws_cdk import aws_iam as iam
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from constructs import IConstruct

from infra.checks.wildcard_reasons import as_list, wildcard_reasons
from infra.council.model import Council


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """A rule that a part of the stack breaks for a good reason."""

    rule: str
    path: str
    """Construct ids within a stack, separated by slashes. Empty means every stack."""
    reason: str


ALWAYS: Final = (
    AcceptedFinding(
        "Serverless-LambdaDLQ",
        "",
        "a function behind the API reports errors to its caller; the others have a failure"
        " destination at the source of their events, which says more than the function's queue",
    ),
    AcceptedFinding(
        "Serverless-LambdaTracing",
        "",
        "the API sends no trace on, and a function calls little else: the log has the request id",
    ),
    AcceptedFinding(
        "Serverless-EventBusDLQ",
        "Snapshots/Due",
        "the next run, a quarter of an hour later, writes the snapshot that failed",
    ),
    AcceptedFinding(
        "Serverless-LambdaAsyncFailureDestination",
        "SnapshotHomes/Function",
        "the next run, a quarter of an hour later, writes the snapshot that failed",
    ),
    AcceptedFinding(
        "AwsSolutions-S1",
        "Imports/Bucket",
        "it holds a register that CQC publishes, and reports on it; few can write there, and the"
        " change log has every import",
    ),
    AcceptedFinding("AwsSolutions-SQS3", "DeadLetters/Queue", "it is the dead-letter queue itself"),
    AcceptedFinding(
        "Serverless-SQSRedrivePolicy", "DeadLetters/Queue", "it is the dead-letter queue itself"
    ),
    AcceptedFinding(
        "AwsSolutions-APIG4",
        "Api/$default",
        "it answers 404 to requests that match no route, and has no data behind it",
    ),
    *(
        AcceptedFinding(
            "AwsSolutions-APIG4",
            f"Api/{route}",
            "the token in a message's link is what it asks for: whoever has it need not sign in",
        )
        for route in (
            "POST --links--look",
            "POST --links--act",
            "POST --members--look",
            "POST --members--confirm",
            "POST --members--stop",
            "POST --members--allow",
            "POST --unsubscribe--{token}",
            "GET --unsubscribe--{token}",
        )
    ),
    AcceptedFinding(
        "Serverless-LambdaEventSourceMappingDestination",
        "Delivery/Mapping",
        "the queue itself has a dead-letter queue, which keeps what the function gave up",
    ),
)

EMAILS: Final = tuple(
    AcceptedFinding(
        "Serverless-EventBusDLQ",
        f"Delivery/{rule}",
        "what it could not deliver would be kept with the address in it; the next email to the same"
        " person is reported again",
    )
    for rule in ("Bounced", "Complained")
)

USER_POOL: Final = (
    AcceptedFinding(
        "AwsSolutions-COG2",
        "Identity/Users",
        "Cognito can only require a second factor of everyone, and carers on a shift share one"
        " phone; a trigger withholds the roles that need one (second_step_for) from whoever signs"
        " in without",
    ),
    AcceptedFinding(
        "AwsSolutions-COG8",
        "Identity/Users",
        "the plus plan is charged for each user and month, and would cost more than the rest of"
        " the stack; a council that wants it uses its own issuer (oidc_issuer)",
    ),
)

SITE: Final = (
    AcceptedFinding(
        "Serverless-LambdaAsyncFailureDestination",
        "Site/Publisher/Function",
        "CloudFormation gets every failure and rolls the deployment back",
    ),
    AcceptedFinding(
        "AwsSolutions-S1", "Site/Bucket", "only CloudFront reads it, and its files are public"
    ),
    AcceptedFinding(
        "AwsSolutions-CFR1",
        "Site/Distribution",
        "staff work from anywhere, and an IP address says little about where someone is; whatever"
        " is not public needs a token",
    ),
    AcceptedFinding(
        "AwsSolutions-CFR3",
        "Site/Distribution",
        "its log would hold everyone's IP address and the places they searched near; the API's log"
        " has every request without either",
    ),
)

NO_DOMAIN: Final = AcceptedFinding(
    "AwsSolutions-CFR4",
    "Site/Distribution",
    "CloudFront decides this for its own domain name; with `domain` set it is TLS 1.2 or newer",
)

ALARM_EMAIL: Final = AcceptedFinding(
    "Serverless-SNSRedrivePolicy",
    "Watch/Operators",
    "CloudWatch still shows an alarm whose email could not be delivered",
)

NO_FIREWALL: Final = AcceptedFinding(
    "AwsSolutions-CFR2",
    "Site/Distribution",
    "the council decides (`waf`); without it the API is still throttled",
)

PUBLIC_SEARCH: Final = tuple(
    AcceptedFinding("AwsSolutions-APIG4", f"Api/{route}", "this council lets everyone search")
    for route in (
        "GET --vacancies",
        "GET --vacancies--near-misses",
        "GET --homes--{location_id}",
        "GET --homes--{location_id}--changes",
        "GET --truth--public",
    )
)


def accepted_findings(council: Council) -> Iterator[AcceptedFinding]:
    """Yield the findings that are accepted in a stack with these settings."""
    yield from ALWAYS
    if not council.oidc_issuer:
        yield from USER_POOL
    if council.email_from:
        yield from EMAILS
    if council.alarm_email:
        yield ALARM_EMAIL
    if council.search_access == "public":
        yield from PUBLIC_SEARCH
    if council.site:
        yield from SITE
        if not council.domain:
            yield NO_DOMAIN
        if not council.waf:
            yield NO_FIREWALL


def _accept(scope: IConstruct, rule: str, reason: str) -> None:
    pack = rule.split("-", maxsplit=1)[0]
    Validations.of(scope).acknowledge(Acknowledgment(id=f"{pack}::{rule}", reason=reason))


def _find(stack: Stack, path: str) -> IConstruct | None:
    """Return the part of the stack at the path; None where the stack has no such part."""
    scope: IConstruct | None = stack
    for name in filter(None, path.split("/")):
        scope = scope.node.try_find_child(name) if scope else None
    return scope


def add_checks(app: App, stacks: Sequence[Stack], council: Council) -> None:
    """Make the app's synthesis fail on every finding of cdk-nag that is not accepted here.

    So synthesise the app with `force=True` afterwards. Raises ValueError for an accepted finding
    of a part that no stack has.
    """
    # Only this gives the references from one stack to another the form in which cdk-nag names them.
    app.synth()
    for finding in accepted_findings(council):
        scopes = [scope for stack in stacks if (scope := _find(stack, finding.path))]
        if not scopes:
            raise ValueError(f"{finding.rule} is accepted at {finding.path}, which does not exist")
        for scope in scopes:
            _accept(scope, finding.rule, finding.reason)
    for stack in stacks:
        for policy in stack.node.find_all():
            if isinstance(policy, iam.CfnPolicy):
                statements = as_list(stack.resolve(policy.policy_document)["Statement"])
                for resource, reason in wildcard_reasons(statements, council.slug).items():
                    _accept(policy, f"AwsSolutions-IAM5[Resource::{resource}]", reason)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
