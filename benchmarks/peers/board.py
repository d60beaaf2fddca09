"""Bedboard's own board."""

from benchmarks.peers.answers import OF_THE_EARTH, Found
from benchmarks.samples.homes import Homes, Search
from shared.domain.documents import to_json
from shared.search_index.board import Board
from shared.search_index.board import SearchResults as BoardFound


class BoardPeer:
    """What `search` holds, without what it shows of a home."""

    name = "board"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes) -> None:
        self._board = Board(lambda document: str(document["location_id"]))
        for at in range(len(homes)):
            document = homes.document(at)
            # All that is shown of it: so many whole documents would be half a gigabyte.
            self._board.put(document, to_json({"location_id": document["location_id"]}))

    def ask(self, search: Search) -> BoardFound:
        return self._board.search(search.wanted)

    def answer(self, search: Search) -> Found:
        found = self.ask(search)
        return Found(
            found.total, [(int(each.location_id[2:]) - 1, each.miles) for each in found.results]
        )

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass
