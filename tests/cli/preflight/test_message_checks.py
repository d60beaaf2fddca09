"""Preflight says whether the account may send email and text messages, and to whom."""

from collections.abc import Callable
from typing import Any

import pytest

from cli.preflight import message_checks as checks
from cli.preflight.account import Account
from cli.preflight.finding import Level

Build = Callable[..., Account]
WITH_MAIL = {"email_from": "beds@example.gov.uk"}


@pytest.mark.parametrize(
    ("ses", "expected", "words"),
    [
        ({"ProductionAccessEnabled": True, "SendingEnabled": True}, Level.OK, "to everyone"),
        ({"ProductionAccessEnabled": False}, Level.ASK, "not asked for"),
        (
            {
                "ProductionAccessEnabled": False,
                "Details": {"ReviewDetails": {"Status": "PENDING", "CaseId": "1"}},
            },
            Level.ASK,
            "pending",
        ),
        ({"ProductionAccessEnabled": True, "SendingEnabled": False}, Level.FIX, "stopped"),
    ],
)
def test_the_sandbox_of_mail_is_asked_about(
    account: Build, ses: dict[str, Any], expected: Level, words: str
) -> None:
    (finding,) = checks.mail_account(account(WITH_MAIL, ("sesv2", "get_account", ses)))
    assert finding.level is expected
    assert words in finding.state


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ("NotFoundException", Level.FIX),
        ({"VerifiedForSendingStatus": False}, Level.FIX),
        ({"VerifiedForSendingStatus": True}, Level.ADVICE),
        (
            {
                "VerifiedForSendingStatus": True,
                "DkimAttributes": {"SigningEnabled": True, "Status": "SUCCESS"},
            },
            Level.OK,
        ),
    ],
)
def test_the_domain_of_the_sender_must_be_verified(
    account: Build, identity: Any, expected: Level
) -> None:
    target = account(WITH_MAIL, ("sesv2", "get_email_identity", identity))
    (finding,) = checks.mail_identity(target)
    assert finding.level is expected


@pytest.mark.parametrize(("sandbox", "expected"), [(True, Level.ASK), (False, Level.OK)])
def test_the_sandbox_of_texts_is_asked_about(
    account: Build, sandbox: bool, expected: Level
) -> None:
    answer = {"IsInSandbox": sandbox}
    target = account({}, ("sns", "get_sms_sandbox_account_status", answer))
    (finding,) = checks.sms_sandbox(target)
    assert finding.level is expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, [Level.ADVICE]),
        ({"DefaultSMSType": "Transactional", "MonthlySpendLimit": "1"}, [Level.ASK]),
        ({"DefaultSMSType": "Transactional", "MonthlySpendLimit": "50"}, [Level.OK]),
    ],
)
def test_the_settings_of_texts_are_read(
    account: Build, attributes: dict[str, str], expected: list[Level]
) -> None:
    target = account({}, ("sns", "get_sms_attributes", {"attributes": attributes}))
    assert [each.level for each in checks.sms_settings(target)] == expected


@pytest.mark.parametrize(("most", "expected"), [(1, Level.ASK), (100, Level.OK)])
def test_what_aws_lets_the_account_spend_is_read(
    account: Build, most: int, expected: Level
) -> None:
    limits = [
        {"Name": name, "EnforcedLimit": 1, "MaxLimit": most, "Overridden": False}
        for name in ("TEXT_MESSAGE_MONTHLY_SPEND_LIMIT", "VOICE_MESSAGE_MONTHLY_SPEND_LIMIT")
    ]
    answer = ("pinpoint-sms-voice-v2", "describe_spend_limits", {"SpendLimits": limits})
    (finding,) = checks.sms_spend(account({}, answer))
    assert finding.level is expected


@pytest.mark.parametrize(
    ("registered", "expected"), [(None, Level.ASK), (False, Level.ASK), (True, Level.OK)]
)
def test_the_name_that_texts_come_from_must_be_registered(
    account: Build, registered: bool | None, expected: Level
) -> None:
    sender = {
        "SenderIdArn": "arn",
        "SenderId": "Bedboard",
        "IsoCountryCode": "GB",
        "MessageTypes": ["TRANSACTIONAL"],
        "MonthlyLeasingPrice": "0",
        "DeletionProtectionEnabled": False,
        "Registered": bool(registered),
    }
    senders = {"SenderIds": [sender] if registered is not None else []}
    answer = ("pinpoint-sms-voice-v2", "describe_sender_ids", senders)
    (finding,) = checks.sms_sender(account({"sms_sender_id": "Bedboard"}, answer))
    assert finding.level is expected


def test_what_nobody_gets_without_a_sender_is_said(account: Build) -> None:
    (mail,) = checks.no_mail(account({}))
    assert mail.level is Level.ADVICE
    assert "nobody can get alerts" in mail.state
    assert "Cognito" in mail.state
    (texts,) = checks.no_texts(account({}))
    assert texts.level is Level.ADVICE
