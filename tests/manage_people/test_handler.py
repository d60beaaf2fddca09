"""The manage_people function: people and roles, and a council that cannot lock itself out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from shared.aws.telemetry import logger
from shared.aws.user_pool import PAGE_SIZE, UserPool
from shared.domain.vocabulary import Registration
from shared.store.table import Table
from tests.manage_people.conftest import World
from tests.support import pasted, traces
from tests.support.api_events import ApiResponse, call
from tests.support.builders import REGISTER, home, save, unposted
from tests.support.second_step import set_up_second_step

HOME = "1-9000000001"
CARER = f"home:{HOME}"
UNKNOWN_ID = "00000000-0000-4000-8000-000000000009"

ROUTES = [
    ("POST", "/people/search", {}),
    ("POST", "/people", {"email": "a@example.org", "role": "council"}),
    ("PATCH", f"/people/{UNKNOWN_ID}", {"enabled": False}),
    ("POST", f"/people/{UNKNOWN_ID}/invitation", None),
    ("PUT", f"/people/{UNKNOWN_ID}/roles/council", None),
    ("DELETE", f"/people/{UNKNOWN_ID}/roles/council", None),
    ("DELETE", f"/people/{UNKNOWN_ID}/second-step", None),
]


def ask(method: str, path: str, body: object = None, **more: Any) -> ApiResponse:
    return call(
        World.handler,
        method,
        path,
        **{"groups": "council", "body": body, "subject": World.calling, **more},
    )


def search(**filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask("POST", "/people/search", filters).body["people"]
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


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_an_idempotency_key_is_refused_because_no_response_is_saved(
    world: World, method: str, path: str, body: object
) -> None:
    response = ask(method, path, body, headers={"Idempotency-Key": "8c1f0000-0000"})
    assert response.status == 400
    assert world.count() == 1


@pytest.mark.parametrize(("method", "path", "body"), ROUTES[2:])
def test_an_unknown_person_is_not_found(world: World, method: str, path: str, body: object) -> None:
    assert ask(method, path, body).status == 404


def test_a_pasted_email_address_is_invited_and_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # moto would make another person of a second invitation.
    monkeypatch.setattr(UserPool, "invite_again", lambda *_: None)
    for text in pasted.EMAILS:
        response = invite(text)
        assert response.body["email"] == pasted.EMAIL, text
        assert [each["email"] for each in search(email_begins=text)] == [pasted.EMAIL], text
    assert world.count() == 2


@pytest.mark.parametrize("text", pasted.NOT_EMAILS)
def test_text_with_no_address_or_two_invites_nobody(world: World, text: str) -> None:
    response = invite(text)
    assert (response.status, response.fields) == (422, {"email"})
    assert world.count() == 1


def test_a_person_who_does_not_exist_is_not_found_whatever_else_is_wrong(world: World) -> None:
    assert ask("PATCH", f"/people/{UNKNOWN_ID}", {"enabled": "x"}).status == 404
    assert ask("PUT", f"/people/{UNKNOWN_ID}/roles/nonsense").status == 404
    assert ask("DELETE", f"/people/{UNKNOWN_ID}/roles/nonsense").status == 404


@pytest.mark.parametrize("person", ["officer@example.org", "x", "..", UNKNOWN_ID.upper()])
def test_an_email_address_in_a_url_finds_no_person(world: World, person: str) -> None:
    assert ask("PATCH", f"/people/{person}", {"enabled": True}).status == 404


def test_a_new_person_is_invited_with_their_first_role(table: Table, world: World) -> None:
    save(table, unposted(HOME))
    response = invite(" New.Carer@Example.org ", CARER)
    assert response.status == 201
    person_id = response.body["person_id"]
    assert response.body["email"] == "new.carer@example.org"
    assert response.body["state"] == "waiting"
    assert response.body["roles"] == [{"role": CARER, "home": "Larkrise House"}]
    assert world.groups(person_id) == {CARER}
    assert "example" not in person_id


@pytest.mark.parametrize("registration", [Registration.DORMANT, Registration.DEREGISTERED])
def test_a_role_at_a_home_that_no_search_shows_says_so(
    table: Table, world: World, registration: Registration
) -> None:
    save(table, home(HOME, register=replace(REGISTER, registration=registration)))
    assert invite("carer@example.org", CARER).body["roles"] == [
        {"role": CARER, "home": "Larkrise House", "registration": registration}
    ]


def test_a_known_address_gets_the_role_without_an_invitation(world: World) -> None:
    known = world.add("known@example.org", "team:exeter-discharge")
    response = invite("Known@example.org", "team:plymouth-discharge")
    assert response.status == 200
    assert response.body["person_id"] == known
    assert world.groups(known) == {"team:exeter-discharge", "team:plymouth-discharge"}
    assert invite("known@example.org", "team:plymouth-discharge").status == 200
    assert world.count() == 2


def test_a_second_invitation_of_a_waiting_person_is_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(UserPool, "invite_again", lambda _, person: sent.append(person.email))
    first = invite("new@example.org")
    second = invite("New@example.org", "team:plymouth-discharge")
    assert (first.status, second.status) == (201, 200)
    assert second.body["state"] == "waiting"
    assert sent == ["new@example.org"]
    for known in ("active@example.org", "disabled@example.org"):
        person_id = world.add(known)
        if known.startswith("disabled"):
            world.pool.disable(person_id)
        assert invite(known).status == 200
    assert sent == ["new@example.org"]


def test_a_repeat_completes_an_interrupted_invitation(
    world: World,
) -> None:
    world.start(failing(world.pool, "admin_add_user_to_group"))
    assert invite("new@example.org").status == 503
    world.start(world.pool)
    response = invite("new@example.org")
    assert response.status == 200
    assert world.groups(response.body["person_id"]) == {"team:exeter-discharge"}


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
def test_a_wrong_field_is_named_and_no_invitation_is_sent(
    world: World, body: object, field: str
) -> None:
    response = ask("POST", "/people", body)
    assert response.status == 422
    assert response.fields == {field}
    assert "a@" not in response.body["detail"]
    assert world.count() == 1


def test_adding_or_removing_a_role_twice_changes_nothing(table: Table, world: World) -> None:
    save(table, unposted(HOME))
    person = world.add("someone@example.org")
    for _ in range(2):
        response = ask("PUT", f"/people/{person}/roles/{CARER}")
        assert response.status == 200
        assert [each["role"] for each in response.body["roles"]] == [CARER]
    for _ in range(2):
        assert ask("DELETE", f"/people/{person}/roles/{CARER}").body["roles"] == []
    assert ask("DELETE", f"/people/{person}/roles/team:nobody-has-it").status == 200


def test_the_role_of_an_unknown_home_can_only_be_removed(
    world: World,
) -> None:
    person = world.add("someone@example.org", CARER)
    assert ask("PUT", f"/people/{person}/roles/home:1-9000000002").status == 422
    (found,) = search(role=CARER)
    assert found["roles"] == [{"role": CARER}]
    assert ask("DELETE", f"/people/{person}/roles/{CARER}").status == 200


def test_the_last_person_of_the_council_cannot_be_removed(world: World) -> None:
    world.add("waiting@example.org", "council", waiting=True)
    path = f"/people/{world.officer}/roles/council"
    response = ask("DELETE", path, subject=world.officer)
    assert response.status == 409
    assert world.groups(world.officer) == {"council"}
    world.add("second@example.org", "council")
    assert ask("DELETE", path, subject=world.officer).status == 200
    assert world.groups(world.officer) == set()


def test_a_person_cannot_disable_themselves(world: World) -> None:
    other = world.add("second@example.org", "council")
    mine = ask("PATCH", f"/people/{other}", {"enabled": False}, subject=other)
    assert mine.status == 409
    assert "disable yourself" in mine.body["detail"]
    assert ask("PATCH", f"/people/{other}", {"enabled": False}).status == 200
    (still,) = search(email_begins="officer")
    assert still["state"] == "active"


def test_the_council_resets_the_second_step_of_someone_who_lost_their_phone(world: World) -> None:
    person = world.add("lost.phone@example.org", "council")
    set_up_second_step(world.pool.client, world.pool.pool_id, person)
    assert [each["second_step"] for each in search(email_begins="lost")] == [True]
    for _ in range(2):
        response = ask("DELETE", f"/people/{person}/second-step")
        assert (response.status, response.body["second_step"]) == (200, False)
        assert [each["role"] for each in response.body["roles"]] == ["council"]


def test_a_second_step_is_reset_by_someone_else(world: World) -> None:
    response = ask("DELETE", f"/people/{world.officer}/second-step")
    assert response.status == 409
    assert "ask someone else" in response.body["detail"]


def test_only_the_log_says_who_reset_a_second_step(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = world.add("lost.phone@example.org")
    lines: list[dict[str, str]] = []
    monkeypatch.setattr(logger, "info", lambda message, **more: lines.append({message: "", **more}))
    ask("DELETE", f"/people/{person}/second-step")
    assert {"second step reset": "", "caller": world.officer, "person": person} in lines
    assert "lost.phone" not in str(lines)


def test_an_old_token_does_not_give_access_back(
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
    assert ask("POST", "/people/search", {}, subject=UNKNOWN_ID).status == 403


def test_two_people_cannot_disable_each_other_at_once(
    world: World,
) -> None:
    other = world.add("second@example.org", "council")
    client: Any = world.pool.client

    def meanwhile(method: str, arguments: dict[str, Any]) -> None:
        if method == "admin_disable_user":
            client.admin_disable_user(**{**arguments, "Username": world.officer})

    world.start(watched(world.pool, meanwhile))
    assert ask("PATCH", f"/people/{other}", {"enabled": False}).status == 409
    found = client.admin_get_user(UserPoolId=world.pool.pool_id, Username=other)
    assert found["Enabled"]


def test_two_people_cannot_remove_each_other_from_the_council_at_once(
    world: World,
) -> None:
    other = world.add("second@example.org", "council")
    client: Any = world.pool.client
    done: list[str] = []

    def meanwhile(method: str, arguments: dict[str, Any]) -> None:
        if method == "admin_remove_user_from_group" and not done:
            done.append(method)
            client.admin_remove_user_from_group(**{**arguments, "Username": world.officer})

    world.start(watched(world.pool, meanwhile))
    response = ask("DELETE", f"/people/{other}/roles/council", subject=world.officer)
    assert response.status == 409
    assert world.groups(other) == {"council"}


@pytest.mark.parametrize("how", ["disable", "remove"])
def test_of_two_officers_one_stays_though_there_is_a_third(world: World, how: str) -> None:
    other, _ = world.add("second@example.org", "council"), world.add("third@example.org", "council")
    client: Any = world.pool.client
    done: list[str] = []

    def meanwhile(method: str, arguments: dict[str, Any]) -> None:
        if method in {"admin_disable_user", "admin_remove_user_from_group"} and not done:
            done.append(method)
            getattr(client, method)(**{**arguments, "Username": world.officer})

    world.start(watched(world.pool, meanwhile))
    if how == "disable":
        response = ask("PATCH", f"/people/{other}", {"enabled": False}, subject=world.officer)
    else:
        response = ask("DELETE", f"/people/{other}/roles/council", subject=world.officer)
    assert response.status == 403
    assert client.admin_get_user(UserPoolId=world.pool.pool_id, Username=other)["Enabled"]
    assert world.groups(other) == {"council"}


def test_a_change_that_cannot_be_checked_is_undone(world: World) -> None:
    other = world.add("second@example.org", "council")
    disabled: list[str] = []

    def after(method: str, _arguments: dict[str, Any]) -> None:
        if method == "admin_disable_user":
            disabled.append(method)
        if method == "list_users_in_group" and disabled:
            raise ReadTimeoutError(endpoint_url="https://cognito")

    world.start(watched(world.pool, after))
    assert ask("PATCH", f"/people/{other}", {"enabled": False}).status == 503
    found = world.pool.client.admin_get_user(UserPoolId=world.pool.pool_id, Username=other)
    assert found["Enabled"]


def test_taking_a_role_nobody_has_never_gives_it(world: World) -> None:
    carer = world.add("carer@example.org", CARER)
    world.start(failing(world.pool, "admin_remove_user_from_group"))
    assert ask("DELETE", f"/people/{carer}/roles/council").status == 200
    assert world.groups(carer) == {CARER}


def test_a_disabled_person_can_be_enabled(world: World) -> None:
    person = world.add("someone@example.org")
    off = ask("PATCH", f"/people/{person}", {"enabled": False})
    assert off.body["state"] == "disabled"
    assert ask("PATCH", f"/people/{person}", {"enabled": False}).status == 200
    assert ask("PATCH", f"/people/{person}", {"enabled": True}).body["state"] == "active"


def test_only_a_person_who_has_not_signed_in_is_invited_again(
    world: World,
) -> None:
    waiting = world.add("waiting@example.org", waiting=True)
    requests: list[dict[str, Any]] = []

    def note(method: str, arguments: dict[str, Any]) -> None:
        if method == "admin_create_user":
            requests.append(arguments)

    world.start(watched(world.pool, note))
    assert ask("POST", f"/people/{waiting}/invitation").status == 200
    assert [each["MessageAction"] for each in requests] == ["RESEND"]
    assert ask("POST", f"/people/{world.officer}/invitation").status == 409


def test_people_are_listed_twenty_at_a_time(world: World) -> None:
    for number in range(PAGE_SIZE + 4):
        world.add(f"carer-{number}@example.org", CARER)
    for filters in ({}, {"role": CARER}, {"email_begins": "carer-"}):
        first = ask("POST", "/people/search", filters).body
        assert len(first["people"]) == PAGE_SIZE
        then = ask("POST", "/people/search", {**filters, "after": first["after"]}).body
        ids = {each["person_id"] for each in (*first["people"], *then["people"])}
        assert len(ids) == PAGE_SIZE + (5 if not filters else 4)
        assert then["after"] is None


def test_people_are_found_by_role_address_or_invitation(world: World) -> None:
    carer = world.add("a.carer@example.org", CARER)
    waiting = world.add("b.waiting@example.org", waiting=True)
    assert [each["person_id"] for each in search(role=CARER)] == [carer]
    assert search(role="home:1-9000000007") == []
    assert [each["person_id"] for each in search(email_begins="A.Car")] == [carer]
    assert [each["person_id"] for each in search(waiting=True)] == [waiting]


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"role": "x"}, "role"),
        ({"role": CARER, "waiting": True}, "role"),
        ({"email_begins": 'a" or email ^= "'}, "email_begins"),
        ({"email_begins": ""}, "email_begins"),
        ({"order": "email"}, "order"),
    ],
)
def test_a_wrong_filter_is_named(world: World, filters: dict[str, Any], field: str) -> None:
    response = ask("POST", "/people/search", filters)
    assert response.status == 422
    assert response.fields == {field}


def test_unknown_groups_are_ignored(world: World) -> None:
    world.add("someone@example.org", "administrators", "team:Not Ours")
    (found,) = search(email_begins="someone")
    assert found["roles"] == []


def test_every_change_is_logged_with_ids_and_without_addresses(
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
    assert "example.org" not in str(traces.items(table))


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
def test_an_error_of_cognito_does_not_repeat_the_address(
    world: World,
    caplog: pytest.LogCaptureFixture,
    code: str,
    status: int,
) -> None:
    world.start(failing(world.pool, "admin_create_user", code))
    response = invite("secret@example.org")
    assert response.status == status
    assert "secret" not in str(response.body)
    assert "secret" not in str([(vars(each), each.exc_info) for each in caplog.records])


def test_people_of_another_issuer_are_not_managed_here(
    world: World,
) -> None:
    world.start(replace(world.pool, pool_id=""))
    response = ask("POST", "/people/search", {})
    assert response.status == 409
    assert "issuer" in response.body["detail"]


def watched(pool: UserPool, seen: Callable[[str, dict[str, Any]], None]) -> UserPool:
    """Return the pool; `seen` is called before each request is sent."""

    class Watched:
        def __getattr__(self, name: str) -> Any:
            method = getattr(pool.client, name)

            def called(**arguments: Any) -> Any:
                seen(name, arguments)
                return method(**arguments)

            return called

    return replace(pool, client=Watched())  # type: ignore[arg-type]  # a stand-in


def failing(pool: UserPool, method: str, code: str = "") -> UserPool:
    """Return the pool; one request fails, with its arguments in the message, or times out."""

    def refuse(name: str, arguments: dict[str, Any]) -> None:
        if name == method and code:
            said = {"Error": {"Code": code, "Message": str(arguments)}}
            raise ClientError({**said, "ResponseMetadata": {"HTTPStatusCode": 400}}, name)  # type: ignore[typeddict-item]  # only what is read of it
        if name == method:
            raise ReadTimeoutError(endpoint_url="https://cognito")

    return watched(pool, refuse)
