"""Asks for homes' beds in the table: a team asks, the home answers and posts, time ends them.

How each is committed, and with what, is in `hold_transition`.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from shared.domain.ask import AskState, DeclineReason
from shared.domain.asked_for import AskedFor
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.errors import NotFoundError
from shared.domain.holds import Answered, Holds
from shared.domain.offer import Situation
from shared.domain.reserved_beds import with_bed_occupied, with_bed_reserved
from shared.domain.team_asks import AskPlace, TeamAsks
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.store import homes, keys
from shared.store.hold_transition import Desk, Loaded, Move, UnknownAskError, load, transition
from shared.store.readable import readable
from shared.store.revise import Revision, Subject
from shared.store.scan import all_documents
from shared.store.table import Table


def due(table: Table, now: datetime, report_unreadable: Callable[[str], None]) -> Iterator[Holds]:
    """Yield the asks of which something is to be written down by now. Raises BusyError.

    One item that cannot be read is left out; `report_unreadable` is called within an `except`
    block, with its sort key.
    """
    documents = all_documents(table, ChangeKind.HOLD, report_unreadable)
    every = readable(
        documents,
        Holds.from_document,
        lambda document: str(document.get("location_id")),
        report_unreadable,
    )
    return (holds for holds in every if holds.asks.due_at and holds.asks.due_at <= now)


def asked_for(table: Table, ask_id: str, now: datetime) -> AskedFor | None:
    """Return what an ask is for; None once nobody may see it any more. Raises BusyError."""
    (item,) = table.get((keys.ASKED_FOR, ask_id))
    found = AskedFor.from_document(json.loads(item[keys.DOCUMENT]["S"])) if item else None
    return None if found is None or found.is_over(now) else found


def ask(desk: Desk, wanted: AskedFor) -> Revision:
    """Save a team's ask; the response says whether it is asked, or its place in the queue.

    Raises NotFoundError, ConflictError, KeyReusedError, BusyError.
    """
    place = AskPlace(wanted.location_id, wanted.category, wanted.ask_id)
    ended = _ended_asks(desk.table, wanted.team)

    def decide(loaded: Loaded) -> Move:
        present, team_asks = loaded.others
        made = TeamAsks.from_document(team_asks) if team_asks else TeamAsks(wanted.team)
        waiting = [each for each in made.asks if each not in ended]
        at, before = loaded.situation(wanted.category), loaded.holds[wanted.category]
        after = before.ask(wanted.ask_id, wanted.team, at)
        others = [present or wanted.to_document(), made.with_ask(place, waiting).to_document()]
        response = _response(after, wanted.ask_id)
        return Move(loaded.home, {wanted.category: after}, response, others=others)

    subjects = [
        Subject(ChangeKind.ASKED_FOR, wanted.ask_id, Action.CREATED),
        Subject(ChangeKind.TEAM_ASKS, wanted.team, Action.UPDATED),
    ]
    return transition(desk, wanted.location_id, [wanted.category], decide, others=subjects)


def accept(desk: Desk, asked: AskPlace, until: datetime) -> Revision:
    """Say yes for the home, which reserves a bed. Raises what `Holds.accept` does, BusyError."""

    def answer(holds: Holds, at: Situation) -> Answered:
        return holds.accept(asked.ask_id, until, at)

    return _answer(desk, asked, answer, with_bed_reserved)


def place(desk: Desk, asked: AskPlace) -> Revision:
    """Say that the person moved in. Raises what `Holds.place` does, BusyError."""

    def answer(holds: Holds, at: Situation) -> Answered:
        return holds.place(asked.ask_id, at)

    return _answer(desk, asked, answer, with_bed_occupied)


def decline(
    desk: Desk, asked: AskPlace, reason: DeclineReason, refused_need: str | None = None
) -> Revision:
    """Say no for the home. Raises what `Holds.decline` does, BusyError."""

    def decide(loaded: Loaded) -> Move:
        before, at = loaded.holds[asked.category], loaded.situation(asked.category)
        after = before.decline(asked.ask_id, reason, at)
        response = _response(after, asked.ask_id)
        return Move(loaded.home, {asked.category: after}, response, refused_need)

    return transition(desk, asked.location_id, [asked.category], decide)


def give_back(desk: Desk, asked: AskPlace, team: str) -> Revision:
    """Withdraw a team's own ask, or release its bed. Raises NotFoundError, BusyError."""

    def decide(loaded: Loaded) -> Move:
        before, at = loaded.holds[asked.category], loaded.situation(asked.category)
        if before.asks.find(asked.ask_id).team != team:
            raise NotFoundError("Your team made no such request for a bed.")
        after = before.give_back(asked.ask_id, at)
        return Move(loaded.home, {asked.category: after}, _response(after, asked.ask_id))

    return transition(desk, asked.location_id, [asked.category], decide)


