"""Bedboard's own board."""

from benchmarks.peers.answers import OF_THE_EARTH, Answer
from benchmarks.samples.homes import Homes, Search
from shared.domain.documents import to_json
from shared.search_index.board import Board, SearchResults


class BoardPeer:
    """The board that `search` keeps in memory, with little to show of each home."""

    name = "board"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes) -> None:
        self._board = Board(lambda document, _today: str(document["location_id"]))
        for at in range(len(homes)):
            document = homes.document(at)
            # Only the id to show: so many whole documents would be half a gigabyte.
            self._board.put(document, to_json({"location_id": document["location_id"]}))

    def ask(self, search: Search) -> SearchResults:
        return self._board.search(search.query)

    def answer(self, search: Search) -> Answer:
        results = self.ask(search)
        return Answer(
            results.total, [(int(each.location_id[2:]) - 1, each.miles) for each in results.results]
        )

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass
