"""Manage a discharge team's alerts and members, and whom a care home's reminders go to."""

from collections.abc import Callable

from shared.aws import address_key, delivery_queue, senders, sns
from shared.aws.clock import SYSTEM, Clock
from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.settings import settings
from shared.aws.sns import Topics
from shared.http.response import LambdaHandler, create_resolver, lambda_handler
from shared.places import postcodes
from shared.places.postcodes import Postcodes
from shared.store import table as tables
from shared.store.table import Table
from subscribe.alert_routes import alert_routes
from subscribe.council_reminder_routes import council_reminder_routes
from subscribe.link_routes import link_routes
from subscribe.member_routes import member_routes
from subscribe.membership import Membership
from subscribe.reminder_routes import reminder_routes
from subscribe.successor_reminder_routes import successor_reminder_routes


def build(
    *,
    table: Table,
    clock: Clock,
    team_topics: Topics,
    queue: DeliveryQueue,
    membership: Membership,
    load_postcodes: Callable[[], Postcodes],
) -> LambdaHandler:
    """Return the function, with these parts."""
    app = create_resolver()
    app.include_router(alert_routes(table, clock, team_topics, load_postcodes))
    app.include_router(member_routes(membership, team_topics))
    app.include_router(reminder_routes(membership))
    app.include_router(council_reminder_routes(table, clock, queue))
    app.include_router(successor_reminder_routes(table, membership))
    app.include_router(link_routes(membership))
    return lambda_handler(app)


handler = build(
    table=tables.of_this_stack(),
    clock=SYSTEM,
    team_topics=sns.team_topics(),
    queue=delivery_queue.of_this_stack(),
    membership=Membership(
        tables.of_this_stack(),
        SYSTEM,
        address_key.of_this_stack(),
        senders.emails(),
        senders.texts(),
        settings().site_url,
    ),
    load_postcodes=postcodes.installed,
)
