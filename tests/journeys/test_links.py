"""Through the deployed stack: the link and the code in a message post, and are nowhere else.

People agree, the council reminds their homes, and whoever reads a message acts with what it holds.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

import boto3
import httpx
import pytest

from local.emulator.sent_messages import (
    PostingSecrets,
    emails_to,
    posting_secrets,
    texts_to,
)
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from local.lambda_events import queue_batch, queue_record
from shared.domain.documents import timestamp
from shared.domain.link_secret import Secret
from shared.domain.posts import Posts
from shared.domain.reminder_event import CHECK_VACANCIES
from shared.domain.vocabulary import BedCategory
from shared.http.request import DISTRIBUTION_PROOF, VIEWER
from shared.store import keys
from shared.store.code_tries import MOST_OF_ADDRESS
from tests.support import traces
from tests.support.builders import REGISTER, home, save
from tests.support.deliveries import Deliveries
from tests.support.deployed import configuration
from tests.support.patience import eventually

POSTS, ASKED, STOPS, GUESSED = "1-9260000001", "1-9260000002", "1-9260000003", "1-9260000004"
AT_ONCE, ENDS, TRACED = "1-9260000005", "1-9260000006", "1-9260000007"
HOMES: Final = (POSTS, ASKED, STOPS, GUESSED, AT_ONCE, ENDS, TRACED)
THERE = replace(REGISTER, name="Linked House", latitude=59.9, longitude=-1.3)
CATEGORY: Final = str(BedCategory.GENERAL_NURSING)

Json = dict[str, Any]


@dataclass
class Links:
    """Requests of staff, council and teams, and of whoever has a link."""

    stack: LocalStack
    letters: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = httpx.Client(base_url=self.stack.api_url, timeout=30)
        variables = configuration(self.stack, "post_by_link")["Environment"]["Variables"]
        self._proof = variables["DISTRIBUTION_PROOF"]

    def send(
        self, method: str, path: str, body: Json | None = None, group: str | None = None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token(self.stack, [group])}"} if group else {}
        return self._client.request(method, path, json=body, headers=headers)

    def done(self, method: str, path: str, body: Json | None, group: str) -> Any:
        response = self.send(method, path, body, group)
        assert response.is_success, response.text
        return response.json()

    def agree(self, location_id: str, person: str) -> None:
        """Have someone get the reminders of a home, by email and by text."""
        path, staff = f"/homes/{location_id}/reminders", f"home:{location_id}"
        email, number = email_of(location_id, person), number_of(location_id, person)
        self.done("POST", path, {"protocol": "email", "address": email}, staff)
        to_agree = emails_to(self.stack, email)[0].tokens[0]
        assert self.send("POST", "/members/confirm", {"token": to_agree}).status_code == 200
        phone = self.done("POST", path, {"protocol": "sms", "address": number}, staff)
        code = texts_to(self.stack, number)[0].partition("code is ")[2][:6]
        self.done("POST", f"{path}/{phone['member_id']}/code", {"code": code}, staff)

    def remind(self, *location_ids: str) -> None:
        """Have the council remind homes."""
        homes = self.done("POST", "/reminders", {"location_ids": location_ids}, "council")["homes"]
        assert {each["outcome"] for each in homes} == {"reminded"}

    def newest_email(self, location_id: str, person: str = "manager", *, number: int = 2) -> str:
        """Wait for so many emails to someone, of which the first invited them; return the last."""
        address = email_of(location_id, person)
        assert eventually(lambda: len(emails_to(self.stack, address)) == number)
        return emails_to(self.stack, address)[-1].text

    def newest_text(self, location_id: str, person: str = "manager") -> str:
        """Wait for the text after the one with the code to agree, and return it."""
        address = number_of(location_id, person)
        assert eventually(lambda: len(texts_to(self.stack, address)) == 2)
        return texts_to(self.stack, address)[-1]

    def emailed(self, location_id: str, person: str = "manager") -> PostingSecrets:
        """Return what the reminder by email to someone posts with."""
        return posting_secrets(self.newest_email(location_id, person))

    def look(self, secret: Json, address: str = "192.0.2.10") -> httpx.Response:
        """Open the page of a link, or enter a code, from behind an address."""
        return self._post("/links/look", secret, address)

    def shown(self, secret: Json) -> Json:
        """Return the home as whoever has this sees it."""
        response = self.look(secret)
        assert response.status_code == 200, response.text
        shown: Json = response.json()["home"]
        return shown

    def act(self, secret: Json, do: str, shown: Json | None = None, **more: Any) -> httpx.Response:
        """Press a button, with what the page shows."""
        echoed = (
            {
                "version": shown["version"],
                "shown": {name: shown[name] for name in ("beds", "admission_status")},
            }
            if shown
            else {}
        )
        return self._post("/links/act", {**secret, "do": do, **echoed, **more})

    def home(self, location_id: str) -> Json:
        """Return the home as its staff see it."""
        home: Json = self.done("GET", f"/homes/{location_id}", None, f"home:{location_id}")
        return home

    def say_gone(self, location_id: str) -> None:
        """Have a team say that it was told that the home's beds are gone."""
        said_at = self.home(location_id)["said_at"][CATEGORY]
        body = {"category": CATEGORY, "said_at": said_at, "listed": 2, "result": "gone"}
        self.done("POST", f"/homes/{location_id}/outcomes", body, "team:links-journey")

    def _post(self, path: str, body: Json, address: str = "192.0.2.10") -> httpx.Response:
        headers = {DISTRIBUTION_PROOF: self._proof, VIEWER: address}
        return self._client.post(path, json=body, headers=headers)


