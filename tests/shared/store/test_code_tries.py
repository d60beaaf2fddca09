"""Wrong codes are counted by address and hour, without the address."""

import json
from datetime import timedelta

from shared.store import code_tries, keys
from shared.store.code_tries import MOST_OF_ADDRESS, MOST_OF_STACK, Allowance
from shared.store.table import Table
from tests.support.builders import NOON

SECRET = b"a secret of the stack"
ADDRESS, OTHER = "192.0.2.7", "2001:db8::1"


def allowance(table: Table, address: str = ADDRESS) -> Allowance:
    return code_tries.allowance(table, SECRET, address, NOON)


def test_an_address_rests_after_twenty_wrong_codes_and_others_do_not(table: Table) -> None:
    for _ in range(MOST_OF_ADDRESS):
        assert allowance(table) is Allowance.FREE
        code_tries.record_wrong(table, SECRET, ADDRESS, NOON)
    assert allowance(table) is Allowance.ADDRESS_RESTS
    assert allowance(table, OTHER) is Allowance.FREE


def test_the_next_hour_begins_anew(table: Table) -> None:
    for _ in range(MOST_OF_ADDRESS):
        code_tries.record_wrong(table, SECRET, ADDRESS, NOON)
    later = NOON + timedelta(hours=1)
    assert code_tries.allowance(table, SECRET, ADDRESS, later) is Allowance.FREE


def test_all_addresses_rest_after_a_thousand(table: Table) -> None:
    write_tries(table, MOST_OF_STACK - 1)
    assert allowance(table, OTHER) is Allowance.FREE
    code_tries.record_wrong(table, SECRET, ADDRESS, NOON)
    assert allowance(table, OTHER) is Allowance.STACK_RESTS


def write_tries(table: Table, number: int) -> None:
    """Write tries of so many addresses, 25 in a request."""
    items = [
        {keys.PARTITION: {"S": keys.code_tries(NOON)}, keys.SORT: {"S": f"{each:064x}#1"}}
        for each in range(number)
    ]
    for start in range(0, number, 25):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
        table.client.batch_write_item(RequestItems={table.name: puts})  # type: ignore[dict-item]  # the stubs want each kind of value


def test_no_address_is_kept_and_what_stands_for_it_goes_after_two_hours(table: Table) -> None:
    code_tries.record_wrong(table, SECRET, ADDRESS, NOON)
    (item,) = table.client.scan(TableName=table.name)["Items"]
    assert ADDRESS not in json.dumps(item)
    expiry = str(int((NOON + timedelta(hours=2)).timestamp()))
    assert item[keys.EXPIRES] == {"N": expiry}
    other_hour = NOON + timedelta(hours=1)
    code_tries.record_wrong(table, SECRET, ADDRESS, other_hour)
    digests = {
        each[keys.SORT]["S"].split("#")[0]
        for each in table.client.scan(TableName=table.name)["Items"]
    }
    assert len(digests) == 2
