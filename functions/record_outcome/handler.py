"""Let teams and the council say what came of a call, and show what that says of the list."""

from record_outcome.audit_routes import audit_routes
from record_outcome.dispute_routes import dispute_routes
from record_outcome.outcome_routes import outcome_routes
from record_outcome.truth_routes import truth_routes
from shared.aws.clock import SYSTEM, Clock
from shared.http.response import LambdaHandler, create_resolver, lambda_handler
from shared.store import table as tables
from shared.store.table import Table


def build(*, table: Table, clock: Clock) -> LambdaHandler:
    """Return the function, which writes to this table."""
    app = create_resolver()
    app.include_router(outcome_routes(table, clock))
    app.include_router(dispute_routes(table, clock))
    app.include_router(audit_routes(table, clock))
    app.include_router(truth_routes(table, clock))
    return lambda_handler(app)


handler = build(table=tables.of_this_stack(), clock=SYSTEM)
