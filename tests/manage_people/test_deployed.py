"""In the deployed stack, an invited person signs in and acts, until they are disabled."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import boto3
import httpx
import pytest

from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from tests.support.builders import save, unposted

PASSWORD = "Of-their-own-choice-1"
HOME = "1-7700000001"
COUNTS = {"maximum_capacity": 2, "occupied": 1, "reserved": 0, "accepting": 1, "not_available": 0}

_numbers = count(1)


@pytest.fixture
def council(stack: LocalStack) -> Iterator[httpx.Client]:
    """Return a client signed in as an officer of the council."""
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    with httpx.Client(base_url=stack.api_url, headers=headers, timeout=30) as client:
        yield client


def everyone(council: httpx.Client, **filters: Any) -> list[dict[str, Any]]:
    """Return the people that a search finds, of all its pages."""
    search: dict[str, Any] = {**filters}
    people: list[dict[str, Any]] = []
    while True:
        page = council.post("/people/search", json=search).raise_for_status().json()
        people += page["people"]
        if page["after"] is None:
            return people
        search["after"] = page["after"]


def address() -> str:
    return f"invited-{next(_numbers)}@people.example.org"


def signed_in(stack: LocalStack, email: str) -> str:
    """Return an access token, after the person has set their own password."""
    pool = boto3.client("cognito-idp", **stack.connection)
    pool_id = stack.user_pool_id
    pool.admin_set_user_password(
        UserPoolId=pool_id, Username=email, Password=PASSWORD, Permanent=True
    )
    response = pool.admin_initiate_auth(
        UserPoolId=pool_id,
        ClientId=stack.client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": PASSWORD},
    )
    return response["AuthenticationResult"]["AccessToken"]


def post(stack: LocalStack, bearer: str) -> int:
    """Post vacancies, and return the status."""
    return httpx.put(
        f"{stack.api_url}/homes/{HOME}/vacancies",
        headers={"Authorization": f"Bearer {bearer}"},
        json={"beds": {"transitional": COUNTS}},
        timeout=30,
    ).status_code


def test_an_invited_person_acts_in_their_role_until_it_is_removed(
    stack: LocalStack, council: httpx.Client
) -> None:
    save(table_of(stack), unposted(HOME))
    email, role = address(), f"home:{HOME}"
    response = council.post("/people", json={"email": email, "role": role})
    assert response.status_code == 201
    person: dict[str, Any] = response.json()
    assert person["state"] == "waiting"
    assert person["roles"] == [{"role": role, "home": "Larkrise House"}]
    assert post(stack, signed_in(stack, email)) == 200
    found = council.post("/people/search", json={"email_begins": email}).json()["people"]
    assert [(each["person_id"], each["state"]) for each in found] == [
        (person["person_id"], "active")
    ]
    path = f"/people/{person['person_id']}"
    assert council.delete(f"{path}/roles/{role}").json()["roles"] == []
    assert post(stack, signed_in(stack, email)) == 403
    assert council.put(f"{path}/roles/team:a-team").status_code == 200
    assert council.post("/people/search", json={"role": "team:a-team"}).json()["people"]
    assert council.patch(path, json={"enabled": False}).json()["state"] == "disabled"
    with pytest.raises(Exception, match="NotAuthorized"):
        signed_in(stack, email)
    assert council.patch(path, json={"enabled": True}).status_code == 200
    assert signed_in(stack, email)


def test_an_invitation_can_be_sent_again(council: httpx.Client) -> None:
    person = council.post("/people", json={"email": address(), "role": "council"}).json()
    path = f"/people/{person['person_id']}"
    assert council.post(f"{path}/invitation").status_code == 200
    waiting = everyone(council, waiting=True)
    assert person["person_id"] in {each["person_id"] for each in waiting}
    assert {each["state"] for each in waiting} == {"waiting"}
    assert council.delete(f"{path}/roles/council").status_code == 200


def test_the_caller_has_the_same_id_as_in_the_pool(
    stack: LocalStack, council: httpx.Client
) -> None:
    officers = everyone(council, role="council")
    (me,) = (each for each in officers if each["email"] == "council@example.org")
    response = council.patch(f"/people/{me['person_id']}", json={"enabled": False})
    assert response.status_code == 409
    assert "disable yourself" in response.json()["detail"]


def test_staff_of_a_home_cannot_manage_people(stack: LocalStack) -> None:
    headers = {"Authorization": f"Bearer {token(stack, [f'home:{HOME}'])}"}
    response = httpx.post(f"{stack.api_url}/people/search", headers=headers, json={}, timeout=30)
    assert response.status_code == 403
