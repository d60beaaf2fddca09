"""How the API knows that a request came through the stack's own distribution.

CloudFront sends the header to the origin, in place of what a client may have sent under its name.
Its value is the end of the stack's own ARN, which nobody outside the account is told: so it needs
no secret that costs money, and a stack that is made again has another. A deployment prints it, so
the workflows leave it out of their logs.
"""

from typing import Final

from aws_cdk import Aws, Fn

HEADER: Final = "bedboard-distribution"
"""The header, as `shared.http.request` reads it."""


def distribution_proof() -> str:
    """Return the header's value, which CloudFormation fills in."""
    return Fn.select(2, Fn.split("/", Aws.STACK_ID))