def email_of(location_id: str, person: str) -> str:
    return f"{person}.{location_id}@example.org"


def number_of(location_id: str, person: str) -> str:
    """Return one of Ofcom's numbers for drama."""
    return f"+4477009008{location_id[-1]}{len(person) % 10}"


def counts(accepting: int) -> Json:
    """Return the change of a home's beds to so many accepting, of ten."""
    taken = {"maximum_capacity": 10, "occupied": 10 - accepting, "accepting": accepting}
    return {"beds": {CATEGORY: {**taken, "reserved": 0, "not_available": 0}}}


def accepting(shown: Json) -> int:
    free: int = shown["beds"][CATEGORY]["accepting"]
    return free


@pytest.fixture(scope="module")
def links(stack: LocalStack) -> Links:
    """Have people agree at every home, and remind them; one home's reminder dies on its way."""
    links = Links(stack)
    yesterday = datetime.now(UTC) - timedelta(hours=30)
    posts = Posts({BedCategory.GENERAL_NURSING: yesterday})
    for each in HOMES:
        posted = home(each, accepting=2, register=THERE)
        save(table_of(stack), replace(posted, confirmed_at=yesterday, posts=posts))
    for each in HOMES:
        links.agree(each, "manager")
    links.agree(AT_ONCE, "deputy")
    deliveries = Deliveries(stack, TRACED)
    with deliveries.held():
        links.remind(TRACED)
        (reminder,) = deliveries.waiting(CHECK_VACANCIES, 1)
        tell(stack, reminder)
        deliveries.take(reminder)
        members = deliveries.waiting("tell_member", 2)
        links.letters = [reminder, *members, *deliveries.die(2)]
    links.remind(*(each for each in HOMES if each != TRACED))
    return links


def tell(stack: LocalStack, message: Json) -> None:
    """Have `deliver` take a message of the queue."""
    queue = stack.delivery_queue_url.rpartition("/")[2]
    arn = f"arn:aws:sqs:{stack.region}:000000000000:{queue}"
    run = boto3.client("lambda", **stack.connection).invoke(
        FunctionName=configuration(stack, "deliver")["FunctionName"],
        Payload=json.dumps(queue_batch(queue_record(message, arn))).encode(),
    )
    assert "FunctionError" not in run, run["Payload"].read()


def test_the_link_of_an_email_and_the_code_of_a_text_confirm_change_and_undo(links: Links) -> None:
    before = links.home(POSTS)
    email, text = links.emailed(POSTS), posting_secrets(links.newest_text(POSTS))
    assert len({*email, *text}) == 4
    link = {"token": email.token}
    shown = links.shown(link)
    assert links.home(POSTS) == before
    assert links.act(link, "confirm", shown).status_code == 200
    assert links.home(POSTS)["confirmed_at"] > before["confirmed_at"]
    assert links.act(link, "undo", version=shown["version"]).status_code == 200
    assert links.home(POSTS)["confirmed_at"] == before["confirmed_at"]

    code = {"code": text.code.replace("-", " ").lower()}
    shown = links.shown(code)
    changed = links.act(code, "update", shown, change=counts(5))
    assert accepting(changed.json()["home"]) == accepting(links.home(POSTS)) == 5
    assert links.act(code, "undo", version=shown["version"]).status_code == 200
    assert accepting(links.home(POSTS)) == 2
    history = links.done("GET", f"/homes/{POSTS}/changes", None, f"home:{POSTS}")["changes"]
    assert [each["by"].partition(":")[0] for each in history[:4]] == ["link"] * 4


