"""Wherever a press is interrupted, it is saved once or not at all, and its repeat gets its answer.

And of two people who press at once, whatever the order of their requests to the table, each gets an
answer, and the home stands, as if one had pressed after the other.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any, Final

import pytest

from shared.domain.documents import HomeDocument
from shared.store import homes, posting_links
from tests.post_by_link.conftest import DEPUTY, HOME, MANAGER, STAFF, Links, vacancies_of
from tests.support.api_events import ApiResponse, call
from tests.support.builders import counts, home, save
from tests.support.crashes import WHENS, Crash, CrashError, When
from tests.support.examples import steps_until_done

CLOSED: Final = {"admission_status": {"status": "closed", "reason": "outbreak"}}


def to(accepting: int) -> dict[str, Any]:
    """Return the change of a home's nursing beds to so many accepting."""
    return {"beds": {"general_nursing": counts(accepting).to_document()}}


@dataclass
class Press:
    """Someone who has a home's link open, and what they press."""

    links: Links
    token: str
    do: str
    change: object = None
    shown: HomeDocument = field(default_factory=dict)

    def look(self) -> "Press":
        self.shown = self.links.look(self.token).body["home"]
        return self

    def send(self, links: Links | None = None) -> ApiResponse:
        """Press, by this process of the function or another."""
        links = links or self.links
        if self.do in {"stop", "undo"}:
            body = {"token": self.token, "do": self.do, "version": self.shown["version"]}
            return links.post("/links/act", body)
        change = {"change": self.change} if self.change else {}
        return links.act(self.do, self.shown, token=self.token, **change)


def logged_versions(links: Links, location_id: str) -> list[int]:
    """Return the version that each entry of the home's history is about, newest first."""
    entries = homes.history(links.table, location_id, limit=100, before=None)
    return [entry.change.version for entry in entries]


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize(
    ("do", "change"),
    [("confirm", None), ("update", to(5)), ("update", CLOSED), ("undo", None)],
    ids=["confirm", "update", "close", "undo"],
)
def test_a_process_that_dies_at_any_step_has_saved_all_of_a_press_or_nothing(
    links: Links, do: str, change: object, when: When
) -> None:
    for step in steps_until_done():
        location_id = f"1-90000002{step:02d}"
        save(links.table, home(location_id, accepting=2), clock=links.time.clock())
        press = Press(links, links.mint(home=location_id).token.text, do, change).look()
        if do == "undo":
            assert replace(press, do="confirm").send().status == 200
        links.time.advance(timedelta(minutes=1))
        before = homes.load(links.table, location_id)
        crash = Crash(step, when)
        links.start(crash.around)
        with suppress(CrashError):
            press.send()
        links.start()
        after = homes.load(links.table, location_id)
        versions = logged_versions(links, location_id)
        assert versions == list(range(after["version"], 0, -1))
        assert after == before or after["version"] == before["version"] + 1

        links.time.advance(timedelta(minutes=1))
        first = press.send()
        links.time.advance(timedelta(seconds=1))
        again = press.send()
        assert (first.status, again.status) == (200, 200)
        assert again.body == first.body
        saved = homes.load(links.table, location_id)
        assert saved["version"] == before["version"] + 1
        assert vacancies_of(first.body["home"]) == vacancies_of(saved)
        assert logged_versions(links, location_id) == list(range(saved["version"], 0, -1))
        if after != before:
            assert saved == after  # the repeat changed nothing
        if do != "undo":
            assert replace(press, do="undo").send().status == 200
            undone = homes.load(links.table, location_id)
            assert vacancies_of(undone) == vacancies_of(before)
        if not crash.died:
            break
    assert step > 2


@pytest.mark.parametrize("when", WHENS)
def test_a_process_that_dies_at_any_step_of_a_stop_has_stopped_all_links_or_none(
    links: Links, when: When
) -> None:
    for stops, step in enumerate(steps_until_done(), start=1):
        ours, theirs = links.mint().token.text, links.mint(DEPUTY).token.text
        crash = Crash(step, when)
        links.start(crash.around)
        with suppress(CrashError):
            links.post("/links/act", {"token": ours, "do": "stop"})
        links.start()
        looks = {links.look(each).status for each in (ours, theirs)}
        assert looks in ({200}, {404})
        assert links.post("/links/act", {"token": ours, "do": "stop"}).body == {"stopped": True}
        assert {links.look(each).status for each in (ours, theirs)} == {404}
        assert posting_links.load_stop(links.table, HOME).epoch == stops
        call(links.handler, "PUT", f"/homes/{HOME}/links", groups=STAFF, body={"allowed": True})
        if not crash.died:
            break
    assert step > 2


