"""Manage a discharge team's alerts and members, and the addresses of a care home's reminders."""

from collections.abc import Callable

from shared.aws import sns
from shared.aws.clock import SYSTEM, Clock
from shared.aws.sns import Topics
from shared.http.response import LambdaHandler, create_resolver, lambda_handler
from shared.places import postcodes
from shared.places.postcodes import Postcodes
from shared.store import table as tables
from shared.store.table import Table
from subscribe.alert_routes import alert_routes
from subscribe.member_routes import member_routes
from subscribe.reminder_routes import reminder_routes
from subscribe.successor_reminder_routes import successor_reminder_routes


def build(
    *,
    table: Table,
    clock: Clock,
    team_topics: Topics,
    home_topics: Topics,
    load_postcodes: Callable[[], Postcodes],
) -> LambdaHandler:
    """Return the function, with this table and these topics."""
    app = create_resolver()
    app.include_router(alert_routes(table, clock, team_topics, load_postcodes))
    app.include_router(member_routes(team_topics))
    app.include_router(reminder_routes(home_topics))
    app.include_router(successor_reminder_routes(table, home_topics))
    return lambda_handler(app)


handler = build(
    table=tables.of_this_stack(),
    clock=SYSTEM,
    team_topics=sns.team_topics(),
    home_topics=sns.home_topics(),
    load_postcodes=postcodes.installed,
)