def test_the_link_of_a_question_answers_it_and_ends_the_link_of_the_reminder(links: Links) -> None:
    older = {"token": links.emailed(ASKED).token}
    shown = links.shown(older)
    links.say_gone(ASKED)
    question = links.newest_email(ASKED, number=3)
    assert "was told at" in question
    newer = {"token": posting_secrets(question).token}
    assert links.look(older).status_code == 404
    assert links.act(older, "confirm", shown).status_code == 404
    assert links.act(newer, "update", shown, change=counts(0)).status_code == 200
    assert accepting(links.home(ASKED)) == 0
    disputes = links.done("GET", f"/homes/{ASKED}/disputes", None, f"home:{ASKED}")["disputes"]
    assert disputes == []


def test_a_stop_ends_every_link_and_code_of_the_home_until_staff_allow_them(links: Links) -> None:
    email, text = links.emailed(STOPS), posting_secrets(links.newest_text(STOPS))
    secrets = [each for of in (email, text) for each in ({"token": of.token}, {"code": of.code})]
    assert [links.look(each).status_code for each in secrets] == [200] * 4
    assert links.act({"code": text.code}, "stop").json() == {"stopped": True}
    assert [links.look(each).status_code for each in secrets] == [404] * 4

    links.say_gone(STOPS)
    question = links.newest_email(STOPS, number=3)
    assert "/y#" not in question
    assert f"update.html?home={STOPS}" in question
    path, staff = f"/homes/{STOPS}/links", f"home:{STOPS}"
    assert links.done("GET", path, None, staff)["stopped_at"]
    assert links.done("PUT", path, {"allowed": True}, staff)["stopped_at"] is None
    assert [links.look(each).status_code for each in secrets] == [404] * 4


def test_wrong_codes_are_counted_until_the_codes_of_their_address_rest(
    links: Links, stack: LocalStack
) -> None:
    code = {"code": links.emailed(GUESSED).code}
    wrong = ({"code": f"{number:05d}-00000"} for number in count())
    kept = tries_kept(stack)
    for tried in count():
        response = links.look(next(wrong), "192.0.2.77")
        if response.status_code == 409:
            break
        assert response.status_code == 404
        assert tries_kept(stack) - kept == tried + 1
    # Twice as many where a new hour began on the way.
    assert MOST_OF_ADDRESS <= tried < 2 * MOST_OF_ADDRESS
    assert links.look(code, "192.0.2.77").status_code == 409
    assert links.look(code, "192.0.2.78").status_code == 200
    link = {"token": links.emailed(GUESSED).token}
    assert links.look(link, "192.0.2.77").status_code == 200


def tries_kept(stack: LocalStack) -> int:
    """Count the wrong codes that the table remembers."""
    items = traces.items(table_of(stack))
    return sum(each[keys.PARTITION]["S"].startswith(keys.CODE_TRIES_PREFIX) for each in items)


def test_unknown_replaced_stopped_and_expired_links_and_codes_look_alike(
    links: Links, stack: LocalStack
) -> None:
    email, text = links.emailed(ENDS), posting_secrets(links.newest_text(ENDS))
    shown = links.shown({"token": text.token})
    expire(stack, text.token)
    expired = [text]
    links.say_gone(ENDS)
    newer = posting_secrets(links.newest_email(ENDS, number=3))
    replaced = [email]
    assert links.act({"token": newer.token}, "stop").status_code == 200
    unknown = [PostingSecrets("x" * 22, "ZZZZZ-ZZZZZ")]
    ended = [*expired, *replaced, newer, *unknown]
    secrets = [each for of in ended for each in ({"token": of.token}, {"code": of.code})]
    responses = [
        *(links.look(each) for each in secrets),
        *(links.act(each, "confirm", shown) for each in secrets),
        *(links.act(each, "undo", version=shown["version"]) for each in secrets),
    ]
    assert {each.status_code for each in responses} == {404}
    assert len({each.text for each in responses}) == 1
    assert len({str(sorted(each.headers.keys())) for each in responses}) == 1


