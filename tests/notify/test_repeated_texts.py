"""A home that opens and closes again and again sends few texts, and every email."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.lambda_events import Context, stream_batch, stream_record
from notify.handler import build
from notify.repeated_texts import FIT_QUIET, QUIET, is_repeat, with_more
from shared.aws import delivery_queue
from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.needs import Answer
from shared.domain.vocabulary import BedCategory
from shared.store import alerts, keys
from shared.store.change_log import commit
from shared.store.table import Table
from tests.notify.change_log import log
from tests.notify.conftest import Inboxes
from tests.notify.test_handler import EXETER, PLYMOUTH, alert
from tests.support.builders import changed, created, home
from tests.support.fakes import ManualTime

BY = Author("someone", "request-9")
MINUTE = timedelta(minutes=1)
OWN = BedCategory.GENERAL_NURSING

Texts = Counter[str]


class Phones:
    """Counts by team the messages that say that they repeat none, so that phones get them."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.texts: Texts = Counter()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def publish(self, **message: Any) -> Any:
        if message["MessageAttributes"]["repeat"]["StringValue"] == "no":
            self.texts[message["TopicArn"].rsplit("_", 1)[-1]] += 1
        return self._client.publish(**message)


Post = Callable[[CareHome, int], CareHome]


@pytest.fixture
def phones(inboxes: Inboxes) -> Phones:
    return Phones(inboxes.topics.client)


@pytest.fixture
def time() -> ManualTime:
    return ManualTime(now=SYSTEM.now())


PostHome = Callable[[CareHome, CareHome], CareHome]


@pytest.fixture
def post_home(table: Table, inboxes: Inboxes, phones: Phones, time: ManualTime) -> PostHome:
    inboxes.open(EXETER, PLYMOUTH)
    alerts.create(table, SYSTEM, alert(), BY)
    topics = type(inboxes.topics)(phones, inboxes.topics.prefix)  # type: ignore[arg-type]  # a stand-in
    queue = delivery_queue.of_this_stack()
    handler = build(table=table, topics=topics, queue=queue, clock=time.clock())
    seen: set[str] = set()

    def post_change(before: CareHome, after: CareHome) -> CareHome:
        """Save the home as it is afterwards, and run the function with the change."""
        change = changed(before, after)
        commit(table, time.clock(), [change])
        new = [each for each in log(table) if each[keys.SORT]["S"] not in seen]
        seen.update(each[keys.SORT]["S"] for each in new)
        records = [stream_record(each) for each in new if each["kind"]["S"] == "home"]
        assert handler(stream_batch(*records), Context())["batchItemFailures"] == []
        return CareHome.from_document(change.document)

    return post_change


@pytest.fixture
def post(post_home: PostHome) -> Post:
    """Return what posts that so many beds are free."""
    return lambda before, free: post_home(before, home(before.location_id, accepting=free))


def saying(answer: Answer, **more: Answer) -> CareHome:
    return replace(home(), declaration=Declaration({"peg": answer, **more}))


def full(table: Table, location_id: str = "1-9000000001") -> CareHome:
    state = home(location_id, accepting=0)
    commit(table, SYSTEM, [created(state)])
    return state


def test_a_home_that_flaps_thirty_times_sends_one_text_and_every_email(
    table: Table, inboxes: Inboxes, phones: Phones, post: Post
) -> None:
    state = full(table)
    for number in range(30):
        state = post(state, (number + 1) % 2)
    assert phones.texts == {EXETER: 1}
    assert len(inboxes.read(EXETER)) == 15


def test_more_beds_are_told_at_once_and_fewer_are_not(
    table: Table, phones: Phones, post: Post
) -> None:
    state = full(table)
    for accepting, texts in ((1, 1), (2, 2), (1, 2), (2, 2), (3, 3)):
        state = post(post(state, 0), accepting)
        assert phones.texts[EXETER] == texts, accepting


def test_a_home_is_told_again_when_it_was_quiet_for_long_enough(
    table: Table, phones: Phones, post: Post, time: ManualTime
) -> None:
    state = post(post(full(table), 1), 0)
    time.advance(QUIET - MINUTE)
    state = post(post(state, 1), 0)
    assert phones.texts[EXETER] == 1
    time.advance(2 * MINUTE)
    post(state, 1)
    assert phones.texts[EXETER] == 2


