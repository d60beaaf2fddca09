"""People agree by themselves to get messages, and stop them by themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.aws.telemetry import logger
from shared.domain.documents import to_json
from shared.domain.invitations import MAX_INVITATIONS, MAX_INVITATIONS_A_DAY, WITHIN
from shared.domain.member import CODE_TRIES, REFUSAL_RETENTION, Owner, Protocol
from shared.store import keys
from shared.store.table import Table
from subscribe.address import Address
from subscribe.membership import Membership
from tests.subscribe.conftest import BuildSubscribe, Subscribe
from tests.support import traces
from tests.support.api_events import ApiResponse, call
from tests.support.fakes import ManualTime
from tests.support.outbox import Outbox, provider_error

EXETER, PLYMOUTH = "team:exeter-discharge", "team:plymouth-discharge"
WARD = {"protocol": "email", "address": "ward.7@example.nhs.uk"}
PHONE = {"protocol": "sms", "address": "07700 900123"}
UNKNOWN_TOKEN = "A" * 22


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


@pytest.fixture(autouse=True)
def started(build_subscribe: BuildSubscribe, membership: Membership, time: ManualTime) -> None:
    at_test_time = replace(membership, clock=time.clock())
    Subscribe.handler = staticmethod(build_subscribe(membership=at_test_time))


def ask(
    method: str, path: str, body: object = None, *, groups: str | None = EXETER, **more: Any
) -> ApiResponse:
    return call(Subscribe.handler, method, path, groups=groups, body=body, **more)


def add(body: dict[str, str], **more: Any) -> ApiResponse:
    return ask("POST", "/alerts/members", body, **more)


def listed(**more: Any) -> list[dict[str, Any]]:
    members: list[dict[str, Any]] = ask("GET", "/alerts/members", **more).body["members"]
    return members


def of_member(added: ApiResponse, action: str) -> str:
    return f"/alerts/members/{added.body['member_id']}/{action}"


def follow(path: str, token: str) -> ApiResponse:
    return ask("POST", path, {"token": token}, groups=None)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def remove(added: ApiResponse) -> None:
    assert ask("DELETE", f"/alerts/members/{added.body['member_id']}").status == 204


def is_secret(item: Any) -> bool:
    return bool(item[keys.PARTITION]["S"] == keys.STACK_SECRET)


def is_lasting(item: Any) -> bool:
    return keys.EXPIRES not in item and not is_secret(item)


def personal_items(table: Table) -> list[str]:
    partitions = (item[keys.PARTITION]["S"] for item in traces.items(table))
    return [each for each in partitions if each.startswith((keys.ADDRESS_PREFIX, keys.LINK_PREFIX))]


def test_someone_who_was_added_by_email_gets_a_link_and_agrees_with_it(outbox: Outbox) -> None:
    added = add(WARD)
    assert added.status == 201
    assert added.body["address"] == "w***@example.nhs.uk"
    assert added.body["state"] == "pending"
    (email,) = outbox.emails_sent
    assert email.address == "ward.7@example.nhs.uk"
    assert email.sender == "Bedboard <bedboard@beds.example.org>"
    assert "exeter-discharge" in email.text
    assert email.tags["member"] == added.body["member_id"]

    to_agree, _to_stop = email.tokens
    look = follow("/members/look", to_agree)
    assert look.body == {
        "purpose": "confirm",
        "team": "exeter-discharge",
        "address": "w***@example.nhs.uk",
        "protocol": "email",
        "state": "pending",
    }
    assert [each["state"] for each in listed()] == ["pending"]
    for _ in range(2):
        agreed = follow("/members/confirm", to_agree)
        assert (agreed.status, agreed.body["state"]) == (200, "confirmed")
    assert [each["state"] for each in listed()] == ["confirmed"]


def test_someone_who_was_added_by_text_gets_a_code_which_the_team_enters(outbox: Outbox) -> None:
    added = add(PHONE)
    assert added.body["address"] == "+44*******123"
    (text,) = outbox.texts_sent
    assert text.number == "+447700900123"
    assert text.attributes == {
        "AWS.SNS.SMS.SMSType": "Transactional",
        "AWS.SNS.SMS.SenderID": "Bedboard",
    }
    assert len(text.text) <= 160
    path = of_member(added, "code")
    refused = ask("POST", path, {"code": wrong(text.code)})
    assert (refused.status, refused.fields) == (422, {"code"})
    assert "tries left: 4" in refused.body["errors"][0]["detail"]
    for _ in range(2):
        entered = ask("POST", path, {"code": text.code})
        assert (entered.status, entered.body["state"]) == (200, "confirmed")


def test_a_code_cannot_be_guessed(outbox: Outbox) -> None:
    added = add(PHONE)
    code, path = outbox.texts_sent[0].code, of_member(added, "code")
    for _ in range(CODE_TRIES):
        assert ask("POST", path, {"code": wrong(code)}).status == 422
    assert ask("POST", path, {"code": code}).status == 409
    assert [each["state"] for each in listed()] == ["pending"]


def test_a_code_works_for_an_hour_and_then_another_is_sent(
    outbox: Outbox, time: ManualTime
) -> None:
    added = add(PHONE)
    path = of_member(added, "code")
    time.advance(timedelta(hours=1))
    assert ask("POST", path, {"code": outbox.texts_sent[0].code}).status == 409
    assert ask("POST", of_member(added, "invitation"), {}).status == 200
    first, second = outbox.texts_sent
    if first.code != second.code:
        assert ask("POST", path, {"code": first.code}).status == 422
    assert ask("POST", path, {"code": second.code}).status == 200


def test_a_new_invitation_ends_the_one_before(outbox: Outbox) -> None:
    added = add(WARD)
    assert ask("POST", of_member(added, "invitation"), {}).body["state"] == "pending"
    first, second = (email.tokens[0] for email in outbox.emails_sent)
    assert follow("/members/confirm", first).status == 404
    assert follow("/members/confirm", second).status == 200


def test_no_one_is_pestered_with_invitations(outbox: Outbox, time: ManualTime) -> None:
    added = add(WARD)
    path = of_member(added, "invitation")
    answers = [ask("POST", path, {}) for _ in range(MAX_INVITATIONS)]
    assert [each.status for each in answers] == [200] * (MAX_INVITATIONS - 1) + [409]
    assert "From 2 February 2026" in answers[-1].body["detail"]
    assert len(outbox.emails_sent) == MAX_INVITATIONS
    time.advance(WITHIN)
    assert add(WARD).status == 201


def test_removing_and_adding_someone_again_sends_no_more_invitations(outbox: Outbox) -> None:
    for _ in range(MAX_INVITATIONS):
        remove(add(WARD))
    refused = add(WARD)
    assert refused.status == 409
    assert "ward" not in str(refused.body)
    assert listed() == []
    assert len(outbox.emails_sent) == MAX_INVITATIONS
    assert add(WARD, groups=PLYMOUTH).status == 201  # each team or home by itself
    assert add(PHONE).status == 201


def test_a_team_sends_only_so_many_invitations_a_day(
    outbox: Outbox, time: ManualTime, table: Table
) -> None:
    one_less = to_json({"day": "2026-01-05", "number": MAX_INVITATIONS_A_DAY - 1})
    add(WARD)
    key = {keys.PARTITION: {"S": "INVITATIONS#by#team#exeter-discharge"}, keys.SORT: {"S": "-"}}
    (count,) = (each for each in traces.items(table) if key.items() <= each.items())
    table.put({**count, keys.DOCUMENT: {"S": one_less}})
    assert add(PHONE).status == 201
    other = {**WARD, "address": "ward.8@example.nhs.uk"}
    refused = add(other)
    assert refused.status == 409
    assert "tomorrow" in refused.body["detail"]
    assert add(other, groups=PLYMOUTH).status == 201
    time.advance(timedelta(days=1))
    assert add(other).status == 201


def test_an_address_that_nobody_agrees_for_is_deleted_after_48_hours(
    table: Table, outbox: Outbox, time: ManualTime
) -> None:
    add(WARD)
    (member,) = listed()
    assert member["expires_at"] == "2026-01-07T12:00:00.000Z"
    assert [item for item in traces.items(table) if is_lasting(item)] == []
    time.advance(timedelta(hours=48))
    assert listed() == []
    assert follow("/members/confirm", outbox.emails_sent[0].tokens[0]).status == 404


def test_what_was_agreed_to_does_not_expire(table: Table, outbox: Outbox) -> None:
    add(WARD)
    to_agree, _ = outbox.emails_sent[0].tokens
    follow("/members/confirm", to_agree)
    lasting = [item for item in traces.items(table) if is_lasting(item)]
    assert len(lasting) == 2  # the member, and the link that stops


def test_the_link_stops_the_messages_and_the_address_is_deleted(
    table: Table, outbox: Outbox, time: ManualTime
) -> None:
    add(WARD)
    to_agree, to_stop = outbox.emails_sent[0].tokens
    follow("/members/confirm", to_agree)
    assert follow("/members/look", to_stop).body["purpose"] == "stop"
    for _ in range(2):
        stopped = follow("/members/stop", to_stop)
        assert (stopped.status, stopped.body["state"]) == (200, "unsubscribed")
    assert [each["state"] for each in listed()] == ["unsubscribed"]
    assert personal_items(table)
    assert not any(keys.SEALED in item for item in traces.items(table) if not is_secret(item))
    time.advance(timedelta(days=28))
    assert listed() == []


def test_a_mail_program_unsubscribes_with_one_click_and_getting_the_link_writes_nothing(
    outbox: Outbox,
) -> None:
    add(WARD)
    to_agree, to_stop = outbox.emails_sent[0].tokens
    follow("/members/confirm", to_agree)
    page = ask("GET", f"/unsubscribe/{to_stop}", groups=None)
    assert page.status == 303
    assert page.headers["location"] == f"https://beds.example.org/messages.html#{to_stop}"
    assert [each["state"] for each in listed()] == ["confirmed"]
    one_click = ask(
        "POST",
        f"/unsubscribe/{to_stop}",
        groups=None,
        raw_body="List-Unsubscribe=One-Click",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert one_click.status == 200
    assert [each["state"] for each in listed()] == ["unsubscribed"]


def test_one_click_answers_alike_whether_or_not_a_token_exists() -> None:
    assert ask("POST", f"/unsubscribe/{UNKNOWN_TOKEN}", groups=None).status == 200


def test_a_link_serves_its_own_purpose_only(outbox: Outbox) -> None:
    add(WARD)
    to_agree, to_stop = outbox.emails_sent[0].tokens
    assert follow("/members/stop", to_agree).status == 404
    assert follow("/members/confirm", to_stop).status == 404
    assert ask("POST", f"/unsubscribe/{to_agree}", groups=None).status == 200
    assert [each["state"] for each in listed()] == ["pending"]


@pytest.mark.parametrize("action", ["look", "confirm", "stop", "allow"])
def test_an_unknown_token_is_not_found(action: str) -> None:
    assert follow(f"/members/{action}", UNKNOWN_TOKEN).status == 404
    assert follow(f"/members/{action}", "x").status == 422


def test_adding_someone_again_changes_nothing_and_sends_nothing(outbox: Outbox) -> None:
    first = add(WARD)
    assert add({**WARD, "address": "WARD.7@example.nhs.uk"}).body == first.body
    assert add({**WARD, "address": "ward.8@example.nhs.uk"}).body != first.body
    assert len(outbox.emails_sent) == 2


def test_nobody_in_the_council_can_invite_someone_who_stopped(
    outbox: Outbox, time: ManualTime
) -> None:
    first = add(WARD)
    _, to_stop = outbox.emails_sent[0].tokens
    follow("/members/stop", to_stop)
    assert ask("POST", of_member(first, "invitation"), {}).status == 409
    for groups in (EXETER, PLYMOUTH):
        refused = add({**WARD, "address": "WARD.7@example.nhs.uk"}, groups=groups)
        assert refused.status == 409
        assert "its owner asked not to be" in refused.body["detail"]
        assert "ward" not in str(refused.body)
    remove(first)
    assert listed() == []
    assert add(WARD).status == 409
    time.advance(REFUSAL_RETENTION - timedelta(days=1))
    assert add(WARD).status == 409
    time.advance(timedelta(days=1))
    assert add(WARD).status == 201
    assert len(outbox.emails_sent) == 2


@pytest.mark.parametrize("is_removed", [False, True])
def test_someone_who_stopped_can_allow_invitations_again(outbox: Outbox, is_removed: bool) -> None:
    first = add(WARD)
    to_agree, to_stop = outbox.emails_sent[0].tokens
    assert follow("/members/allow", to_stop).status == 409  # they did not stop
    follow("/members/stop", to_stop)
    if is_removed:
        remove(first)
    assert follow("/members/allow", to_agree).status == 404
    for _ in range(2):
        allowed = follow("/members/allow", to_stop)
        assert (allowed.status, allowed.body["state"]) == (200, "unsubscribed")
    second = add(WARD)
    assert second.body["state"] == "pending"
    shown = {"pending"} if is_removed else {"pending", "unsubscribed"}
    assert {each["state"] for each in listed()} == shown
    _, to_stop_the_second = outbox.emails_sent[1].tokens
    follow("/members/stop", to_stop_the_second)
    assert add(WARD).status == 409


def test_a_team_does_not_see_whom_it_removed_and_the_link_still_answers(
    outbox: Outbox, time: ManualTime
) -> None:
    added = add(WARD)
    _, to_stop = outbox.emails_sent[0].tokens
    follow("/members/stop", to_stop)
    path = f"/alerts/members/{added.body['member_id']}"
    remove(added)
    assert listed() == []
    assert ask("DELETE", path).status == 404
    assert ask("POST", f"{path}/invitation", {}).status == 404
    time.advance(timedelta(days=100))
    for action in ("look", "stop"):
        answer = follow(f"/members/{action}", to_stop)
        assert (answer.status, answer.body["state"]) == (200, "unsubscribed")


def test_someone_who_stopped_one_teams_messages_still_gets_anothers(outbox: Outbox) -> None:
    add(WARD)
    add(WARD, groups=PLYMOUTH)
    to_exeter, to_plymouth = (email.tokens for email in outbox.emails_sent)
    follow("/members/confirm", to_plymouth[0])
    follow("/members/stop", to_exeter[1])
    assert [each["state"] for each in listed(groups=PLYMOUTH)] == ["confirmed"]


def test_removing_someone_deletes_everything_about_them(table: Table, outbox: Outbox) -> None:
    added = add(WARD)
    assert personal_items(table)
    path = f"/alerts/members/{added.body['member_id']}"
    assert ask("DELETE", path, groups=PLYMOUTH).status == 404
    assert ask("DELETE", path).status == 204
    assert personal_items(table) == []
    assert ask("DELETE", path).status == 404


def test_a_team_cannot_touch_the_members_of_another(outbox: Outbox) -> None:
    added = add(PHONE)
    code = {"code": outbox.texts_sent[0].code}
    assert listed(groups=PLYMOUTH) == []
    assert ask("POST", of_member(added, "code"), code, groups=PLYMOUTH).status == 404
    assert ask("POST", of_member(added, "invitation"), {}, groups=PLYMOUTH).status == 404


def test_a_phone_whose_owner_stopped_all_texts_is_shown_as_opted_out(outbox: Outbox) -> None:
    outbox.opted_out.add("+447700900123")
    added = add(PHONE)
    assert (added.status, added.body["state"]) == (201, "opted_out")
    assert outbox.texts_sent == []
    outbox.opted_out.clear()
    assert ask("POST", of_member(added, "invitation"), {}).body["state"] == "pending"
    assert len(outbox.texts_sent) == 1


def test_an_invitation_that_is_refused_can_be_sent_again(outbox: Outbox) -> None:
    def refuse(_: str) -> None:
        raise provider_error("MessageRejected")

    outbox.before = refuse
    refused = add(WARD)
    assert refused.status == 409
    assert "ward" not in str(refused.body)
    outbox.before = lambda _: None
    (member,) = listed()
    path = f"/alerts/members/{member['member_id']}/invitation"
    assert ask("POST", path, {}).status == 200


@pytest.mark.parametrize("body", [WARD, PHONE])
def test_what_the_council_has_not_set_up_is_refused(
    build_subscribe: BuildSubscribe, membership: Membership, body: dict[str, str]
) -> None:
    without = replace(
        membership,
        emails=replace(membership.emails, sender=""),
        texts=replace(membership.texts, sender_id=""),
    )
    handler = build_subscribe(membership=without)
    refused = call(handler, "POST", "/alerts/members", groups=EXETER, body=body)
    assert refused.status == 409
    assert "has not set up" in refused.body["detail"]


def test_the_number_of_members_is_limited(membership: Membership) -> None:
    owner = Owner.team("exeter-discharge")
    ward = Address(Protocol.EMAIL, "ward.7@example.nhs.uk")
    membership.add(owner, ward, limit=1)
    membership.add(owner, ward, limit=1)
    other = Address(Protocol.EMAIL, "ward.8@example.nhs.uk")
    with pytest.raises(Exception, match="There are 1 members"):
        membership.add(owner, other, limit=1)


@pytest.fixture
def written(table: Table, caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Collect responses, and add everything that is stored and logged at the end."""
    responses: list[str] = []
    yield responses
    logged = [logger.registered_formatter.format(each) for each in caplog.records]
    stored = str(traces.items(table))
    everything = "".join([*responses, *logged, stored]).lower()
    for secret in ("ward.7", "700900123", "900 123"):
        assert secret not in everything


def test_no_address_is_in_a_response_a_log_line_or_an_item_in_clear(
    outbox: Outbox, written: list[str]
) -> None:
    def refuse(_: str) -> None:
        raise provider_error("InternalFailure", 500)

    responses = [add(WARD), add(PHONE), ask("GET", "/alerts/members")]
    token = outbox.emails_sent[0].tokens[0]
    responses += [follow("/members/look", token), follow("/members/confirm", token)]
    outbox.before = refuse
    responses.append(add({**WARD, "address": "ward.77@example.nhs.uk"}))
    assert responses[-1].status == 503
    written += [str(response.body) for response in responses]


def test_a_token_is_stored_only_as_its_hash(table: Table, outbox: Outbox) -> None:
    add(WARD)
    add(PHONE)
    stored = str(traces.items(table))
    for secret in (*outbox.emails_sent[0].tokens, outbox.texts_sent[0].code):
        assert secret not in stored