def expire(stack: LocalStack, link_token: str) -> None:
    """Let the time of a link be over."""
    table = table_of(stack)
    key = (keys.posting_link(Secret(link_token).digest), keys.NO_SORT)
    (item,) = table.get(key)
    assert item
    document = json.loads(item[keys.DOCUMENT]["S"])
    ended = {**document, "expires_at": timestamp(datetime(2026, 1, 5, tzinfo=UTC))}
    table.put({**item, keys.DOCUMENT: {"S": json.dumps(ended)}})


def test_of_two_people_who_press_at_once_one_posts_and_the_other_sees_it(links: Links) -> None:
    ours = {"token": links.emailed(AT_ONCE, "manager").token}
    theirs = {"token": links.emailed(AT_ONCE, "deputy").token}
    with ThreadPoolExecutor(2) as threads:
        for _ in range(10):
            shown = links.shown(ours)
            present = accepting(shown)
            pressed = [
                threads.submit(links.act, secret, "update", shown, change=counts(free % 10))
                for secret, free in ((ours, present + 1), (theirs, present + 2))
            ]
            responses = [each.result() for each in pressed]
            assert sorted(each.status_code for each in responses) == [200, 412]
            saved, refused = sorted(responses, key=lambda each: each.status_code)
            now = links.home(AT_ONCE)
            assert now["version"] == shown["version"] + 1
            assert accepting(saved.json()["home"]) == accepting(now)
            assert accepting(refused.json()["current"]) == accepting(now)


def test_a_press_that_is_sent_twice_at_once_is_saved_once(links: Links) -> None:
    link = {"token": links.emailed(AT_ONCE, "deputy").token}
    with ThreadPoolExecutor(2) as threads:
        for _ in range(5):
            shown = links.shown(link)
            free = (accepting(shown) + 1) % 10
            pressed = [
                threads.submit(links.act, link, "update", shown, change=counts(free))
                for _ in range(2)
            ]
            responses = [each.result() for each in pressed]
            assert [each.status_code for each in responses] == [200, 200]
            assert responses[0].text == responses[1].text
            assert links.home(AT_ONCE)["version"] == shown["version"] + 1


def test_tokens_and_codes_are_in_the_messages_to_people_and_nowhere_else(
    links: Links, stack: LocalStack
) -> None:
    email, text = links.emailed(TRACED), posting_secrets(links.newest_text(TRACED))
    use_in_every_way(links, email)
    use_in_every_way(links, text)
    assert links.act({"code": text.code}, "stop").status_code == 200
    damage(stack, email.token)
    assert links.look({"token": email.token}).status_code == 500
    assert links.look({"code": email.code}).status_code == 500
    secrets = [each for of in (email, text) for each in (*of, of.code.replace("-", ""))]

    events = [json.loads(each["Body"])["event"] for each in links.letters]
    assert events == [
        CHECK_VACANCIES,
        *["tell_member"] * 4,
    ]  # two that waited, and two dead letters
    lines = traces.log_lines(stack)
    for written in ("told", "links stopped", "refused", "KeyError"):
        assert any(written in line for line in lines), written
    queues = boto3.client("sqs", **stack.connection).list_queues()["QueueUrls"]
    everywhere = [
        *lines,
        *map(str, links.letters),
        *(str(each) for url in queues for each in traces.waiting(stack, url)),
        *map(str, traces.items(table_of(stack))),
        *traces.metrics(stack),
    ]
    assert not [each for each in everywhere if any(secret in each for secret in secrets)]


def use_in_every_way(links: Links, secrets: PostingSecrets) -> None:
    """Use a link and its code as people do, and as no one should."""
    for secret in ({"token": secrets.token}, {"code": secrets.code}):
        shown = links.shown(secret)
        free = (accepting(shown) + 1) % 10
        assert links.act(secret, "update", shown, change=counts(free)).status_code == 200
        assert links.act(secret, "confirm", shown).status_code == 412
        assert links.act(secret, "undo", version=shown["version"]).status_code == 200
        assert links.act(secret, "confirm").status_code == 422
        (text,) = secret.values()
        for wrong in ({"token": text, "code": text}, {"token": [text]}, {text: text}):
            assert links.look(wrong).status_code == 422
        links.send("POST", "/links/look", None)
        links.send("POST", "/links/nowhere", secret)
        links.send("PUT", f"/homes/{TRACED}/links", secret)


def damage(stack: LocalStack, link_token: str) -> None:
    """Have the function meet a link that it cannot read."""
    key = {
        keys.PARTITION: {"S": keys.posting_link(Secret(link_token).digest)},
        keys.SORT: {"S": keys.NO_SORT},
    }
    table_of(stack).put({**key, keys.DOCUMENT: {"S": "{}"}})
