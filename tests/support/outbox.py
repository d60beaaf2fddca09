"""What a function sends to people through moto's SES and SNS, so that a test can read it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import ClientError

from shared.aws import clients
from shared.aws.address_key import AddressKey
from shared.aws.senders import Emails, Texts

if TYPE_CHECKING:
    from types_boto3_sesv2 import SESV2Client

SENDER = "bedboard@beds.example.org"
CONFIGURATION_SET = "bedboard-test"
SENDER_ID = "Bedboard"

Before = Callable[[str], None]
"""Called with the recipient before each send; may raise what the provider would."""


class SentEmail(NamedTuple):
    """An email that SES accepted."""

    address: str
    subject: str
    text: str
    headers: dict[str, str]
    tags: dict[str, str]
    sender: str

    @property
    def tokens(self) -> list[str]:
        """The tokens of the links in its text."""
        return re.findall(r"/messages\.html#([A-Za-z0-9_-]{22})", self.text)


POSTING_LINK = re.compile(r"/y#([A-Za-z0-9_-]{22})")
"""The token of a link that posts, in a message."""


class SentText(NamedTuple):
    """A text that SNS accepted."""

    number: str
    text: str
    attributes: dict[str, str]

    @property
    def code(self) -> str:
        """The six digits in it."""
        codes: list[str] = re.findall(r"\b[0-9]{6}\b", self.text)
        return codes[0]


def provider_error(code: str, status: int = 400) -> ClientError:
    """Return what a provider answers; its message repeats an address, as theirs do."""
    response: Any = {
        "Error": {"Code": code, "Message": "refused: ward.7@example.nhs.uk +447700900123"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "Send")


@dataclass
class Outbox:
    """A stack's senders, and everything that they sent."""

    emails_sent: list[SentEmail] = field(default_factory=list)
    texts_sent: list[SentText] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    before: Before = lambda _recipient: None
    after: Before = lambda _recipient: None

    def __post_init__(self) -> None:
        ses = clients.on_first_use(_ses_that_knows_the_sender)
        sns = clients.on_first_use(clients.sns_for_texts)
        self.emails = Emails(_Ses(self, ses), SENDER, CONFIGURATION_SET)  # type: ignore[arg-type]  # a stand-in
        self.texts = Texts(_Sns(self, sns), SENDER_ID)  # type: ignore[arg-type]  # a stand-in

    @property
    def recipients(self) -> list[str]:
        """Everyone who was sent something, in order of the two lists."""
        return [
            *(each.address for each in self.emails_sent),
            *(each.number for each in self.texts_sent),
        ]

    def clear(self) -> None:
        """Forget what was sent so far."""
        self.emails_sent.clear()
        self.texts_sent.clear()


def new_key() -> AddressKey:
    """Create a key in moto."""
    kms = clients.kms()
    return AddressKey(kms, kms.create_key()["KeyMetadata"]["Arn"])


def _ses_that_knows_the_sender() -> "SESV2Client":
    ses = clients.ses()
    ses.create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    ses.create_configuration_set(ConfigurationSetName=CONFIGURATION_SET)
    return ses


class _Ses:
    def __init__(self, outbox: Outbox, client: Any) -> None:
        self._outbox, self._client = outbox, client

    def send_email(self, **request: Any) -> Any:
        (address,) = request["Destination"]["ToAddresses"]
        self._outbox.before(address)
        response = self._client.send_email(**request)
        content = request["Content"]["Simple"]
        self._outbox.emails_sent.append(
            SentEmail(
                address,
                content["Subject"]["Data"],
                content["Body"]["Text"]["Data"],
                {each["Name"]: each["Value"] for each in content["Headers"]},
                {each["Name"]: each["Value"] for each in request["EmailTags"]},
                request["FromEmailAddress"],
            )
        )
        self._outbox.after(address)
        return response


class _Sns:
    def __init__(self, outbox: Outbox, client: Any) -> None:
        self._outbox, self._client = outbox, client

    def check_if_phone_number_is_opted_out(self, **request: Any) -> Any:
        response = self._client.check_if_phone_number_is_opted_out(**request)
        is_opted_out = request["phoneNumber"] in self._outbox.opted_out
        return {**response, "isOptedOut": is_opted_out or response["isOptedOut"]}

    def publish(self, **request: Any) -> Any:
        number = request["PhoneNumber"]
        self._outbox.before(number)
        response = self._client.publish(**request)
        attributes = request["MessageAttributes"]
        self._outbox.texts_sent.append(
            SentText(
                number,
                request["Message"],
                {name: each["StringValue"] for name, each in attributes.items()},
            )
        )
        self._outbox.after(number)
        return response
