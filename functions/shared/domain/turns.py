"""Which team is told first of an opening: each has the same chance, every time anew.

Messages leave one after the other, and who reads one first may ask first.
"""

import hashlib
from collections.abc import Iterable


def in_turn(teams: Iterable[str], change_id: str) -> list[str]:
    """Return the teams in the order in which they are told of the opening by this change.

    It is the same however often it is worked out, as a delivery that was interrupted must go on
    where it was, and has nothing to do with the order of another opening.
    """

    def lot(team: str) -> tuple[bytes, str]:
        return hashlib.sha256(f"{change_id}|{team}".encode()).digest(), team

    return sorted(set(teams), key=lot)
