"""What homes post: their true counts, but for what is wrong from the outset."""

from datetime import datetime
from random import Random
from typing import Final

from shared.domain.beds import BedCounts
from shared.domain.documents import HomeDocument, timestamp
from shared.search_index.board import Board
from simulation.homes import BedGroup, SimulatedHome

_NO_TEXT: Final = "{}"
"""What the board renders for pages, which nobody reads here: it saves an eighth of the time."""


def post(
    home: SimulatedHome, board: Board, now: datetime, rng: Random, outset_error: float
) -> None:
    """Let the home post its counts, and the board show them."""
    beds = {group.category: _counts(group, rng.random() < outset_error) for group in home.groups}
    home.said = home.said.update(beds, None, now)
    for group in home.groups:
        group.listed = beds[group.category].accepting
    home.document = _document(home)
    board.put(home.document, _NO_TEXT)


def _document(home: SimulatedHome) -> HomeDocument:
    """Return the home's document; of one that has posted before only what a post changes is new.

    To write the whole of it takes a tenth of a simulated year.
    """
    said = home.said
    if not home.document or not said.confirmed_at:
        return said.to_document()
    return {
        **home.document,
        "version": said.version,
        "beds": {category: counts.to_document() for category, counts in said.beds.items()},
        "confirmed_at": timestamp(said.confirmed_at),
        **said.posts.to_document(),
    }


def _counts(group: BedGroup, is_wrong: bool) -> BedCounts:
    """Count the beds of a group; a wrong count has one bed more that is said to be free."""
    free = group.admittable
    if is_wrong:
        free = min(free + 1, group.capacity)
    occupied = min(group.occupied, group.capacity - free)
    return BedCounts(
        maximum_capacity=group.capacity,
        occupied=occupied,
        reserved=0,
        accepting=free,
        not_available=group.capacity - occupied - free,
    )
