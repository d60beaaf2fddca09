"""Which kinds of documents a search follows, and the index of each."""

from shared.domain.vocabulary import ChangeKind
from shared.search_index.board import Board, DisputesOfBoard
from shared.store.log_follower import InMemoryIndex


def followed_kinds(board: Board, *, search_is_public: bool) -> dict[ChangeKind, InMemoryIndex]:
    """Return the indexes: the public learns nothing of what teams were told."""
    homes: dict[ChangeKind, InMemoryIndex] = {ChangeKind.HOME: board}
    return homes if search_is_public else {**homes, ChangeKind.DISPUTE: DisputesOfBoard(board)}
