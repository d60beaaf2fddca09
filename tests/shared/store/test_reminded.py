"""Which homes were reminded on a day, when and by whom."""

from datetime import timedelta

from shared.store import reminded
from shared.store.reminded import BY_SCHEDULE, Reminder
from shared.store.table import Table
from tests.support.builders import NOON

DAY = NOON.date()
FIRST = Reminder("1-9000000001", NOON, "someone")


def test_the_first_reminder_of_a_day_stays(table: Table) -> None:
    assert reminded.record(table, DAY, FIRST)
    assert not reminded.record(table, DAY, Reminder(FIRST.location_id, NOON, BY_SCHEDULE))
    assert reminded.of_day(table, DAY) == {FIRST.location_id: FIRST}


def test_each_day_has_its_own(table: Table) -> None:
    tomorrow = DAY + timedelta(days=1)
    reminded.record(table, DAY, FIRST)
    assert reminded.of_day(table, tomorrow) == {}
    assert reminded.record(table, tomorrow, FIRST)
