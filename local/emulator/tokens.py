"""Bearer tokens of a local stack's own user pool, for callers that the pool then knows."""

import contextlib
import re
import secrets
from collections.abc import Collection
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import boto3

from local.emulator.stack import LocalStack
from local.site.sign_in import sign_in_by_code

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

_LONGEST_LOCAL_PART: Final = 64
_TRIES: Final = 5


def token(stack: LocalStack, groups: Collection[str]) -> str:
    """An access token of the one (fictional) person who is in exactly these groups.

    `home:1-1000587219`, `team:exeter-discharge`, `council`; none at all is fine, too.
    """
    pool = boto3.client("cognito-idp", **stack.connection)
    username = user_of(groups)
    add_user(pool, stack.user_pool_id, username, groups)
    for _ in range(_TRIES):
        # Nobody needs to know it again; what the pool's policy asks for is at its end.
        password = f"{secrets.token_urlsafe(24)}aA1!"
        pool.admin_set_user_password(
            UserPoolId=stack.user_pool_id, Username=username, Password=password, Permanent=True
        )
        # Somebody else who asks for the same person may have set another in between.
        with contextlib.suppress(pool.exceptions.NotAuthorizedException):
            try:
                answer = pool.admin_initiate_auth(
                    UserPoolId=stack.user_pool_id,
                    ClientId=stack.client_id,
                    AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                    AuthParameters={"USERNAME": username, "PASSWORD": password},
                )
            except pool.exceptions.InvalidParameterException:  # a council's as it goes to AWS
                return sign_in_by_code(stack, username, password)
            return answer["AuthenticationResult"]["AccessToken"]
    raise RuntimeError(f"{username} could not sign in")


def user_of(groups: Collection[str]) -> str:
    """The address that the person in these groups signs in with: the same every time."""
    named = re.sub(r"[^a-z0-9-]+", ".", " ".join(sorted(groups)).lower()) or "nobody"
    if len(named) > _LONGEST_LOCAL_PART:
        named = sha256(named.encode()).hexdigest()
    return f"{named}@example.org"


def add_user(
    pool: "CognitoIdentityProviderClient", pool_id: str, username: str, groups: Collection[str]
) -> None:
    with contextlib.suppress(pool.exceptions.UsernameExistsException):
        pool.admin_create_user(
            UserPoolId=pool_id,
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": username},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
    for group in groups:
        with contextlib.suppress(pool.exceptions.GroupExistsException):
            pool.create_group(UserPoolId=pool_id, GroupName=group)
        pool.admin_add_user_to_group(UserPoolId=pool_id, Username=username, GroupName=group)
