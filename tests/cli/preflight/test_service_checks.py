"""Preflight says what AWS must be asked for, what must be put right, and what nobody can see."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cli.preflight import service_checks as checks
from cli.preflight.account import Account
from cli.preflight.finding import Level
from tests.cli.preflight.conftest import ACCOUNT

Build = Callable[..., Account]
NO_STACK = "ValidationError: Stack with id bedboard-devon does not exist"
DOMAIN = "beds.example.gov.uk"
WITH_DOMAIN = {
    "domain": DOMAIN,
    "certificate_arn": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/0a1b",
}


def no_stacks(account: Build) -> list[tuple[str, str, Any]]:
    return [("cloudformation", "describe_stacks", NO_STACK)] * len(account({}).stack_names)


@pytest.mark.parametrize(("most", "expected"), [(10, Level.ASK), (1000, Level.OK)])
def test_few_functions_at_once_are_asked_about(account: Build, most: int, expected: Level) -> None:
    limits = {"AccountLimit": {"ConcurrentExecutions": most}}
    target = account({}, ("lambda", "get_account_settings", limits))
    (finding,) = checks.concurrency(target)
    assert finding.level is expected
    assert bool(finding.wait) == (expected is Level.ASK)


def test_a_request_that_aws_has_already_is_mentioned(account: Build) -> None:
    requests = [
        {"Status": status, "DesiredValue": 1000.0, "Created": datetime(2026, 11, 3, tzinfo=UTC)}
        for status in ("CASE_OPENED", "DENIED")
    ]
    operation = "list_requested_service_quota_change_history_by_quota"
    target = account({}, ("service-quotas", operation, {"RequestedQuotas": requests}))
    (finding,) = checks.concurrency_request(target)
    assert finding.state == "1000 at once were asked for on 2026-11-03"


def distributions(*items: dict[str, Any]) -> dict[str, Any]:
    aliases = [each["Aliases"]["Items"] for each in items]
    complete = [
        {
            "ARN": "arn",
            "Status": "Deployed",
            "LastModifiedTime": datetime.now(UTC),
            "DomainName": "d1.cloudfront.net",
            "Origins": {"Quantity": 1, "Items": [{"Id": "x", "DomainName": "x.example.org"}]},
            "DefaultCacheBehavior": {"TargetOriginId": "x", "ViewerProtocolPolicy": "https-only"},
            "CacheBehaviors": {"Quantity": 0},
            "CustomErrorResponses": {"Quantity": 0},
            "Comment": "",
            "PriceClass": "PriceClass_100",
            "Enabled": True,
            "ViewerCertificate": {},
            "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
            "WebACLId": "",
            "HttpVersion": "http2",
            "IsIPV6Enabled": True,
            "Staging": False,
            "Id": each["Id"],
            "Aliases": {"Quantity": len(names), "Items": names},
        }
        for each, names in zip(items, aliases, strict=True)
    ]
    listed = {
        "Marker": "",
        "MaxItems": 100,
        "IsTruncated": False,
        "Quantity": len(items),
        "Items": complete,
    }
    return {"DistributionList": listed}


def test_whether_a_new_account_may_have_a_distribution_cannot_be_seen(account: Build) -> None:
    answers = [("cloudfront", "list_distributions", distributions()), *no_stacks(account)]
    (finding,) = checks.cloudfront(account({}, *answers))
    assert finding.level is Level.UNSEEN
    assert "open a case now" in finding.action


@pytest.mark.parametrize(
    ("name", "expected"), [(DOMAIN, [Level.FIX, Level.OK]), ("x.org", [Level.OK])]
)
def test_a_domain_that_another_distribution_has_is_found(
    account: Build, name: str, expected: list[Level]
) -> None:
    listed = distributions({"Id": "E1", "Aliases": {"Items": [name]}})
    answers = [("cloudfront", "list_distributions", listed), *no_stacks(account)]
    found = list(checks.cloudfront(account(WITH_DOMAIN, *answers)))
    assert [each.level for each in found] == expected


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ({"Status": "ISSUED", "DomainName": DOMAIN}, ["issued"]),
        ({"Status": "ISSUED", "DomainName": "*.example.gov.uk"}, ["issued"]),
        ({"Status": "PENDING_VALIDATION", "DomainName": DOMAIN}, ["not issued yet"]),
        ({"Status": "EXPIRED", "DomainName": DOMAIN}, ["it is EXPIRED"]),
        ({"Status": "ISSUED", "DomainName": "*.gov.uk"}, ["and not for beds.example.gov.uk"]),
        (
            {"Status": "ISSUED", "DomainName": DOMAIN, "KeyAlgorithm": "EC_secp521r1"},
            ["does not take its key"],
        ),
        ("ResourceNotFoundException", ["no certificate"]),
    ],
)
def test_the_certificate_must_be_issued_for_the_domain(
    account: Build, detail: Any, expected: list[str]
) -> None:
    answer = {"Certificate": detail} if isinstance(detail, dict) else detail
    target = account(WITH_DOMAIN, ("acm/us-east-1", "describe_certificate", answer))
    found = list(checks.certificate(target))
    assert len(found) == len(expected)
    for finding, words in zip(found, expected, strict=True):
        assert words in finding.state
        assert finding.level is (Level.OK if words == "issued" else Level.FIX)


def test_an_asterisk_stands_for_one_label() -> None:
    assert checks.covers("beds.example.gov.uk", ["*.example.gov.uk"])
    assert not checks.covers("a.beds.example.gov.uk", ["*.example.gov.uk"])
    assert not checks.covers("example.gov.uk", ["*.example.gov.uk"])
    assert not checks.covers("", [""][:0])


@pytest.mark.parametrize(("pool", "expected"), [(None, Level.OK), ("eu-west-2_old", Level.FIX)])
def test_the_sign_in_address_must_be_free(
    account: Build, pool: str | None, expected: Level
) -> None:
    taken = {"DomainDescription": {"UserPoolId": pool} if pool else {}}
    answers = [("cognito-idp", "describe_user_pool_domain", taken), *no_stacks(account)]
    (finding,) = checks.sign_in_address(account({}, *answers))
    assert finding.level is expected
    assert f"bedboard-devon-{ACCOUNT}" in finding.state


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("AWSOrganizationsNotInUseException", Level.OK),
        ({"Organization": {"MasterAccountId": ACCOUNT}}, Level.OK),
        ({"Organization": {"MasterAccountId": "210987654321"}}, Level.ASK),
    ],
)
def test_a_member_of_an_organisation_asks_whether_it_may_have_a_budget(
    account: Build, answer: Any, expected: Level
) -> None:
    settings = {"monthly_budget_usd": 25, "alarm_email": "us@example.gov.uk"}
    target = account(settings, ("organizations", "describe_organization", answer))
    (finding,) = checks.organisation(target)
    assert finding.level is expected
