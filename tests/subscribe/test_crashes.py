"""Wherever `subscribe` is interrupted while it invites someone, a repeated request invites them.

An answer says that an invitation was sent only where it was, and whoever gets two of them can agree
with the newest.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.aws.address_key import AddressKey
from shared.domain.member import SENDING_TIME
from shared.store.table import Table
from subscribe.membership import Membership
from tests.subscribe.conftest import BuildSubscribe
from tests.support.api_events import ApiResponse, call
from tests.support.crashes import WHENS, Crash, CrashError, When
from tests.support.examples import steps
from tests.support.fakes import ManualTime, during_each_write
from tests.support.outbox import Outbox, provider_error

TEAM, PATH = "team:exeter-discharge", "/alerts/members"
WARD = {"protocol": "email", "address": "ward.7@example.nhs.uk"}
PHONE = {"protocol": "sms", "address": "07700 900123"}

SECRET = ["get_item", "encrypt", "transact_write_items", "get_item", "decrypt"]
SAVE = ["transact_get_items", "query", "encrypt", "transact_write_items"]
SEND = ["decrypt", "send", "transact_write_items"]
STEPS = [*SECRET, *SAVE, *SEND]
AGAIN = ["get_item", *SAVE[:2], SAVE[3], *SEND]
"""The steps that send an invitation again."""


class Subscribe:
    """The function, and the process that runs it."""

    def __init__(self, build: BuildSubscribe, membership: Membership, outbox: Outbox) -> None:
        self.time = ManualTime()
        self._build, self._outbox = build, outbox
        self._membership = replace(membership, clock=self.time.clock())
        self.start()

    def start(self, crash: Crash | None = None, table: Table | None = None) -> None:
        """Start a new process, which dies where `crash` says."""
        crash = crash or Crash(-1, "before")
        self._outbox.before = lambda _: crash.step("send", "before")
        self._outbox.after = lambda _: crash.step("send", "after")
        membership = self._membership
        key = AddressKey(crash.around(membership.key.client), membership.key.key_id)
        table = table or membership.table
        table = replace(table, client=crash.around(table.client))
        self.handler = self._build(membership=replace(membership, table=table, key=key))

    def ask(
        self, method: str, path: str, body: object = None, groups: str | None = TEAM
    ) -> ApiResponse:
        return call(self.handler, method, path, body=body, groups=groups)

    def add(self, body: object) -> ApiResponse:
        return self.ask("POST", PATH, body)

    def until_answered(self, request: Callable[[], ApiResponse]) -> ApiResponse:
        """Send a request again as its answers say: at once, and when a minute is over."""
        answer = request()
        if answer.status == 503:
            assert "is being sent" in answer.body["detail"]
            self.time.advance(SENDING_TIME)
            answer = request()
        return answer


@pytest.fixture
def subscribe(build_subscribe: BuildSubscribe, membership: Membership, outbox: Outbox) -> Subscribe:
    return Subscribe(build_subscribe, membership, outbox)


def test_the_steps_are_the_calls_of_one_run(subscribe: Subscribe) -> None:
    crash = Crash(-1, "before")
    subscribe.start(crash)
    added = subscribe.add(WARD)
    assert crash.calls == STEPS
    again = Crash(-1, "before")
    subscribe.start(again)
    subscribe.ask("POST", f"{PATH}/{added.body['member_id']}/invitation", {})
    assert again.calls == AGAIN


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("step", steps(len(STEPS)))
def test_a_crash_at_any_step_of_adding_someone_hides_no_missing_invitation(
    subscribe: Subscribe, outbox: Outbox, step: int, when: When
) -> None:
    crash = Crash(step, when)
    subscribe.start(crash)
    with pytest.raises(CrashError):
        subscribe.add(WARD)
    assert crash.calls == STEPS[: step + 1]
    subscribe.start()
    is_noted = crash.when == "after" and step == len(STEPS) - 1
    members = subscribe.ask("GET", PATH).body["members"]
    assert all(each["invitation_sent"] is is_noted for each in members)

    added = subscribe.until_answered(lambda: subscribe.add(WARD))
    assert (added.status, added.body["invitation_sent"]) == (201, True)
    was_sent = (crash.calls[-1] == "send" and when == "after") or step > STEPS.index("send")
    assert len(outbox.emails_sent) == 1 + (was_sent and not is_noted)
    assert subscribe.ask("GET", PATH).body["members"] == [added.body]
    agreed = {"token": outbox.emails_sent[-1].tokens[0]}
    assert subscribe.ask("POST", "/members/confirm", agreed, groups=None).status == 200


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("step", steps(len(AGAIN)))
def test_a_crash_at_any_step_of_sending_a_code_again_hides_no_missing_code(
    subscribe: Subscribe, outbox: Outbox, step: int, when: When
) -> None:
    member_id = subscribe.add(PHONE).body["member_id"]
    subscribe.start(Crash(step, when))
    with pytest.raises(CrashError):
        subscribe.ask("POST", f"{PATH}/{member_id}/invitation", {})
    subscribe.start()
    sent = subscribe.until_answered(lambda: subscribe.add(PHONE))
    assert (sent.status, sent.body["invitation_sent"]) == (201, True)
    code = {"code": outbox.texts_sent[-1].code}
    assert subscribe.ask("POST", f"{PATH}/{member_id}/code", code).status == 200


def test_an_invitation_that_the_provider_did_not_take_is_sent_by_the_same_request(
    subscribe: Subscribe, outbox: Outbox
) -> None:
    def fail(_: str) -> None:
        raise provider_error("InternalFailure", 500)

    outbox.before = fail
    assert subscribe.add(WARD).status == 503
    outbox.before = lambda _: None
    assert [each["invitation_sent"] for each in subscribe.ask("GET", PATH).body["members"]] == [
        False
    ]
    assert subscribe.add(WARD).body["invitation_sent"] is True
    assert len(outbox.emails_sent) == 1


def test_an_invitation_that_was_sent_is_told_so_although_it_cannot_be_noted(
    subscribe: Subscribe, outbox: Outbox, table: Table
) -> None:
    def fail_after_sending() -> None:
        if outbox.emails_sent:
            raise provider_error("InternalServerError", 500)

    broken = during_each_write(table, fail_after_sending)
    subscribe.start(table=broken)
    added = subscribe.add(WARD)
    assert (added.status, added.body["invitation_sent"]) == (201, True)
    assert len(outbox.emails_sent) == 1
