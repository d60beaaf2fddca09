"""Reads and transactions survive contention, and raise BusyError when they cannot."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from shared.domain.errors import BusyError
from shared.store.table import TRIES, ConditionFailedError, Table

WRITE = {"Item": {"pk": {"S": "A"}, "sk": {"S": "-"}}}


def cancelled(*reasons: str) -> ClientError:
    response: Any = {
        "Error": {"Code": "TransactionCanceledException"},
        "ResponseMetadata": {"HTTPStatusCode": 400},
        "CancellationReasons": [
            {"Code": reason, **({} if reason == "None" else {"Message": f"why {reason}"})}
            for reason in reasons
        ],
    }
    return ClientError(response, "TransactWriteItems")


def refused(code: str, status: int) -> ClientError:
    response: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, "Any")


def failing(table: Table, *faults: Exception) -> Table:
    """Return the table; its first requests fail with these errors."""
    left = list(faults)

    class Failing:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                if left:
                    raise left.pop(0)
                return getattr(table.client, name)(**arguments)

            return called

    return replace(table, client=Failing(), pause=lambda _: None)  # type: ignore[arg-type]  # a stand-in


def test_a_transaction_is_retried_while_another_is_in_progress(table: Table) -> None:
    failing(table, *[cancelled("TransactionConflict", "None")] * (TRIES - 1)).transact([WRITE])
    assert table.get(("A", "-"))[0] == WRITE["Item"]


def test_a_transaction_is_not_retried_for_ever(table: Table) -> None:
    with pytest.raises(BusyError):
        failing(table, *[cancelled("TransactionConflict")] * TRIES).transact([WRITE])
    assert table.get(("A", "-")) == [None]


def test_failed_conditions_are_named(table: Table) -> None:
    with pytest.raises(ConditionFailedError) as failed:
        failing(table, cancelled("None", "ConditionalCheckFailed")).transact([WRITE])
    assert failed.value.positions == {1}


def test_a_transaction_that_is_our_own_fault_raises_what_dynamodb_says(table: Table) -> None:
    fault = cancelled("None", "ValidationError")
    with pytest.raises(Exception, match=r"^part 1: ValidationError: why ValidationError$") as error:
        failing(table, fault).transact([WRITE])
    assert error.value.__cause__ is fault


@pytest.mark.parametrize(
    "fault",
    [
        refused("ThrottlingException", 400),
        refused("ProvisionedThroughputExceededException", 400),
        refused("InternalServerError", 500),
        ReadTimeoutError(endpoint_url="table"),
    ],
)
def test_throttling_errors_and_timeouts_mean_busy(table: Table, fault: Exception) -> None:
    with pytest.raises(BusyError):
        failing(table, fault).get(("A", "-"))
    with pytest.raises(BusyError):
        failing(table, fault).transact([WRITE])
    with pytest.raises(BusyError):
        list(failing(table, fault).query("pk = :pk", {":pk": "A"}))


def test_a_missing_permission_is_an_error_of_the_program(table: Table) -> None:
    with pytest.raises(ClientError):
        failing(table, refused("AccessDeniedException", 400)).get(("A", "-"))


def test_several_items_are_read_in_one_transaction(table: Table) -> None:
    table.transact([WRITE])
    assert table.get(("A", "-"), ("B", "-")) == [WRITE["Item"], None]


def test_a_query_reads_all_pages(table: Table) -> None:
    for number in range(5):
        table.put({"pk": {"S": "A"}, "sk": {"S": str(number)}})
    items = table.query("pk = :pk", {":pk": "A"}, Limit=2)
    assert [item["sk"]["S"] for item in items] == ["0", "1", "2", "3", "4"]


def test_a_new_item_is_written_once(table: Table) -> None:
    first, second = ({**WRITE["Item"], "version": {"N": number}} for number in "12")
    assert table.put_new(first)
    assert not table.put_new(second)
    assert table.get(("A", "-")) == [first]