def settle(desk: Desk, location_id: str, category: BedCategory) -> Revision:
    """Write down what is over, and give the next in the queue their turn. Raises BusyError."""

    def decide(loaded: Loaded) -> Move:
        after = loaded.holds[category].settle(loaded.situation(category))
        return Move(loaded.home, {category: after}, after.to_document())

    return transition(desk, location_id, [category], decide)


def post(
    desk: Desk,
    location_id: str,
    decide: Callable[[CareHome], CareHome],
    *,
    action: Action,
    seen_version: int | None = None,
) -> Revision:
    """Let `decide` change the home as `homes.revise` does; the asks that lose their bed end.

    No ask makes it fail: `seen_version` is the home's, which an ask does not change.
    """

    def decide_all(loaded: Loaded) -> Move:
        home = homes.as_seen(loaded.home, location_id, seen_version)
        document = homes.document_of(home, decide(home), loaded.home)
        if not set(loaded.holds).issuperset(map(BedCategory, loaded.home["beds"])):
            raise UnknownAskError
        after = {
            category: holds.post(
                loaded.situation(category).offer, loaded.situation(category, document)
            )
            for category, holds in loaded.holds.items()
        }
        return Move(document, after, document)

    held = homes.load(desk.table, location_id)
    categories = [BedCategory(category) for category in held["beds"]]
    return transition(desk, location_id, categories, decide_all, home_action=action)


def _answer(
    desk: Desk,
    asked: AskPlace,
    answer: Callable[[Holds, Situation], Answered],
    move_bed: Callable[[CareHome, BedCategory], CareHome],
) -> Revision:
    def decide(loaded: Loaded) -> Move:
        category, home = asked.category, loaded.home
        after, moves_bed = answer(loaded.holds[category], loaded.situation(category))
        if moves_bed:
            home = move_bed(CareHome.from_document(home), category).to_document()
        return Move(home, {category: after}, _response(after, asked.ask_id))

    action = Action.UPDATED
    return transition(desk, asked.location_id, [asked.category], decide, home_action=action)


def _response(holds: Holds, ask_id: str) -> Document:
    """Return what the team and the home see of an ask; its place while it queues."""
    document = {
        "location_id": holds.location_id,
        "category": holds.category,
        **holds.asks.find(ask_id).to_document(),
    }
    place = holds.asks.place_of(ask_id)
    return document if place is None else {**document, "place": place}


def _ended_asks(table: Table, team: str) -> set[AskPlace]:
    """Return those of a team's asks that wait no longer."""
    (item,) = table.get((keys.TEAM_ASKS, team))
    made = TeamAsks.from_document(json.loads(item[keys.DOCUMENT]["S"])).asks if item else ()
    ended = set()
    for each in made:
        waiting = {
            ask.ask_id
            for ask in load(table, each.location_id, each.category).asks
            if ask.state in {AskState.ASKED, AskState.QUEUED}
        }
        if each.ask_id not in waiting:
            ended.add(each)
    return ended
