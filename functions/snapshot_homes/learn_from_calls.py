"""Learn once a day from the audit's calls how to calculate chances, and if they are right."""

from shared.aws.clock import Clock
from shared.aws.telemetry import logger, report_unreadable
from shared.domain.author import Author
from shared.domain.calibration import calibration_of
from shared.domain.truth import LOOKS_BACK, audits
from shared.domain.wrong_posts import wrong_posts as learned_from
from shared.store import outcomes, wrong_posts
from shared.store.table import Table


def learn_from_calls(table: Table, clock: Clock, request_id: str) -> int:
    """Save how many posts are wrong from the outset; return in how many bins chances are not right.

    It reads the calls of a year, and calculates all again: so what an officer took back is gone
    from it, whatever failed before. Raises BusyError.
    """
    calls = audits(outcomes.recorded_since(table, clock.now() - LOOKS_BACK, report_unreadable))
    learned = learned_from(calls)
    if wrong_posts.save(table, clock, learned, Author("schedule", request_id)).changed:
        logger.info("wrong posts learned", calls=learned.calls, share=round(learned.share, 4))
    return sum(each.is_apart for each in calibration_of(calls))
