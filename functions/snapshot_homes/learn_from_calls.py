"""Learn from the audit's calls how to calculate chances, and once a day if these are right."""

from shared.aws.clock import Clock
from shared.aws.telemetry import logger, report_unreadable
from shared.domain.author import Author
from shared.domain.calibration import calibration_of
from shared.domain.disclosure import first_day, settled_month
from shared.domain.truth import LOOKS_BACK, audits
from shared.domain.uk_time import uk_day
from shared.domain.wrong_posts import next_wrong_posts
from shared.store import outcomes, wrong_posts
from shared.store.table import Table


def learn_from_calls(table: Table, clock: Clock, request_id: str) -> int:
    """Save how many posts are wrong from the outset; return in how many bins chances are not right.

    What is saved changes once a month is settled, at most: everybody sees it in every chance. It
    is of a year of calls, all calculated again, whatever failed before. Raises BusyError.
    """
    now = clock.now()
    month = settled_month(now)
    # The year that ends with a settled month begins before the last 365 days do.
    calls = audits(outcomes.of_calls_since(table, first_day(month), report_unreadable))
    learned = next_wrong_posts(wrong_posts.load(table, report_unreadable), month, calls)
    if wrong_posts.save(table, clock, learned, Author("schedule", request_id)).changed:
        logger.info("wrong posts learned", calls=learned.calls, share=learned.share)
    of_last_year = (each for each in calls if each.day >= uk_day(now) - LOOKS_BACK)
    return sum(each.is_apart for each in calibration_of(of_last_year))
