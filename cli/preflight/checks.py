"""Every check of preflight: whom it concerns, and which IAM actions it needs."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from botocore import exceptions as aws

from cli.preflight import deployment_checks, issuer, message_checks, service_checks
from cli.preflight.account import Account
from cli.preflight.finding import Finding, unseen
from infra.council.model import Council

_DENIED: Final = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthorizationError",
        "UnauthorizedOperation",
        "NotAuthorizedException",
    }
)
_ACTION_OF_OPERATION: Final = {"ListBuckets": "s3:ListAllMyBuckets"}
"""IAM's names of actions that are not named as their operations."""


def _always(_: Council) -> bool:
    return True


class Check(NamedTuple):
    """One check, with the IAM actions that its calls need."""

    name: str
    run: Callable[[Account], Iterator[Finding]]
    actions: tuple[str, ...] = ()
    applies: Callable[[Council], bool] = _always
    """Whether a council with these settings needs it."""


_READ_STACKS: Final = ("cloudformation:DescribeStacks", "cloudformation:ListStackResources")

CHECKS: Final = (
    Check("account", deployment_checks.caller),
    Check("tools", deployment_checks.tools),
    Check("bootstrap", deployment_checks.bootstrap, ("ssm:GetParameter",)),
    Check(
        "boundary",
        deployment_checks.boundary,
        ("iam:GetPolicy",),
        lambda council: bool(council.permissions_boundary),
    ),
    Check("stack", deployment_checks.former_stacks, ("cloudformation:DescribeStacks",)),
    Check(
        "regions",
        deployment_checks.other_regions,
        ("ec2:DescribeRegions", "cloudformation:DescribeStacks"),
    ),
    Check(
        "orphans",
        deployment_checks.left_behind,
        ("dynamodb:ListTables", "s3:ListAllMyBuckets", *_READ_STACKS),
    ),
    Check("Lambda", service_checks.concurrency, ("lambda:GetAccountSettings",)),
    Check(
        "Lambda",
        service_checks.concurrency_request,
        ("servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",),
    ),
    Check(
        "CloudFront",
        service_checks.cloudfront,
        ("cloudfront:ListDistributions", *_READ_STACKS),
        lambda council: council.site,
    ),
    Check(
        "certificate",
        service_checks.certificate,
        ("acm:DescribeCertificate",),
        lambda council: bool(council.certificate_arn),
    ),
    Check(
        "sign-in",
        service_checks.sign_in_address,
        ("cognito-idp:DescribeUserPoolDomain", *_READ_STACKS),
        lambda council: not council.oidc_issuer,
    ),
    Check("issuer", issuer.issuer, (), lambda council: bool(council.oidc_issuer)),
    Check("email", message_checks.no_mail, (), lambda council: not council.email_from),
    Check(
        "email",
        message_checks.mail_account,
        ("ses:GetAccount",),
        lambda council: bool(council.email_from),
    ),
    Check(
        "email",
        message_checks.mail_identity,
        ("ses:GetEmailIdentity",),
        lambda council: bool(council.email_from),
    ),
    Check("texts", message_checks.no_texts, (), lambda council: not council.sms_sender_id),
    *(
        Check("texts", check, (action,), lambda council: bool(council.sms_sender_id))
        for check, action in (
            (message_checks.sms_sandbox, "sns:GetSMSSandboxAccountStatus"),
            (message_checks.sms_settings, "sns:GetSMSAttributes"),
            (message_checks.sms_spend, "sms-voice:DescribeSpendLimits"),
            (message_checks.sms_sender, "sms-voice:DescribeSenderIds"),
        )
    ),
    Check(
        "budget",
        service_checks.organisation,
        ("organizations:DescribeOrganization",),
        lambda council: council.monthly_budget_usd > 0,
    ),
)


def run_check(check: Check, account: Account) -> list[Finding]:
    """Run a check; one that cannot look says why, so that the others still run.

    Raises botocore's errors about missing credentials: no other check could look either.
    """
    findings: list[Finding] = []
    try:
        findings.extend(check.run(account))
    except aws.ClientError as error:
        reader = account.as_reader if _is_denied(error) else None
        if reader is None:
            findings.append(_refused(check, error))
        else:
            # Who deploys may have no rights of their own but to take the CDK's roles.
            findings = run_check(check, reader)
    except (aws.NoCredentialsError, aws.UnauthorizedSSOTokenError):
        raise
    except (aws.ConnectionError, aws.HTTPClientError) as error:
        findings.append(
            unseen(
                check.name,
                f"AWS could not be reached ({type(error).__name__})",
                "check the network, and the region of the settings",
            )
        )
    return findings


def _is_denied(error: aws.ClientError) -> bool:
    return error.response["Error"].get("Code") in _DENIED


def _refused(check: Check, error: aws.ClientError) -> Finding:
    detail = error.response["Error"]
    code, text = detail.get("Code", "?"), detail.get("Message", "")
    operation = error.operation_name
    action = _ACTION_OF_OPERATION.get(operation) or next(
        (each for each in check.actions if each.endswith(f":{operation}")), operation
    )
    if not _is_denied(error):
        return unseen(check.name, f"AWS does not answer {operation}: {code} {text}".strip())
    if "service control policy" in text:
        return unseen(
            check.name,
            f"a policy of your organisation denies {action}",
            "ask whoever runs the organisation's accounts: the deployment may need it too",
        )
    return unseen(
        check.name,
        f"these credentials may not {action}",
        "add it: bedboard preflight --policy prints all that is needed",
    )


def policy(council: Council) -> dict[str, Any]:
    """Return the IAM policy with which every check of a council can look, and nothing more."""
    actions = {action for check in CHECKS if check.applies(council) for action in check.actions}
    statement = {"Effect": "Allow", "Action": sorted(actions), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}
