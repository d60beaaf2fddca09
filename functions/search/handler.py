"""Which homes near a place have a bed that fits: the log is read, memory answers."""

from aws_lambda_powertools.event_handler.api_gateway import Response

from search.answer import rendered, standing_part
from search.question import PARAMETERS, read
from shared import api, postcodes, table
from shared.board import Board
from shared.following import Follower
from shared.settings import settings
from shared.vocabulary import ChangeKind

app = api.resolver()
stack_table = table.of_this_stack()
board = Board(standing_part)
follower = Follower(stack_table, ChangeKind.HOME, board)


@app.get("/vacancies")
def get_vacancies() -> Response[str]:
    request = api.Request(app)
    request.caller().must_search(public=settings().search_is_public)
    now = stack_table.clock.now()
    question = read(request.query(PARAMETERS), postcodes.installed(), now)
    follower.catch_up()
    return api.answer(rendered(question, board.search(question.wanted), now))


handler = api.lambda_handler(app)
