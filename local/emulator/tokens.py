"""Bearer tokens of a local stack's user pool; the caller is created in the pool."""

import contextlib
import re
import secrets
from collections.abc import Collection
from hashlib import sha256
from typing import Final

import boto3

from local.emulator.stack import LocalStack
from local.site.sign_in import sign_in_by_code
from shared.aws.user_pool import UserPool

_LONGEST_LOCAL_PART: Final = 64
_TRIES: Final = 5


def token(stack: LocalStack, groups: Collection[str]) -> str:
    """Return an access token of a fictional person in exactly these groups.

    Groups are `home:1-1000587219`, `team:exeter-discharge` or `council`; there may be none. The
    same groups are always the same person.
    """
    pool = boto3.client("cognito-idp", **stack.connection)
    username = user_of(groups)
    add_person(stack, username, groups)
    for _ in range(_TRIES):
        # Used once; its end has the kinds of characters that the pool's policy requires.
        password = f"{secrets.token_urlsafe(24)}aA1!"
        pool.admin_set_user_password(
            UserPoolId=stack.user_pool_id, Username=username, Password=password, Permanent=True
        )
        # Another process may have set another password for the same person in between.
        with contextlib.suppress(pool.exceptions.NotAuthorizedException):
            try:
                answer = pool.admin_initiate_auth(
                    UserPoolId=stack.user_pool_id,
                    ClientId=stack.client_id,
                    AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                    AuthParameters={"USERNAME": username, "PASSWORD": password},
                )
            except pool.exceptions.InvalidParameterException:  # as on AWS
                return sign_in_by_code(stack, username, password)
            return answer["AuthenticationResult"]["AccessToken"]
    raise RuntimeError(f"{username} could not sign in after {_TRIES} attempts")


def user_of(groups: Collection[str]) -> str:
    """Return the email address of the person in these groups: the same every time."""
    named = re.sub(r"[^a-z0-9-]+", ".", " ".join(sorted(groups)).lower()) or "nobody"
    if len(named) > _LONGEST_LOCAL_PART:
        named = sha256(named.encode()).hexdigest()
    return f"{named}@example.org"


def add_person(stack: LocalStack, email: str, groups: Collection[str]) -> None:
    """Create the person, if the pool does not have them, and put them into the groups."""
    pool = UserPool(boto3.client("cognito-idp", **stack.connection), stack.user_pool_id)
    person, _ = pool.add(email, send_invitation=False)
    for group in groups:
        pool.add_to_group(person.person_id, group)