def test_a_home_that_comes_to_fit_again_and_again_is_told_once_a_day(
    table: Table, inboxes: Inboxes, post_home: PostHome, time: ManualTime
) -> None:
    with_need = alert(alert_id="00000000000f", needs=("peg",), created_at=time.now)
    alerts.create(table, SYSTEM, with_need, BY)
    state = post_home(full(table), saying(Answer.NO))
    inboxes.delivered()
    for _ in range(5):
        state = post_home(post_home(state, saying(Answer.NO)), saying(Answer.YES))
    (told,) = inboxes.read(EXETER)
    assert [each["alert_id"] for each in told["alerts"]] == ["00000000000f"]
    assert told["alerts"][0]["came_to_fit"] is True
    state = post_home(state, saying(Answer.NO))
    time.advance(FIT_QUIET + MINUTE)
    post_home(state, saying(Answer.YES))
    assert len(inboxes.read(EXETER)) == 1


def test_each_alert_of_a_team_is_told_once_a_day_that_a_home_came_to_fit(
    table: Table, inboxes: Inboxes, post_home: PostHome, time: ManualTime
) -> None:
    """The next one may be about another person."""
    for number, need in enumerate(("peg", "hoist")):
        with_need = alert(alert_id=f"{number:012x}", needs=(need,), created_at=time.now)
        alerts.create(table, SYSTEM, with_need, BY)
    state = post_home(full(table), saying(Answer.NO, hoist=Answer.NO))
    inboxes.delivered()
    for hoist in (Answer.NO, Answer.YES, Answer.YES):
        state = post_home(state, saying(Answer.NO, hoist=Answer.NO))
        state = post_home(state, saying(Answer.YES, hoist=hoist))
    told = [[each["alert_id"] for each in message["alerts"]] for message in inboxes.read(EXETER)]
    assert told == [["000000000000"], ["000000000001"]]


def test_a_bed_that_serves_as_another_kind_again_and_again_is_told_of_once_a_day(
    table: Table, inboxes: Inboxes, post_home: PostHome, time: ManualTime
) -> None:
    dementia = (BedCategory.DEMENTIA_NURSING,)
    other = alert(alert_id="00000000000f", categories=dementia, created_at=time.now)
    alerts.create(table, SYSTEM, other, BY)
    flexible = replace(home(), declaration=Declaration(also_as={OWN: dementia}))
    state = post_home(full(table), home())
    inboxes.delivered()
    for _ in range(3):
        state = post_home(post_home(state, flexible), home())
    (told,) = inboxes.read(EXETER)
    assert [each["alert_id"] for each in told["alerts"]] == ["00000000000f"]
    assert [each["category"] for each in told["opened"]] == [OWN]
    time.advance(FIT_QUIET + MINUTE)
    post_home(state, flexible)
    assert len(inboxes.read(EXETER)) == 1


def test_another_home_is_told_of_at_once(table: Table, phones: Phones, post: Post) -> None:
    post(full(table), 1)
    post(full(table, "1-9000000002"), 1)
    assert phones.texts[EXETER] == 2


def test_another_team_that_was_told_nothing_yet_is_told(
    table: Table, phones: Phones, post: Post
) -> None:
    state = post(post(full(table), 1), 0)
    alerts.create(table, SYSTEM, alert(PLYMOUTH), BY)
    post(state, 1)
    assert phones.texts == {EXETER: 1, PLYMOUTH: 1}


BEDS = st.dictionaries(st.sampled_from("abc"), st.integers(1, 9))


@given(BEDS, BEDS)
def test_what_was_told_is_a_repeat_and_one_bed_more_is_not(
    told: dict[str, int], beds: dict[str, int]
) -> None:
    all_told = with_more(told, beds)
    assert is_repeat(told, all_told)
    assert is_repeat(beds, all_told)
    for category, number in all_told.items():
        assert not is_repeat({**beds, category: number + 1}, all_told)