@pytest.mark.parametrize("when", WHENS)
def test_a_wrong_code_is_counted_whatever_happens_to_its_answer(links: Links, when: When) -> None:
    links.mint()
    for step in steps_until_done():
        crash = Crash(step, when)
        links.start(crash.around)
        with suppress(CrashError):
            links.post("/links/look", {"code": "00000-00000"}, f"192.0.2.{step}")
        links.start()
        if not crash.died:
            break
    assert crash.calls[-1] == "put_item"  # nobody is told that it was wrong before it is counted


@dataclass
class Interruption:
    """Another's request, which is sent and answered just before one of a client's calls."""

    at: int
    send: Callable[[], ApiResponse]
    calls: int = 0
    answer: ApiResponse | None = None

    def around(self, client: Any) -> Any:
        interruption = self

        class Client:
            def __getattr__(self, name: str) -> Callable[..., Any]:
                def called(**arguments: Any) -> Any:
                    if interruption.calls == interruption.at:
                        interruption.answer = interruption.send()
                    interruption.calls += 1
                    return getattr(client, name)(**arguments)

                return called

        return Client()


Outcome = tuple[int, int, dict[str, Any], bool]
"""The two statuses, the vacancies of the home at last, and whether its links are stopped."""

Pair = tuple[tuple[str, object], tuple[str, object]]

PAIRS: Final[dict[str, Pair]] = {
    "two confirm": (("confirm", None), ("confirm", None)),
    "two change": (("update", to(5)), ("update", to(0))),
    "two change it alike": (("update", to(5)), ("update", to(5))),
    "one confirms, one changes": (("confirm", None), ("update", to(5))),
    "one changes, one confirms": (("update", to(5)), ("confirm", None)),
    "one changes, one closes": (("update", to(5)), ("update", CLOSED)),
    "one undoes, one changes": (("undo", None), ("update", to(0))),
    "one changes, one undoes": (("update", to(0)), ("undo", None)),
    "one confirms, one undoes": (("confirm", None), ("undo", None)),
}


class TwoPeople:
    """Two people of a home, each with the page of their link open."""

    def __init__(self, links: Links, location_id: str, pair: Pair) -> None:
        self._links, self._home = links, location_id
        save(links.table, home(location_id, accepting=2), clock=links.time.clock())
        self.ours, self.theirs = (
            Press(links, links.mint(member, location_id).token.text, do, change).look()
            for member, (do, change) in zip((MANAGER, DEPUTY), pair, strict=True)
        )
        links.time.advance(timedelta(minutes=1))
        for undoing, other in ((self.ours, self.theirs), (self.theirs, self.ours)):
            if undoing.do == "undo":
                replace(undoing, do="update", change=to(7)).send()
                other.look()
        links.time.advance(timedelta(minutes=1))

    def outcome(self, ours: ApiResponse, theirs: ApiResponse) -> Outcome:
        document = homes.load(self._links.table, self._home)
        versions = logged_versions(self._links, self._home)
        assert sorted(set(versions), reverse=True) == versions
        assert versions[0] == document["version"]
        stop = posting_links.load_stop(self._links.table, self._home)
        return ours.status, theirs.status, vacancies_of(document), bool(stop.stopped_at)


@pytest.mark.parametrize("name", PAIRS)
def test_two_presses_at_once_end_as_if_one_came_after_the_other(links: Links, name: str) -> None:
    pair, numbers = PAIRS[name], count(1)

    def two_people() -> TwoPeople:
        return TwoPeople(links, f"1-90000003{next(numbers):02d}", pair)

    ours_first, theirs_first = two_people(), two_people()
    ours, theirs = ours_first.ours.send(), ours_first.theirs.send()
    in_turn = [ours_first.outcome(ours, theirs)]
    theirs, ours = theirs_first.theirs.send(), theirs_first.ours.send()
    in_turn.append(theirs_first.outcome(ours, theirs))
    for step in steps_until_done():
        people = two_people()
        interruption = Interruption(step, people.theirs.send)
        process = replace(links)
        process.start(interruption.around)
        ours = people.ours.send(process)
        if interruption.answer is None:
            break
        assert people.outcome(ours, interruption.answer) in in_turn, step
    assert step > 2


def test_a_press_that_meets_a_stop_is_saved_or_refused(links: Links) -> None:
    for step in steps_until_done():
        location_id = f"1-90000004{step:02d}"
        people = TwoPeople(links, location_id, (("update", to(5)), ("stop", None)))
        interruption = Interruption(step, people.theirs.send)
        process = replace(links)
        process.start(interruption.around)
        ours = people.ours.send(process)
        if interruption.answer is None:
            break
        status, stopped, vacancies, is_stopped = people.outcome(ours, interruption.answer)
        assert (stopped, is_stopped) == (200, True)
        assert status in {200, 404}
        accepting = vacancies["beds"]["general_nursing"]["accepting"]
        assert accepting == (5 if status == 200 else 2)
        assert people.ours.send().status == 404
    assert step > 2
