"""Checks of what the account's services allow: quotas, distributions, certificates, names."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from botocore.exceptions import ClientError

from cli.preflight.account import US_EAST_1, Account
from cli.preflight.finding import Finding, ask, fix, ok, unseen

CONCURRENCY: Final = ("lambda", "L-B99A9384")
"""Service Quotas' name of Lambda's concurrent executions."""
ENOUGH_EXECUTIONS: Final = 100

_OPEN: Final = frozenset({"PENDING", "CASE_OPENED"})
_KEYS_OF_CLOUDFRONT: Final = frozenset({"RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1"})
SOME_DAYS: Final = "people at AWS decide it; allow some days"


def concurrency(account: Account) -> Iterator[Finding]:
    """Check how many functions may run at once."""
    limits = account.client("lambda").get_account_settings()["AccountLimit"]
    most = limits["ConcurrentExecutions"]
    if most >= ENOUGH_EXECUTIONS:
        yield ok("Lambda", f"{most} functions may run at once")
        return
    service, code = CONCURRENCY
    yield ask(
        "Lambda",
        f"only {most} functions may run at once, for everything in the account; with more"
        " requests than that people see 'busy'",
        f"ask for 1000: aws service-quotas request-service-quota-increase --service-code {service}"
        f" --quota-code {code} --desired-value 1000 --region {account.council.region}",
        SOME_DAYS,
    )


def concurrency_request(account: Account) -> Iterator[Finding]:
    """Say whether AWS has been asked for more functions at once already."""
    service, code = CONCURRENCY
    pages = account.client("service-quotas").list_requested_service_quota_change_history_by_quota(
        ServiceCode=service, QuotaCode=code
    )
    for request in pages["RequestedQuotas"]:
        if request["Status"] in _OPEN:
            day = f"{request['Created']:%Y-%m-%d}"
            yield ok("Lambda", f"{request['DesiredValue']:.0f} at once were asked for on {day}")


def cloudfront(account: Account) -> Iterator[Finding]:
    """Check that CloudFront answers, and that nobody else in the account has the domain."""
    distributions = [
        each
        for page in account.client("cloudfront").get_paginator("list_distributions").paginate()
        for each in page["DistributionList"].get("Items", [])
    ]
    own = account.resources
    domain = account.council.domain
    for each in distributions:
        if domain in each.get("Aliases", {}).get("Items", []) and each["Id"] not in own:
            yield fix(
                "CloudFront",
                f"the distribution {each['Id']} has the name {domain} already",
                "take the name from it, or use another domain",
            )
    if distributions:
        count = len(distributions)
        yield ok("CloudFront", f"the account has distributions ({count}), so it may have more")
        return
    yield unseen(
        "CloudFront",
        "it answers, and the account has no distribution yet: AWS tells nobody beforehand whether"
        " it will refuse the first one ('Your account must be verified')",
        "for a new account open a case now (Support Center, Account, CloudFront verification), or"
        " deploy with site = false first",
    )


def certificate(account: Account) -> Iterator[Finding]:
    """Check that the certificate is issued, covers the domain and is one for CloudFront."""
    acm = account.client("acm", US_EAST_1)
    domain = account.council.domain
    try:
        found = acm.describe_certificate(CertificateArn=account.council.certificate_arn)
    except acm.exceptions.ResourceNotFoundException:
        yield fix(
            "certificate",
            "us-east-1 of this account has no certificate with the ARN of certificate_arn",
            "correct certificate_arn, or use the credentials of the right account",
        )
        return
    detail = found["Certificate"]
    problems = list(_problems_of(detail, domain))
    yield from problems
    if not problems:
        yield ok("certificate", f"issued, covers {domain}")


def _problems_of(detail: Any, domain: str) -> Iterator[Finding]:  # noqa: ANN401 - boto3's own type
    status = detail["Status"]
    names = [detail.get("DomainName", ""), *detail.get("SubjectAlternativeNames", [])]
    if status == "PENDING_VALIDATION":
        yield fix(
            "certificate",
            "it is not issued yet: AWS waits for the DNS record that proves who owns the domain",
            "add the CNAME record that Certificate Manager shows, and wait until it says Issued",
            "minutes after the record is there",
        )
    elif status != "ISSUED":
        yield fix("certificate", f"it is {status}", "request another, and set certificate_arn")
    if not covers(domain, names):
        yield fix(
            "certificate",
            f"it is for {', '.join(sorted(set(names)))}, and not for {domain}",
            "request one that names the domain, and set certificate_arn",
        )
    key = detail.get("KeyAlgorithm", "RSA_2048")
    if key not in _KEYS_OF_CLOUDFRONT:
        yield fix(
            "certificate",
            f"CloudFront does not take its key ({key})",
            "request one with RSA 2048 or ECDSA P-256",
        )


def covers(domain: str, names: Sequence[str]) -> bool:
    """Tell whether a certificate with these names is good for the domain.

    An asterisk stands for exactly one label, the first.
    """
    one_label_up = f"*.{domain.partition('.')[2]}"
    return any(name.lower() in {domain, one_label_up} for name in names)


def sign_in_address(account: Account) -> Iterator[Finding]:
    """Check that the sign-in address is free, or this council's already."""
    prefix = f"bedboard-{account.council.slug}-{account.account_id}"
    client = account.client("cognito-idp")
    taken = client.describe_user_pool_domain(Domain=prefix)["DomainDescription"]
    pool = taken.get("UserPoolId")
    if not pool:
        yield ok("sign-in", f"the address {prefix} is free")
    elif pool in account.resources:
        yield ok("sign-in", f"the address {prefix} is this council's")
    else:
        yield fix(
            "sign-in",
            f"the address {prefix} belongs to the user pool {pool}, which is in no stack of this"
            " council",
            f"if it is a former stack's: aws cognito-idp delete-user-pool-domain --domain {prefix}"
            f" --user-pool-id {pool}",
        )


def organisation(account: Account) -> Iterator[Finding]:
    """Check whether the account may make a budget: a member of an organisation often may not."""
    client = account.client("organizations")
    try:
        owner = client.describe_organization()["Organization"]["MasterAccountId"]
    except ClientError as error:
        if error.response["Error"].get("Code") != "AWSOrganizationsNotInUseException":
            raise
        owner = account.account_id
    if owner == account.account_id:
        yield ok("budget", "this account pays for itself, so it may have a budget")
    else:
        yield ask(
            "budget",
            f"the account {owner} pays for this one, and may keep it from making budgets",
            "ask its owner whether member accounts may (IAM access to billing, no policy that"
            " denies budgets), or set monthly_budget_usd = 0",
            "it is your own organisation: no time is known",
        )
