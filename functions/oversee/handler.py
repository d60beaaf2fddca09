"""The council's overview: every home and what they add up to, and the log a day at a time."""

from aws_lambda_powertools.event_handler.api_gateway import Response

from oversee.answer import rendered
from oversee.days import Days, asked
from oversee.overview import Overview
from shared import api, table
from shared.following import Follower
from shared.vocabulary import ChangeKind

app = api.resolver()
stack_table = table.of_this_stack()
overview = Overview()
follower = Follower(stack_table, ChangeKind.HOME, overview)
days = Days(stack_table)


@app.get("/homes")
def get_homes() -> Response[str]:
    api.Request(app).caller().must_council()
    now = stack_table.clock.now()
    follower.catch_up()
    return api.answer(rendered(overview.homes, now))


@app.get("/changes/<day>")
def get_day(day: str) -> Response[str]:
    api.Request(app).caller().must_council()
    now = stack_table.clock.now()
    return api.answer(days.sum_of(asked(day, now), now))


handler = api.lambda_handler(app)
