"""Every home is read once for all that a run does."""

from shared.aws.clock import SYSTEM
from shared.store import keys
from shared.store.table import Table
from snapshot_homes.read_homes import read_homes
from tests.support.builders import home, save


def test_an_item_without_a_document_is_left_out(table: Table) -> None:
    table.put({keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "probe"}})
    save(table, home("1-9000000002"))
    (text,) = read_homes(table, SYSTEM).texts
    assert "1-9000000002" in text
