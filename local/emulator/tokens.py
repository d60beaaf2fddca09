"""Bearer tokens of a local stack's user pool; the caller is created in the pool."""

import contextlib
import re
import secrets
from collections.abc import Collection
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import boto3

from local.emulator.stack import LocalStack
from local.site.sign_in import sign_in_by_code
from shared.aws.user_pool import UserPool
from shared.http.roles import COUNCIL

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import AuthenticationResultTypeTypeDef

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
                return sign_in_as_administrator(stack, username, password)["AccessToken"]
            except pool.exceptions.InvalidParameterException:  # as on AWS
                return sign_in_by_code(stack, username, password)
    raise RuntimeError(f"{username} could not sign in after {_TRIES} attempts")


def user_of(groups: Collection[str]) -> str:
    """Return the email address of the person in these groups: the same every time."""
    named = re.sub(r"[^a-z0-9-]+", ".", " ".join(sorted(groups)).lower()) or "nobody"
    if len(named) > _LONGEST_LOCAL_PART:
        named = sha256(named.encode()).hexdigest()
    return f"{named}@example.org"


def sign_in_as_administrator(
    stack: LocalStack, username: str, password: str
) -> "AuthenticationResultTypeTypeDef":
    """Sign the person in without a page, and return their tokens.

    Raises an error of the client where the stack is not for local use, or the password is wrong.
    """
    pool = boto3.client("cognito-idp", **stack.connection)
    ids: Any = {"UserPoolId": stack.user_pool_id, "ClientId": stack.client_id}
    answer = pool.admin_initiate_auth(
        **ids,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )
    if answer.get("ChallengeName") != "SOFTWARE_TOKEN_MFA":
        return answer["AuthenticationResult"]
    return pool.admin_respond_to_auth_challenge(
        **ids,
        ChallengeName="SOFTWARE_TOKEN_MFA",
        Session=answer["Session"],
        # The emulator takes any code of someone whose app it has not seen: see `add_person`.
        ChallengeResponses={"USERNAME": username, "SOFTWARE_TOKEN_MFA_CODE": "000000"},
    )["AuthenticationResult"]


def add_person(
    stack: LocalStack, email: str, groups: Collection[str], *, second_step: bool = True
) -> None:
    """Create the person, if the pool does not have them, and put them into the groups.

    An officer of the council counts as someone with a second step, without an app: on AWS nobody
    could do that. With `second_step=False` they have to set it up themselves.
    """
    client = boto3.client("cognito-idp", **stack.connection)
    pool = UserPool(client, stack.user_pool_id)
    person, _ = pool.add(email, send_invitation=False)
    for group in groups:
        pool.add_to_group(person.person_id, group)
    if second_step and COUNCIL in groups:
        client.admin_set_user_mfa_preference(
            UserPoolId=stack.user_pool_id,
            Username=person.person_id,
            SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
        )
