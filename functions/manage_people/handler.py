"""Let a council invite people, give them roles and take them away, and disable people."""

from manage_people.people_routes import people_routes
from manage_people.role_routes import role_routes
from manage_people.second_step_routes import second_step_routes
from shared.aws import user_pool
from shared.aws.user_pool import UserPool
from shared.http.response import LambdaHandler, create_resolver, lambda_handler
from shared.store import table as tables
from shared.store.table import Table


def build(*, table: Table, pool: UserPool) -> LambdaHandler:
    """Return the function, with this user pool and the homes of this table."""
    app = create_resolver()
    app.include_router(people_routes(pool, table))
    app.include_router(role_routes(pool, table))
    app.include_router(second_step_routes(pool, table))
    return lambda_handler(app)


handler = build(table=tables.of_this_stack(), pool=user_pool.of_this_stack())
