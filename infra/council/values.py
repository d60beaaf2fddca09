"""The kinds of value in a council's settings, as patterns and types."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, StringConstraints

from infra.council.stack_names import SUFFIXES

LogRetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
]  # fmt: skip
"""The retention periods of CloudWatch Logs, without "for ever": what must be kept is in the table's
change log."""

ONE_LINE: Final = r"^[^\x00-\x1f\x7f]{0,200}$"

EMAIL: Final = r"^([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+)?$"

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]

BOUNDARY: Final = r"^(arn:aws:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+)?$"

# The origin goes into the pages' security policy, so the address must hold nothing else.
ISSUER: Final = r"^(https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?)?$"

PAGE: Final = r"^(https://[a-z0-9-]+(\.[a-z0-9-]+)+/[\x21-\x7e]{0,300})?$"

SCOPE: Final = r"^openid( [\x21\x23-\x5b\x5d-\x7e]{1,200}){0,9}$"
"""RFC 6749, appendix A.4, starting with the scope that OpenID Connect requires."""

CLIENT: Final = r"^[\x21-\x7e]{0,200}$"

CLAIM: Final = r"^[A-Za-z0-9_:./-]{0,200}$"


def _check_sender_id(text: str) -> str:
    if text and not (3 <= len(text) <= 11 and text.isascii() and text.isalnum()):
        raise ValueError(f"'{text}' is not 3 to 11 letters and digits")
    if text.isdigit():
        raise ValueError(f"'{text}' has no letter, so that phones would take it for a number")
    return text


SmsSenderId = Annotated[str, AfterValidator(_check_sender_id)]
"""What phones show as the sender of a text; SNS takes up to 11 characters."""


def _check_slug(slug: str) -> str:
    if slug.endswith(SUFFIXES):
        raise ValueError(f"'{slug}' ends like the name of another council's stack")
    for word in ("aws", "amazon", "cognito"):
        if word in slug:
            raise ValueError(f"AWS does not allow '{word}' in a sign-in address")
    return slug


Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,28}[a-z0-9]$"),
    AfterValidator(_check_slug),
]


def _check_address(url: str) -> str:
    if not url.startswith(("https://", "http://localhost:", "http://localhost/")):
        raise ValueError(f"'{url}' is not encrypted")
    return url


Address = Annotated[str, AfterValidator(_check_address)]
