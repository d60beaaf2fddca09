"""Fictional homes, bed counts and changes."""

from dataclasses import replace
from datetime import UTC, datetime

from shared.aws.clock import SYSTEM, Clock
from shared.domain.author import Author
from shared.domain.beds import BedCounts
from shared.domain.care_home import CareHome, Register
from shared.domain.documents import to_json
from shared.domain.placing_stop import PlacingStop
from shared.domain.posts import Posts
from shared.domain.vocabulary import Action, BedCategory, ChangeKind, Rating, ServiceUserBand
from shared.store import placing_stops, snapshot
from shared.store.change_log import Change, commit
from shared.store.table import Table

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

REGISTER = Register(
    name="Larkrise House",
    address="1 Example Lane, Exeter",
    postcode="EX2 5DW",
    local_authority="Exampleshire",
    latitude=50.7167,
    longitude=-3.5062,
    phone="01632960001",
    registered_beds=30,
    rating=Rating.GOOD,
    nursing=True,
    service_user_bands=(ServiceUserBand.DEMENTIA, ServiceUserBand.OLDER_PEOPLE),
)


def counts(accepting: int, *, of: int = 10, reserved: int = 0, not_available: int = 0) -> BedCounts:
    """Return bed counts with so many accepting, the rest occupied."""
    return BedCounts(
        of, of - accepting - reserved - not_available, reserved, accepting, not_available
    )


def home(
    location_id: str = "1-9000000001",
    *,
    accepting: int = 1,
    category: BedCategory = BedCategory.GENERAL_NURSING,
    register: Register = REGISTER,
) -> CareHome:
    """Return a home at version 1, confirmed at noon."""
    return CareHome(
        location_id,
        1,
        register,
        beds={category: counts(accepting)},
        confirmed_at=NOON,
        posts=Posts({category: NOON}),
    )


def unposted(location_id: str = "1-9000000001") -> CareHome:
    """Return a home as an import leaves it: registered, with nothing posted."""
    return CareHome(location_id, 1, REGISTER)


def created(home: CareHome) -> Change:
    """Return the change that imports a home."""
    return Change(
        ChangeKind.HOME,
        home.location_id,
        Action.IMPORTED,
        None,
        home.to_document(),
        "import",
        "request-0",
    )


def changed(before: CareHome, after: CareHome, action: Action = Action.UPDATED) -> Change:
    """Return the change from one state of a home to the next."""
    return Change(
        ChangeKind.HOME,
        before.location_id,
        action,
        before.to_document(),
        replace(after, version=before.version + 1).to_document(),
        "someone",
        "request-1",
    )


def save(table: Table, *homes: CareHome, clock: Clock = SYSTEM) -> None:
    """Save homes in the table, as an import does."""
    for each in homes:
        commit(table, clock, [created(each)])


def mark(
    table: Table, location_id: str, stop: PlacingStop | None, *, clock: Clock = SYSTEM
) -> None:
    """Set the council's mark on a home in the table, or take it back."""
    officer = Author("officer", "request-2")
    placing_stops.revise(table, clock, location_id, lambda _: stop, author=officer)


def save_snapshot(table: Table, *homes: CareHome, clock: Clock = SYSTEM) -> None:
    """Save a snapshot of these homes, however few they are."""
    snapshot.write(
        table, ChangeKind.HOME, clock.now(), [to_json(each.to_document()) for each in homes]
    )
