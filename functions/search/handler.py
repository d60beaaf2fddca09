"""Which homes near a place have a bed that fits: the log is read, memory answers."""

from aws_lambda_powertools.event_handler.api_gateway import Response

from search.query_string import PARAMETERS, read
from search.response import rendered, standing_part
from shared.aws.clock import SYSTEM
from shared.aws.settings import settings
from shared.domain.vocabulary import ChangeKind
from shared.http.request import Request
from shared.http.response import create_resolver, json_response, lambda_handler
from shared.places import postcodes
from shared.search_index.board import Board
from shared.store import table
from shared.store.log_follower import LogFollower

app = create_resolver()
stack_table = table.of_this_stack()
board = Board(standing_part)
follower = LogFollower(stack_table, SYSTEM, ChangeKind.HOME, board)


@app.get("/vacancies")
def get_vacancies() -> Response[str]:
    request = Request(app)
    request.caller().must_search(public=settings().search_is_public)
    now = SYSTEM.now()
    question = read(request.query(PARAMETERS), postcodes.installed(), now)
    follower.catch_up()
    return json_response(rendered(question, board.search(question.wanted), now))


handler = lambda_handler(app)
