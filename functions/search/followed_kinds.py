"""Which kinds of documents a search follows, and the index of each."""

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.vocabulary import ChangeKind
from shared.search_index.board import Board, DisputesOfBoard
from shared.search_index.request_records import RequestRecords
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from shared.store.wrong_posts import FollowedWrongPosts


def follow(
    table: Table, clock: Clock, board: Board, *, search_is_public: bool
) -> tuple[LogFollower, RequestRecords]:
    """Return what keeps the board up to date, and the records that it keeps up to date beside it.

    Where search is public it follows homes and wrong posts alone, and there are no records: the
    public learns nothing of what teams were told. Wrong posts come first, so that homes are weighed
    by them as they are loaded.
    """
    records = RequestRecords()
    indexes = FollowedWrongPosts(board.weigh_with).beside(ChangeKind.HOME, board)
    if not search_is_public:
        indexes[ChangeKind.DISPUTE] = DisputesOfBoard(board)
        indexes[ChangeKind.REQUEST_RECORD] = records
    return LogFollower(table, clock, indexes, report_unreadable), records
