"""A function's call that its role does not allow, or that botocore would refuse, fails its test."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.aws import clients
from shared.store import keys
from shared.store.table import Table
from tests.support.permissions import plugin
from tests.support.permissions.policies import ROOT
from tests.support.permissions.weighing import Weighing

HOME = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "1-9000000001"}}
ALERT = {keys.PARTITION: {"S": keys.ALERTS}, keys.SORT: {"S": "exeter#1"}}

Code = Callable[..., Any]


def code_in(path: str) -> Code:
    """Return a function that calls the one it is given, as if it was written in this file."""
    names: dict[str, Any] = {}
    program = compile("def run(f, *rest):\n    return f(*rest)", str(ROOT / path), "exec")
    exec(program, names)  # noqa: S102 - the two lines above
    run: Code = names["run"]
    return run


search = code_in("functions/search/handler.py")
update_vacancy = code_in("functions/update_vacancy/response.py")
shared = code_in("functions/shared/store/homes.py")
stand_in = code_in("tests/support/fakes.py")


@pytest.fixture
def weighing() -> Weighing:
    """Return a weighing of its own, so that a fault fails no test."""
    return Weighing()


@pytest.fixture
def weigh(weighing: Weighing, table: Table) -> Callable[..., list[str]]:
    """Weigh a call of the table by code that calls other code, and return its faults."""

    def weigh(*code: Code, operation: str = "PutItem", **parameters: Any) -> list[str]:
        first, *rest = code
        request = {"TableName": table.name, **parameters}
        first(*rest, weighing.call, table.client, operation, request)
        return weighing.take_faults()

    return weigh


def test_a_call_that_the_role_allows_is_no_fault(weigh: Callable[..., list[str]]) -> None:
    assert weigh(update_vacancy, Item=HOME) == []


def test_a_fault_names_the_function_the_action_and_the_resource(
    weigh: Callable[..., list[str]],
) -> None:
    for _ in range(2):  # in every test that makes the call
        assert weigh(update_vacancy, Item=ALERT) == [
            "update_vacancy may not call dynamodb:PutItem on arn:aws:dynamodb:eu-west-2:"
            "123456789012:table/bedboard-test ALERT: see infra/grants.py"
        ]


def test_one_foreign_partition_in_a_transaction_is_a_fault(
    weighing: Weighing, table: Table
) -> None:
    parts = [{"Put": {"TableName": table.name, "Item": item}} for item in (HOME, ALERT)]
    request = {"TransactItems": parts}
    update_vacancy(weighing.call, table.client, "TransactWriteItems", request)
    assert weighing.take_faults()


def test_a_call_of_shared_code_belongs_to_the_function_that_runs_it(
    weigh: Callable[..., list[str]],
) -> None:
    (fault,) = weigh(search, shared, Item=HOME)
    assert fault.startswith("search may not call dynamodb:PutItem")


def test_what_a_test_does_by_itself_is_not_weighed(weigh: Callable[..., list[str]]) -> None:
    assert weigh(shared, Item=HOME) == []


def test_what_a_test_does_in_the_middle_of_a_call_is_not_weighed(
    weigh: Callable[..., list[str]],
) -> None:
    another_writer, client = stand_in, stand_in
    assert weigh(search, shared, another_writer, shared, Item=HOME) == []
    assert weigh(search, shared, client, Item=HOME)  # it passes on the search's own call


def test_an_unknown_call_is_a_fault(weigh: Callable[..., list[str]]) -> None:
    (fault,) = weigh(search, operation="Scan")
    assert fault.startswith("search calls dynamodb:Scan has no rule")


def test_a_call_that_aws_would_not_understand_is_a_fault_of_any_caller(
    weighing: Weighing, table: Table
) -> None:
    weighing.call(table.client, "GetItem", {"TableName": table.name, "Key": {"pk": "HOME"}})
    (fault,) = weighing.take_faults()
    assert "Invalid type for parameter Key.pk" in fault


def test_a_signed_form_is_weighed_as_the_upload_that_it_allows() -> None:
    client = clients.s3()
    search(client.generate_presigned_post, "bedboard-imports", "directory/a.csv")
    (fault,) = plugin._weighing.take_faults()
    assert "search may not call s3:PutObject" in fault


def run_as_a_test(body: Callable[[], Any]) -> Any:
    """Run a test's body as pytest runs it with the plugin."""
    hook = plugin.pytest_pyfunc_call()
    next(hook)
    try:
        result = body()
    except Exception as error:
        hook.throw(error)
    else:
        with pytest.raises(StopIteration):
            hook.send(result)


def test_a_test_fails_where_its_function_may_not_make_a_call(table: Table) -> None:
    with pytest.raises(pytest.fail.Exception, match="search may not call dynamodb:PutItem"):
        run_as_a_test(lambda: search(table.put, HOME))


def test_a_test_that_fails_anyway_notes_the_call(table: Table) -> None:
    def body() -> None:
        search(table.put, HOME)
        raise ValueError("another fault")

    with pytest.raises(ValueError, match="another fault") as failure:
        run_as_a_test(body)
    assert "search may not call dynamodb:PutItem" in failure.value.__notes__[0]


def test_a_test_passes_where_every_call_is_allowed(table: Table) -> None:
    run_as_a_test(lambda: update_vacancy(table.put, HOME))
