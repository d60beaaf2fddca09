"""Who needs a second step, by the council's setting, and who has one, by the user pool."""

import functools
import logging
import os
from typing import TYPE_CHECKING

from shared.aws import clients
from shared.http.roles import COUNCIL

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

_logger = logging.getLogger(__name__)


def required_here(group: str) -> bool:
    """Tell whether this stack's council requires a second step of the members of this group."""
    required_for = os.environ["SECOND_STEP_FOR"]
    return required_for == "everyone" or (required_for == "council" and group == COUNCIL)


def has_second_step(pool_id: str, username: str) -> bool:
    """Tell whether the person signs in with a second step; False where the pool does not say.

    Cognito asks for the second step before this. A renewal may be of a sign-in from before the
    person had one: the page that sets it up therefore signs them out everywhere.
    """
    try:
        person = clients.call(
            "Cognito",
            lambda: _client().admin_get_user(UserPoolId=pool_id, Username=username),
            is_personal=True,
        )
    except Exception:  # whatever it is, the person signs in, without the roles
        _logger.exception("second step unknown: roles withheld", extra={"person": username})
        return False
    return bool(person.get("UserMFASettingList"))


@functools.cache
def _client() -> "CognitoIdentityProviderClient":
    # Cognito waits five seconds for all of this.
    return clients.cognito(read_timeout=1, attempts=2)
