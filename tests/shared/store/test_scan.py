"""One item that cannot be read hides only itself from whoever reads all documents."""

import pytest

from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.support.builders import home, save


@pytest.fixture
def with_bad_items(table: Table) -> Table:
    save(table, home("1-9000000002"))
    table.put({keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "no document"}})
    torn = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "torn"}}
    table.put({**torn, keys.DOCUMENT: {"S": '{"location_id'}})
    return table


def test_what_cannot_be_read_is_reported_and_the_rest_is_read(with_bad_items: Table) -> None:
    reported: list[str] = []
    documents = list(all_documents(with_bad_items, ChangeKind.HOME, reported.append))
    assert [each["location_id"] for each in documents] == ["1-9000000002"]
    assert reported == ["no document", "torn"]


def test_without_a_report_it_raises(with_bad_items: Table) -> None:
    with pytest.raises(KeyError):
        list(all_documents(with_bad_items, ChangeKind.HOME))
