"""What a link does to a home: confirm, change counts, close; undo that; stop all links."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from post_by_link.bodies import Act, Doing
from post_by_link.response import home_as_shown
from shared.aws.clock import Clock
from shared.aws.telemetry import logger
from shared.domain.author import Author, IdempotencyKey
from shared.domain.care_home import VACANCY_MEMBERS, CareHome
from shared.domain.documents import Document, timestamp
from shared.domain.errors import (
    ConflictError,
    KeyReusedError,
    OutdatedError,
    Problem,
    RefusedError,
)
from shared.domain.posting_link import UNDO_TIME, LinkStop, PostingLink
from shared.domain.vocabulary import Action, AdmissionState
from shared.http.vacancies import Vacancies
from shared.store import homes, idempotency, posting_links
from shared.store.homes import HomeDecision
from shared.store.table import Table

_BEFORE: Final = "before"
"""The member of a saved response that holds the vacancies as they were; no one is sent it."""


@dataclass(frozen=True, slots=True)
class LinkPosts:
    """The posts by link of one stack; each goes through the commit of every other post."""

    table: Table
    clock: Clock

    def look(self, link: PostingLink) -> Document:
        """Return the home as its link shows it. Writes nothing. Raises BusyError."""
        home = homes.load(self.table, link.location_id)
        return {"home": home_as_shown(home), "expires_at": timestamp(link.expires_at)}

    def act(self, link: PostingLink, body: Act, request_id: str) -> Document:
        """Do what was pressed, once for each version that was shown.

        Raises OutdatedError with what is there now, if that is not what the person saw;
        ConflictError, RefusedError, BusyError.
        """
        if body.do is Doing.STOP:
            return self._stop(link)
        if body.do is Doing.UNDO:
            return self._undo(link, body, request_id)
        if body.do is Doing.LOOK:
            raise RefusedError(Problem("do", "one of confirm, update, undo, stop"))
        now, shown = self.clock.now(), body.what_was_shown()
        if body.do is Doing.CONFIRM:
            action, change = Action.CONFIRMED, _confirming(now)
        else:
            action, change = Action.UPDATED, _changing(body.new_vacancies(), now)

        def decide(home: CareHome) -> HomeDecision:
            _require_same(home, shown)
            return _decision(home, change(home), now)

        author = _author(link, str(body.seen_version()), body, request_id)
        try:
            revision = homes.revise_and_respond(
                self.table, self.clock, link.location_id, decide, action=action, author=author
            )
        except KeyReusedError:  # another press on the same version came first
            home = CareHome.from_document(homes.load(self.table, link.location_id))
            raise _outdated(home) from None
        return _without_before(revision.document)

    def _undo(self, link: PostingLink, body: Act, request_id: str) -> Document:
        """Put back the vacancies as they were before a press, if nobody posted since."""
        now, version = self.clock.now(), body.seen_version()
        saved = idempotency.load_response(self.table, link.digest, str(version), now)
        if saved is None:
            raise ConflictError("There is nothing to undo. Look at the home as it is now.")

        def decide(home: CareHome) -> HomeDecision:
            if now > datetime.fromisoformat(saved["undo_until"]):
                raise ConflictError(
                    "It is more than ten minutes ago, so it cannot be undone. Enter the right"
                    " counts instead."
                )
            posted, present = saved["home"], home_as_shown(home.to_document())
            if any(posted.get(name) != present.get(name) for name in VACANCY_MEMBERS):
                raise _outdated(home)
            after = home.with_vacancies_of(saved[_BEFORE])
            return HomeDecision(after, {"home": home_as_shown(after.to_document())})

        revision = homes.revise_and_respond(
            self.table,
            self.clock,
            link.location_id,
            decide,
            action=Action.UPDATED,
            author=_author(link, f"undo-{version}", body, request_id),
        )
        return _without_before(revision.document)

    def _stop(self, link: PostingLink) -> Document:
        """End every link of the home, unless staff allowed new ones since this one was made."""
        now = self.clock.now()

        def decide(current: LinkStop) -> LinkStop:
            return current.stop(now) if current.epoch == link.epoch else current

        posting_links.revise_stop(self.table, self.clock, link.location_id, decide)
        logger.info("links stopped", location_id=link.location_id, member_id=link.member_id)
        return {"stopped": True}


Change = Callable[[CareHome], CareHome]


def _confirming(now: datetime) -> Change:
    return lambda home: home.confirm(now)


def _changing(change: Vacancies, now: datetime) -> Change:
    """Return the change to a home: counts of kinds of bed that it has, and a closure."""
    beds, admission = change.bed_counts(), change.new_admission_status()
    if admission and admission.status is AdmissionState.OPEN:
        expected = "closed: a link cannot reopen a home. Sign in to reopen it"
        raise RefusedError(Problem("change.admission_status.status", expected))

    def changed(home: CareHome) -> CareHome:
        problems = [
            Problem(f"change.beds.{category}", "a kind of bed that the home has: sign in to add it")
            for category in beds
            if category not in home.beds
        ] + [
            Problem(f"change.beds.{category}.maximum_capacity", "more than 0: sign in to remove it")
            for category, counts in beds.items()
            if counts.maximum_capacity == 0
        ]
        if problems:
            raise RefusedError(*problems)
        return home.update(beds, admission, now)

    return changed


def _decision(before: CareHome, after: CareHome, now: datetime) -> HomeDecision:
    """Return the home after a press, and the response from which the press can be undone."""
    held = before.to_document()
    response = {
        "home": home_as_shown(after.to_document()),
        "undo_until": timestamp(now + UNDO_TIME),
        _BEFORE: {name: held[name] for name in VACANCY_MEMBERS if name in held},
    }
    return HomeDecision(after, response)


def _require_same(home: CareHome, shown: Vacancies) -> None:
    """Check that a person saw the vacancies that are there. Raises OutdatedError."""
    if (dict(home.beds), home.admission_status) != (
        shown.bed_counts(),
        shown.new_admission_status(),
    ):
        raise _outdated(home)


def _outdated(home: CareHome) -> OutdatedError:
    return OutdatedError(
        "Someone changed this home's vacancies after you opened the link. Nothing of yours was"
        " saved. Look at what is there now.",
        home_as_shown(home.to_document()),
    )


def _author(link: PostingLink, key: str, body: Act, request_id: str) -> Author:
    """Return the link as the author; a repeat of the press is recognised by `key`."""
    content = body.model_dump_json(exclude={"token", "code"}, exclude_unset=True)
    fingerprint = hashlib.sha256(content.encode()).hexdigest()
    once = IdempotencyKey(link.digest, key, fingerprint)
    return Author(f"link:{link.member_id}", request_id, once)


def _without_before(response: Document) -> Document:
    return {name: value for name, value in response.items() if name != _BEFORE}
