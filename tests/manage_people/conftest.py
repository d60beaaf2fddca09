"""A user pool in moto, with one officer of the council."""

import contextlib
from typing import Any, ClassVar

import boto3
import pytest
from joserfc import jwk
from moto.utilities.utils import load_resource

from manage_people.handler import build
from shared.aws.user_pool import UserPool
from shared.http.response import LambdaHandler
from shared.store.table import Table


class World:
    """People in the pool, added as an operator adds them, and the function that manages them."""

    calling: ClassVar = ""
    """The id of the officer of the test that is running."""

    handler: ClassVar[LambdaHandler]
    """The function of the test that is running."""

    def __init__(self, table: Table, pool: UserPool) -> None:
        self.table, self.pool = table, pool
        self.start(pool)
        self.officer = World.calling = self.add("officer@example.org", "council")

    def start(self, pool: UserPool) -> None:
        """Start the function with this pool."""
        World.handler = staticmethod(build(table=self.table, pool=pool))

    def add(self, email: str, *groups: str, waiting: bool = False) -> str:
        """Add a person to these groups, and return their id."""
        of_pool = {"UserPoolId": self.pool.pool_id}
        client: Any = self.pool.client
        made = client.admin_create_user(**of_pool, Username=email, MessageAction="SUPPRESS")
        person_id: str = made["User"]["Username"]
        if not waiting:
            client.admin_set_user_password(
                **of_pool, Username=person_id, Password="Of-a-test-only-1", Permanent=True
            )
        for group in groups:
            with contextlib.suppress(client.exceptions.GroupExistsException):
                client.create_group(**of_pool, GroupName=group)
            client.admin_add_user_to_group(**of_pool, Username=person_id, GroupName=group)
        return person_id

    def groups(self, person_id: str) -> set[str]:
        found = self.pool.client.admin_list_groups_for_user(
            UserPoolId=self.pool.pool_id, Username=person_id
        )
        return {each["GroupName"] for each in found["Groups"]}

    def count(self) -> int:
        return len(self.pool.client.list_users(UserPoolId=self.pool.pool_id)["Users"])


@pytest.fixture(scope="session")
def signing_key() -> Any:
    """Read moto's signing key once: reading it takes longer than all else that a pool needs."""
    return jwk.RSAKey.import_key(load_resource("cognitoidp/resources/jwks-private.json"))


@pytest.fixture
def world(table: Table, monkeypatch: pytest.MonkeyPatch, signing_key: Any) -> World:
    monkeypatch.setattr(jwk.RSAKey, "import_key", lambda *_: signing_key)
    client = boto3.client("cognito-idp")
    made = client.create_user_pool(PoolName="people", UsernameAttributes=["email"])
    pool = UserPool(client, made["UserPool"]["Id"])
    return World(table, pool)
