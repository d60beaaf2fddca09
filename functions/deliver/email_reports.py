"""Mark the people whose emails bounced, or who marked one as spam, as SES reports it.

The rules of EventBridge pass on the tags of the email and nothing else of the report, which holds
the address. Each tag is a list.
"""

from typing import Final

from aws_lambda_powertools.metrics import MetricUnit

from shared.aws.clock import Clock
from shared.aws.telemetry import AddMetric, logger
from shared.domain.documents import Document
from shared.domain.errors import NotFoundError
from shared.domain.member import MemberState, Owner, OwnerKind
from shared.store import members
from shared.store.table import Table

STATES: Final = {
    "email_bounced": MemberState.BOUNCED,
    "email_complained": MemberState.COMPLAINED,
}
"""What a person is marked as, by the event."""

_METRICS: Final = {
    MemberState.BOUNCED: "EmailsBounced",
    MemberState.COMPLAINED: "EmailsComplained",
}
"""SES judges the two separately: a sender survives fifty times as many bounces as complaints."""


def mark_member(table: Table, clock: Clock, report: Document, add_metric: AddMetric) -> None:
    """Stop the messages of whoever the report is about; the team sees why. Raises BusyError.

    A report that comes again is counted once.
    """
    state, now = STATES[report["event"]], clock.now()
    owner = Owner(OwnerKind(report["kind"][0]), report["owner"][0])
    member_id = report["member"][0]
    try:
        member = members.load(table, owner, member_id, now)
        marked = members.revise(table, member, now, lambda current: current.stop(state, now))
        if marked.state is state and marked.state_at != now:
            return  # this report came before
    except NotFoundError:
        pass  # they were removed meanwhile, but SES counts it all the same
    logger.info("email reported", owner=str(owner), member_id=member_id, state=state)
    add_metric(_METRICS[state], MetricUnit.Count, 1)
