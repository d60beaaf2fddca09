"""Writers who read, decide and commit on the versions that they read: one team gets the bed.

Every order of their steps is tried, with one of them killed between any two steps, and with one
reply lost after its commit, so that the same request comes again.
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from shared.domain.admission_hours import Day
from shared.domain.ask import AskState
from shared.domain.errors import ConflictError, NotFoundError
from shared.domain.holds import Holds
from shared.domain.offer import Offer, Situation
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import WorkingHours
from tests.support.builders import NOON

HOURS: Final = WorkingHours.read(" ".join([*Day, "00:00-24:00"]))
UNTIL: Final = NOON + timedelta(hours=1)
SEEN_VERSION: Final = 1
"""Of the home, as the carer who posts saw it."""


class Phase(StrEnum):
    """How far a writer is."""

    BEGINS = "begins"
    HAS_READ = "has read"
    ANSWERED = "answered"
    REFUSED = "refused"
    KILLED = "killed"


class Stored(NamedTuple):
    """What the table holds: the asks, and the home's counts at a version of their own."""

    holds: Holds
    offer: Offer
    home_version: int


class Writer(NamedTuple):
    """A request: a team's ask, the home's yes to whoever asks, or its post that it has gone."""

    name: str
    phase: Phase = Phase.BEGINS
    snapshot: Stored | None = None

    def decide(self, read: Stored) -> Stored:
        """Return what is to be stored. Raises ConflictError, NotFoundError."""
        holds, offer, version = read
        at = Situation(NOON, offer, HOURS)
        if self.name == "yes":
            asked = holds.asks.asked[0].ask_id if holds.asks.asked else "nobody"
            after = holds.accept(asked, UNTIL, at).holds
            return Stored(after, offer.with_bed_reserved(), version + 1)
        if self.name == "post":
            if version != SEEN_VERSION:  # its If-Match
                raise ConflictError("The home was changed.")
            full = offer._replace(accepting=0, occupied=offer.occupied + offer.accepting)
            return Stored(holds.post(offer, at._replace(offer=full)), full, version + 1)
        return read._replace(holds=holds.ask(self.name, self.name, at))


class Run(NamedTuple):
    """One moment of all writers."""

    stored: Stored
    writers: tuple[Writer, ...]
    kills: int = 1
    lost_replies: int = 1

    def with_writer(self, number: int, writer: Writer) -> "Run":
        """Return the run after a writer's step."""
        return self._replace(writers=(*self.writers[:number], writer, *self.writers[number + 1 :]))

    def next_runs(self, *, versions_count: bool) -> Iterator["Run"]:
        """Yield every step that any writer can make."""
        for number, writer in enumerate(self.writers):
            if writer.phase not in {Phase.BEGINS, Phase.HAS_READ}:
                continue
            if self.kills:
                killed = writer._replace(phase=Phase.KILLED, snapshot=None)
                yield self.with_writer(number, killed)._replace(kills=self.kills - 1)
            if writer.snapshot is None:
                read = writer._replace(phase=Phase.HAS_READ, snapshot=self.stored)
                yield self.with_writer(number, read)
            else:
                yield from self._commits(number, writer, writer.snapshot, versions_count)

    def _commits(
        self, number: int, writer: Writer, read: Stored, versions_count: bool
    ) -> Iterator["Run"]:
        again = Writer(writer.name)
        try:
            after = writer.decide(read)
        except (ConflictError, NotFoundError):
            yield self.with_writer(number, again._replace(phase=Phase.REFUSED))
            return
        versions = (read.holds.version, read.home_version)
        if versions_count and versions != (self.stored.holds.version, self.stored.home_version):
            yield self.with_writer(number, again)
            return
        committed = self._replace(stored=after)
        yield committed.with_writer(number, again._replace(phase=Phase.ANSWERED))
        if self.lost_replies:
            yield committed.with_writer(number, again)._replace(lost_replies=0)


def ends_of(*names: str, versions_count: bool = True, lost_replies: int = 1) -> list[Run]:
    """Return every way in which these requests may end."""
    holds = Holds("1-9000000001", BedCategory.GENERAL_NURSING)
    first = Run(
        Stored(holds, Offer(1, said_at=NOON), SEEN_VERSION),
        tuple(map(Writer, names)),
        lost_replies=lost_replies,
    )
    seen, waiting, ends = {first}, [first], []
    while waiting:
        run = waiting.pop()
        following = list(run.next_runs(versions_count=versions_count))
        if not following:
            ends.append(run)
        for each in following:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return ends


def teams_answered(run: Run) -> set[str]:
    return {writer.name for writer in run.writers if writer.phase is Phase.ANSWERED}


def test_of_three_teams_one_has_the_bed_and_the_others_have_a_place() -> None:
    for run in ends_of("exeter", "torbay", "plymouth"):
        holds = run.stored.holds
        assert len(holds.asks.asked) == 1
        asks = {ask.ask_id for ask in (*holds.asks.asked, *holds.asks.queued)}
        assert teams_answered(run) <= asks
        assert len(asks) == len(holds.asks.items)


def test_while_the_home_says_yes_and_posts_no_bed_is_promised_twice() -> None:
    for run in ends_of("exeter", "torbay", "yes", "post"):
        holds, offer, _ = run.stored
        assert len(holds.asks.accepted) <= offer.reserved
        assert len(holds.asks.asked) <= offer.accepting
        assert offer.accepting + offer.reserved + offer.occupied == 1
        assert teams_answered(run) - {"yes", "post"} <= {ask.ask_id for ask in holds.asks}
        lost = [ask for ask in holds.asks if not ask.state.is_open]
        assert all(ask.state is AskState.BED_GONE for ask in lost)


def test_an_ask_never_refuses_a_post_of_the_home() -> None:
    for run in ends_of("exeter", "torbay", "post", lost_replies=0):
        assert all(w.phase is not Phase.REFUSED for w in run.writers if w.name == "post")


def test_without_the_check_of_versions_a_team_would_lose_its_ask() -> None:
    assert any(
        teams_answered(run) - {ask.ask_id for ask in run.stored.holds.asks}
        for run in ends_of("exeter", "torbay", versions_count=False)
    )
