"""Which kinds of documents notify follows, and the index of each."""

from notify.alert_index import AlertIndex
from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.vocabulary import ChangeKind
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from shared.store.wrong_posts import FollowedWrongPosts


def follow(
    table: Table, clock: Clock, alerts: AlertIndex
) -> tuple[LogFollower, FollowedWrongPosts]:
    """Return what keeps the alerts up to date, and what it learns beside them of wrong posts."""
    learned = FollowedWrongPosts()
    kinds = learned.beside(ChangeKind.ALERT, alerts)
    return LogFollower(table, clock, kinds, report_unreadable), learned
