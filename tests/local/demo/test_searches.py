"""The demo's weeks of demand are of weeks that are over, and worth a look."""

from datetime import UTC, datetime

from local.demo.searches import NEEDS, WEEKS, published_searches
from shared.domain.demand import LEAST_COUNTS, SETTLED_AFTER
from shared.domain.needs import NEEDS as ALL_NEEDS
from shared.domain.terms import Funding

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)


def test_each_week_is_over_and_has_figures_that_may_be_shown() -> None:
    weeks = published_searches(NOW)
    assert len(weeks) == WEEKS
    for period, cells in weeks.items():
        assert period.end + SETTLED_AFTER <= NOW
        assert 10 < len(cells) < 60
        assert min(cells.values()) >= LEAST_COUNTS
        assert {cell.need for cell in cells} <= {*NEEDS, *Funding}


def test_every_need_is_one_of_the_list() -> None:
    assert NEEDS.keys() <= ALL_NEEDS.keys()


def test_the_same_day_gives_the_same_weeks() -> None:
    assert published_searches(NOW) == published_searches(NOW)
