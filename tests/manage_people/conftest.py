"""The stack's user pool, empty but for one officer of the council, in moto."""

import contextlib
from typing import Any, ClassVar

import boto3
import pytest
from joserfc import jwk
from moto.utilities.utils import load_resource

from manage_people import handler as manage_people
from shared.aws.user_pool import UserPool
from shared.store.table import Table


class World:
    """People in the pool, made as an operator makes them."""

    calling: ClassVar = ""
    """Id of the officer of the test that is running."""

    def __init__(self, pool: UserPool) -> None:
        self.pool = pool
        self.officer = World.calling = self.add("officer@example.org", "council")

    def add(self, email: str, *groups: str, waiting: bool = False) -> str:
        """Somebody in these groups; their id."""
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
    monkeypatch.setattr(manage_people, "stack_pool", pool)
    return World(pool)
