"""A council adds people and says what they may do; nobody locks everybody out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from manage_people import handler as manage_people
from manage_people.handler import handler
from shared.aws.telemetry import logger
from shared.aws.user_pool import PAGE_SIZE, UserPool
from shared.store.table import Table
from tests.manage_people.conftest import World
from tests.support.api_events import ApiResponse, call
from tests.support.builders import save, unposted

HOME = "1-9000000001"
CARER = f"home:{HOME}"
NOBODY = "00000000-0000-4000-8000-000000000009"

ROUTES = [
    ("POST", "/people/search", {}),
    ("POST", "/people", {"email": "a@example.org", "role": "council"}),
    ("PATCH", f"/people/{NOBODY}", {"enabled": False}),
    ("POST", f"/people/{NOBODY}/invitation", None),
    ("PUT", f"/people/{NOBODY}/roles/council", None),
    ("DELETE", f"/people/{NOBODY}/roles/council", None),
]


def ask(method: str, path: str, body: object = None, **more: Any) -> ApiResponse:
    return call(
        handler,
        method,
        path,
        **{"groups": "council", "body": body, "subject": World.calling, **more},
    )


def search(**wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask("POST", "/people/search", wanted).body["people"]
    return found


def invite(email: str, role: str = "team:exeter-discharge") -> ApiResponse:
    return ask("POST", "/people", {"email": email, "role": role})


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), (CARER, 403), ("team:exeter-discharge", 403)],
)
def test_only_the_council_manages_people(
    world: World, method: str, path: str, body: object, groups: str | None, status: int
) -> None:
    assert ask(method, path, body, groups=groups).status == status
    assert world.count() == 1


@pytest.mark.parametrize(("method", "path", "body"), ROUTES[2:])
def test_who_is_not_there_is_not_found(world: World, method: str, path: str, body: object) -> None:
    assert ask(method, path, body).status == 404


@pytest.mark.parametrize("person", ["officer@example.org", "x", "..", NOBODY.upper()])
def test_nobody_is_found_by_an_address_in_a_url(world: World, person: str) -> None:
    assert ask("PATCH", f"/people/{person}", {"enabled": True}).status == 404


def test_a_new_person_is_invited_with_their_first_role(table: Table, world: World) -> None:
    save(table, unposted(HOME))
    answer = invite(" New.Carer@Example.org ", CARER)
    assert answer.status == 201
    person_id = answer.body["person_id"]
    assert answer.body["email"] == "new.carer@example.org"
    assert answer.body["state"] == "waiting"
    assert answer.body["roles"] == [{"role": CARER, "home": "Larkrise House"}]
    assert world.groups(person_id) == {CARER}
    assert "example" not in person_id


def test_a_known_address_just_gets_the_role(world: World) -> None:
    known = world.add("known@example.org", "team:exeter-discharge")
    answer = invite("Known@example.org", "team:plymouth-discharge")
    assert answer.status == 200
    assert answer.body["person_id"] == known
    assert world.groups(known) == {"team:exeter-discharge", "team:plymouth-discharge"}
    assert invite("known@example.org", "team:plymouth-discharge").status == 200
    assert world.count() == 2


def test_what_was_broken_off_after_the_invitation_is_finished_by_the_same_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(manage_people, "stack_pool", failing(world.pool, "admin_add_user_to_group"))
        assert invite("new@example.org").status == 503
    answer = invite("new@example.org")
    assert answer.status == 200
    assert world.groups(answer.body["person_id"]) == {"team:exeter-discharge"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "ward 7", "role": "council"}, "email"),
        ({"email": 'a"b@example.org', "role": "council"}, "email"),
        ({"email": "a@localhost", "role": "council"}, "email"),
        ({"email": "a@example.org", "role": "admin"}, "role"),
        ({"email": "a@example.org", "role": "team:"}, "role"),
        ({"email": "a@example.org", "role": "team:Exeter"}, "role"),
        ({"email": "a@example.org", "role": f"team:{'x' * 41}"}, "role"),
        ({"email": "a@example.org", "role": "home:x"}, "role"),
        ({"email": "a@example.org", "role": CARER}, "role"),
        ({"email": "a@example.org", "role": "council", "name": "A"}, "name"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_nobody_is_invited(
    world: World, body: object, field: str
) -> None:
    answer = ask("POST", "/people", body)
    assert answer.status == 422
    assert answer.fields == {field}
    assert "a@" not in answer.body["detail"]
    assert world.count() == 1


def test_roles_are_given_and_taken_and_doing_it_again_changes_nothing(
    table: Table, world: World
) -> None:
    save(table, unposted(HOME))
    person = world.add("somebody@example.org")
    for _ in range(2):
        answer = ask("PUT", f"/people/{person}/roles/{CARER}")
        assert answer.status == 200
        assert [each["role"] for each in answer.body["roles"]] == [CARER]
    for _ in range(2):
        assert ask("DELETE", f"/people/{person}/roles/{CARER}").body["roles"] == []
    assert ask("DELETE", f"/people/{person}/roles/team:nobody-has-it").status == 200


def test_the_role_of_a_home_that_is_not_there_cannot_be_given_but_can_be_taken(
    world: World,
) -> None:
    person = world.add("somebody@example.org", CARER)
    assert ask("PUT", f"/people/{person}/roles/home:1-9000000002").status == 422
    (found,) = search(role=CARER)
    assert found["roles"] == [{"role": CARER}]
    assert ask("DELETE", f"/people/{person}/roles/{CARER}").status == 200


def test_the_last_of_the_council_stays_of_the_council(world: World) -> None:
    world.add("waiting@example.org", "council", waiting=True)
    path = f"/people/{world.officer}/roles/council"
    answer = ask("DELETE", path, subject=world.officer)
    assert answer.status == 409
    assert world.groups(world.officer) == {"council"}
    world.add("second@example.org", "council")
    assert ask("DELETE", path, subject=world.officer).status == 200
    assert world.groups(world.officer) == set()


def test_nobody_disables_themselves(world: World) -> None:
    other = world.add("second@example.org", "council")
    mine = ask("PATCH", f"/people/{other}", {"enabled": False}, subject=other)
    assert mine.status == 409
    assert "themselves" in mine.body["detail"]
    assert ask("PATCH", f"/people/{other}", {"enabled": False}).status == 200
    (still,) = search(email_begins="officer")
    assert still["state"] == "active"


def test_who_was_disabled_or_lost_the_role_does_not_take_it_back_with_an_old_token(
    world: World,
) -> None:
    other = world.add("second@example.org", "council")
    path = f"/people/{other}"
    ask("DELETE", f"{path}/roles/council")
    assert ask("PUT", f"{path}/roles/council", subject=other).status == 403
    ask("PUT", f"{path}/roles/council")
    ask("PATCH", path, {"enabled": False})
    assert ask("PATCH", path, {"enabled": True}, subject=other).status == 403
    assert ask("POST", "/people/search", {}, subject=other).status == 403
    assert ask("POST", "/people/search", {}, subject=NOBODY).status == 403


def test_two_who_disable_each_other_at_once_do_not_both_get_their_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = world.add("second@example.org", "council")
    client: Any = world.pool.client

    def meanwhile(method: str, arguments: dict[str, Any]) -> None:
        if method == "admin_disable_user":
            client.admin_disable_user(**{**arguments, "Username": world.officer})

    monkeypatch.setattr(manage_people, "stack_pool", watched(world.pool, meanwhile))
    assert ask("PATCH", f"/people/{other}", {"enabled": False}).status == 409
    found = client.admin_get_user(UserPoolId=world.pool.pool_id, Username=other)
    assert found["Enabled"]


def test_two_who_take_the_council_from_each_other_at_once_do_not_both_get_their_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = world.add("second@example.org", "council")
    client: Any = world.pool.client
    done: list[str] = []

    def meanwhile(method: str, arguments: dict[str, Any]) -> None:
        if method == "admin_remove_user_from_group" and not done:
            done.append(method)
            client.admin_remove_user_from_group(**{**arguments, "Username": world.officer})

    monkeypatch.setattr(manage_people, "stack_pool", watched(world.pool, meanwhile))
    answer = ask("DELETE", f"/people/{other}/roles/council", subject=world.officer)
    assert answer.status == 409
    assert world.groups(other) == {"council"}


def test_somebody_disabled_can_be_let_in_again(world: World) -> None:
    person = world.add("somebody@example.org")
    off = ask("PATCH", f"/people/{person}", {"enabled": False})
    assert off.body["state"] == "disabled"
    assert ask("PATCH", f"/people/{person}", {"enabled": False}).status == 200
    assert ask("PATCH", f"/people/{person}", {"enabled": True}).body["state"] == "active"


def test_only_who_has_not_signed_in_is_invited_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = world.add("waiting@example.org", waiting=True)
    asked: list[dict[str, Any]] = []

    def note(method: str, arguments: dict[str, Any]) -> None:
        if method == "admin_create_user":
            asked.append(arguments)

    monkeypatch.setattr(manage_people, "stack_pool", watched(world.pool, note))
    assert ask("POST", f"/people/{waiting}/invitation").status == 200
    assert [each["MessageAction"] for each in asked] == ["RESEND"]
    assert ask("POST", f"/people/{world.officer}/invitation").status == 409


def test_people_are_listed_twenty_at_a_time(world: World) -> None:
    for number in range(PAGE_SIZE + 4):
        world.add(f"carer-{number}@example.org", CARER)
    for wanted in ({}, {"role": CARER}, {"email_begins": "carer-"}):
        first = ask("POST", "/people/search", wanted).body
        assert len(first["people"]) == PAGE_SIZE
        then = ask("POST", "/people/search", {**wanted, "after": first["after"]}).body
        ids = {each["person_id"] for each in (*first["people"], *then["people"])}
        assert len(ids) == PAGE_SIZE + (5 if not wanted else 4)
        assert then["after"] is None


def test_people_are_found_by_role_by_address_or_while_they_wait(world: World) -> None:
    carer = world.add("a.carer@example.org", CARER)
    waiting = world.add("b.waiting@example.org", waiting=True)
    assert [each["person_id"] for each in search(role=CARER)] == [carer]
    assert search(role="home:1-9000000007") == []
    assert [each["person_id"] for each in search(email_begins="A.Car")] == [carer]
    assert [each["person_id"] for each in search(waiting=True)] == [waiting]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"role": "x"}, "role"),
        ({"role": CARER, "waiting": True}, "role"),
        ({"email_begins": 'a" or email ^= "'}, "email_begins"),
        ({"email_begins": ""}, "email_begins"),
        ({"order": "email"}, "order"),
    ],
)
def test_a_search_that_cannot_be_is_refused(
    world: World, wanted: dict[str, Any], field: str
) -> None:
    answer = ask("POST", "/people/search", wanted)
    assert answer.status == 422
    assert answer.fields == {field}


def test_groups_that_are_none_of_bedboards_are_passed_over(world: World) -> None:
    world.add("somebody@example.org", "administrators", "team:Not Ours")
    (found,) = search(email_begins="somebody")
    assert found["roles"] == []


def test_every_change_is_told_to_the_log_by_ids_and_no_address_is(
    table: Table, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger.name)
    person = invite("new@example.org").body["person_id"]
    ask("PUT", f"/people/{person}/roles/council")
    ask("DELETE", f"/people/{person}/roles/council")
    ask("PATCH", f"/people/{person}", {"enabled": False})
    ask("PATCH", f"/people/{person}", {"enabled": True})
    ask("POST", f"/people/{person}/invitation")
    ask("POST", "/people", {"email": "ward 7@example.org", "role": "council"})
    lines = [vars(each) for each in caplog.records if "person" in vars(each)]
    assert [(each["message"], each.get("role")) for each in lines] == [
        ("person invited", None),
        ("role given", "team:exeter-discharge"),
        ("role given", "council"),
        ("role taken", "council"),
        ("disabled", None),
        ("enabled", None),
        ("person invited again", None),
    ]
    assert {each["person"] for each in lines} == {person}
    assert {each["caller"] for each in lines} == {world.officer}
    assert "example.org" not in str([vars(each) for each in caplog.records])
    assert "example.org" not in str(table.client.scan(TableName=table.name)["Items"])


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("TooManyRequestsException", 503),
        ("CodeDeliveryFailureException", 409),
        ("UnsupportedUserStateException", 409),
        ("LimitExceededException", 409),
        ("InvalidParameterException", 422),
        ("NotAuthorizedException", 500),
    ],
)
def test_what_cognito_refuses_is_said_without_the_address(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    code: str,
    status: int,
) -> None:
    monkeypatch.setattr(manage_people, "stack_pool", failing(world.pool, "admin_create_user", code))
    answer = invite("secret@example.org")
    assert answer.status == status
    assert "secret" not in str(answer.body)
    assert "secret" not in str([(vars(each), each.exc_info) for each in caplog.records])


def test_where_the_council_has_an_issuer_of_its_own_nobody_is_managed_here(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage_people, "stack_pool", replace(world.pool, pool_id=""))
    answer = ask("POST", "/people/search", {})
    assert answer.status == 409
    assert "issuer" in answer.body["detail"]


def watched(pool: UserPool, seen: Callable[[str, dict[str, Any]], None]) -> UserPool:
    """The pool, where something is told of each request before it is sent."""

    class Watched:
        def __getattr__(self, name: str) -> Any:
            method = getattr(pool.client, name)

            def called(**arguments: Any) -> Any:
                seen(name, arguments)
                return method(**arguments)

            return called

    return replace(pool, client=Watched())  # type: ignore[arg-type]


def failing(pool: UserPool, method: str, code: str = "") -> UserPool:
    """The pool, where one request is refused with the address in it, or not answered."""

    def refuse(name: str, arguments: dict[str, Any]) -> None:
        if name == method and code:
            said = {"Error": {"Code": code, "Message": str(arguments)}}
            raise ClientError({**said, "ResponseMetadata": {"HTTPStatusCode": 400}}, name)  # type: ignore[typeddict-item]
        if name == method:
            raise ReadTimeoutError(endpoint_url="https://cognito")

    return watched(pool, refuse)
