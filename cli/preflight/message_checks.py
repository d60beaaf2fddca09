"""Checks of what the account may send: email by SES or Cognito, and text messages."""

from collections.abc import Iterator
from typing import Final

from cli.preflight.account import Account
from cli.preflight.finding import Finding, advice, ask, fix, ok
from cli.preflight.service_checks import SOME_DAYS

LEAST_SPEND_USD: Final = 10
_A_DAY: Final = "AWS answers within about a day; allow a week where it asks back"


def mail_account(account: Account) -> Iterator[Finding]:
    """Check that Amazon SES may send to everyone."""
    ses = account.client("sesv2").get_account()
    if not ses.get("SendingEnabled", True) or ses.get("EnforcementStatus") == "SHUTDOWN":
        yield fix("email", "AWS stopped this account's email", "open a case with AWS", _A_DAY)
        return
    if not ses.get("ProductionAccessEnabled"):
        review = ses.get("Details", {}).get("ReviewDetails", {}).get("Status", "not asked for")
        yield ask(
            "email",
            f"SES is in its sandbox in {account.council.region}: it sends only to addresses that"
            f" are verified themselves (production access: {review.lower()})",
            "SES, Account dashboard, Request production access: transactional mail to staff of"
            " care homes and hospitals whom the council invites",
            _A_DAY,
        )
        return
    most = ses.get("SendQuota", {}).get("Max24HourSend", 0)
    yield ok("email", f"SES may send to everyone, {most:.0f} emails a day")


def mail_identity(account: Account) -> Iterator[Finding]:
    """Check that SES may send in the name of the domain, and signs what it sends."""
    domain = account.council.email_from.partition("@")[2]
    client = account.client("sesv2")
    try:
        identity = client.get_email_identity(EmailIdentity=domain)
    except client.exceptions.NotFoundException:
        identity = {}
    if not identity.get("VerifiedForSendingStatus"):
        state = "is not verified" if identity else "is no identity"
        yield fix(
            "email",
            f"{domain} {state} in SES in {account.council.region}, so nobody can be invited",
            "SES, Identities: add the domain, and ask whoever runs its DNS for the three CNAME"
            " records that SES shows",
            "up to 72 hours after the records are there",
        )
        return
    dkim = identity.get("DkimAttributes", {})
    if dkim.get("Status") == "SUCCESS" and dkim.get("SigningEnabled"):
        yield ok("email", f"SES may send for {domain}, and signs it (DKIM)")
    else:
        yield advice(
            "email",
            f"SES may send for {domain}, and does not sign it (DKIM): hospitals may refuse it",
            "SES, Identities: switch on DKIM, and add its DNS records",
        )


def no_mail(account: Account) -> Iterator[Finding]:
    """Say what nobody gets without a sender of emails."""
    invitations = (
        ""
        if account.council.oidc_issuer
        else "; Cognito sends invitations and codes itself, a few dozen a day for the whole account"
    )
    yield advice(
        "email",
        f"nobody can get alerts or reminders by email{invitations}",
        "set email_from, with a domain that is verified in SES",
    )


def no_texts(_: Account) -> Iterator[Finding]:
    """Say that nobody gets texts without a sender of them."""
    yield advice(
        "texts",
        "nobody can get alerts or reminders by text message",
        "register a sender for the United Kingdom, which may take weeks, and set sms_sender_id",
    )


def sms_sandbox(account: Account) -> Iterator[Finding]:
    """Check that text messages reach numbers that nobody verified beforehand."""
    if account.client("sns").get_sms_sandbox_account_status()["IsInSandbox"]:
        yield ask(
            "texts",
            f"text messages are in their sandbox in {account.council.region}: they reach only"
            " numbers that were verified in the console (ten at most)",
            "SNS, Text messaging, Exit SMS sandbox: the United Kingdom, transactional, to staff who"
            " asked for them",
            _A_DAY,
        )
    else:
        yield ok("texts", "text messages reach every number")


def sms_settings(account: Account) -> Iterator[Finding]:
    """Check what may be spent on text messages, and that they count as important."""
    settings = account.client("sns").get_sms_attributes()["attributes"]
    if limit := settings.get("MonthlySpendLimit"):
        if float(limit) < LEAST_SPEND_USD:
            yield _low_spend(f"{float(limit):g}")
        else:
            yield ok("texts", f"{float(limit):g} USD may be spent on them in a month")
    if settings.get("DefaultSMSType", "Promotional") != "Transactional":
        yield advice(
            "texts",
            "the account's text messages count as advertising (DefaultSMSType) unless a message"
            " says otherwise",
            "aws sns set-sms-attributes --attributes DefaultSMSType=Transactional --region"
            f" {account.council.region}",
        )


def sms_spend(account: Account) -> Iterator[Finding]:
    """Check what AWS lets the account spend on text messages in a month."""
    limits = account.client("pinpoint-sms-voice-v2").describe_spend_limits()["SpendLimits"]
    for each in limits:
        if each["Name"] != "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT":
            continue
        if each["MaxLimit"] < LEAST_SPEND_USD:
            yield _low_spend(str(each["MaxLimit"]))
        else:
            yield ok("texts", f"AWS allows {each['MaxLimit']} USD a month for them")


def _low_spend(limit: str) -> Finding:
    return ask(
        "texts",
        f"only {limit} USD may be spent on text messages in a month, a few dozen of them",
        "Support Center, Service limit increase, SNS text messaging: what a month of alerts costs"
        " (docs/cost.md), then raise MonthlySpendLimit",
        SOME_DAYS,
    )


def sms_sender(account: Account) -> Iterator[Finding]:
    """Check whether the account has a name for the United Kingdom to send text messages from."""
    client = account.client("pinpoint-sms-voice-v2")
    filters = [{"Name": "iso-country-code", "Values": ["GB"]}]
    senders = [
        each
        for page in client.get_paginator("describe_sender_ids").paginate(Filters=filters)
        for each in page["SenderIds"]
    ]
    chosen = account.council.sms_sender_id
    registered = [each["SenderId"] for each in senders if each.get("Registered")]
    if chosen in registered:
        yield ok("texts", f"{chosen} is registered for the United Kingdom")
        return
    yield ask(
        "texts",
        f"{chosen} (sms_sender_id) is not registered for the United Kingdom; networks there may"
        " hold back texts from unknown senders",
        "End User Messaging SMS, Registrations: United Kingdom sender ID; then a resource policy"
        " that lets SNS use it",
        "networks decide too; allow some weeks",
    )
