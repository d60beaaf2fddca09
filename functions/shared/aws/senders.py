"""Send emails and texts from the council's own sender, each at most once."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from shared.aws import clients
from shared.aws.settings import settings

if TYPE_CHECKING:
    from types_boto3_sesv2 import SESV2Client
    from types_boto3_sns import SNSClient
    from types_boto3_sns.type_defs import MessageAttributeValueTypeDef


class Email(NamedTuple):
    """An email in plain text."""

    subject: str
    text: str
    headers: Mapping[str, str]


class NotSentError(Exception):
    """The provider refused a message, for a reason that will not pass by itself."""


@dataclass(frozen=True, slots=True)
class Emails:
    """The emails of one stack, sent by SES."""

    client: "SESV2Client"
    sender: str
    """The address that they come from; the empty string where the council sends none."""
    configuration_set: str
    """Has SES report the emails that bounce, with their tags."""

    def send(self, address: str, email: Email, tags: Mapping[str, str]) -> str:
        """Send an email and return SES's id of it. Raises NotSentError, BusyError."""
        response = clients.call(
            "Email",
            lambda: self.client.send_email(
                FromEmailAddress=f"{_NAME} <{self.sender}>",
                Destination={"ToAddresses": [address]},
                Content={
                    "Simple": {
                        "Subject": {"Data": email.subject, "Charset": "UTF-8"},
                        "Body": {"Text": {"Data": email.text, "Charset": "UTF-8"}},
                        "Headers": [
                            {"Name": name, "Value": value}
                            for name, value in {**_AUTOMATIC, **email.headers}.items()
                        ],
                    }
                },
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
                ConfigurationSetName=self.configuration_set,
            ),
            _refused,
            is_personal=True,
        )
        return response["MessageId"]


@dataclass(frozen=True, slots=True)
class Texts:
    """The text messages of one stack, sent by SNS."""

    client: "SNSClient"
    sender_id: str
    """What a phone shows as their sender; the empty string where the council sends none."""

    def is_opted_out(self, number: str) -> bool:
        """Tell whether the phone's owner stopped this account's texts. Raises BusyError."""
        response = clients.call(
            "Texts",
            lambda: self.client.check_if_phone_number_is_opted_out(phoneNumber=number),
            _refused,
            is_personal=True,
        )
        return response["isOptedOut"]

    def send(self, number: str, text: str) -> str:
        """Send a text and return SNS's id of it. Raises NotSentError, BusyError."""
        response = clients.call(
            "Texts",
            lambda: self.client.publish(
                PhoneNumber=number,
                Message=text,
                MessageAttributes={
                    # Without it a text is marketing, which networks may drop or hold up.
                    "AWS.SNS.SMS.SMSType": _string("Transactional"),
                    "AWS.SNS.SMS.SenderID": _string(self.sender_id),
                },
            ),
            _refused,
            is_personal=True,
        )
        return response["MessageId"]


_NAME: Final = "Bedboard"

_AUTOMATIC: Final = {"Auto-Submitted": "auto-generated"}
"""So that no mailbox answers with "out of office" (RFC 3834)."""


def _string(value: str) -> "MessageAttributeValueTypeDef":
    return {"DataType": "String", "StringValue": value}


def _refused(response: clients.ErrorResponse) -> NotSentError:
    return NotSentError(clients.error_code(response))


@functools.cache
def emails() -> Emails:
    """Return the emails of the stack that this function belongs to."""
    return Emails(
        clients.on_first_use(clients.ses), settings().email_from, settings().email_configuration_set
    )


@functools.cache
def texts() -> Texts:
    """Return the texts of the stack that this function belongs to."""
    return Texts(clients.on_first_use(clients.sns_for_texts), settings().sms_sender_id)
