"""Through the deployed stack: conflicting writers lose nothing, repeats do nothing twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import httpx
import pytest

from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.store import homes
from shared.store.table import Table
from tests.support.builders import home, save

WRITERS = 6


@pytest.fixture
def stack_table(stack: LocalStack) -> Table:
    """The deployed stack's table."""
    session = boto3.Session(
        aws_access_key_id="test", aws_secret_access_key="test", region_name=stack.region
    )
    return Table(session.client("dynamodb", endpoint_url=stack.endpoint_url), stack.table_name)


class Staff:
    """The staff of one home, over HTTP, all with the same token."""

    def __init__(self, stack: LocalStack, location_id: str) -> None:
        self._location_id = location_id
        self._client = httpx.Client(
            base_url=stack.api_url,
            timeout=30,
            headers={"Authorization": f"Bearer {token(stack, [f'home:{location_id}'])}"},
        )

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self._client.get(f"/homes/{self._location_id}").json()
        return state

    def changes(self) -> list[dict[str, Any]]:
        answer = self._client.get(f"/homes/{self._location_id}/changes?limit=100")
        changes: list[dict[str, Any]] = answer.json()["changes"]
        return changes

    def post(self, accepting: int, headers: dict[str, str]) -> httpx.Response:
        counts = {
            "maximum_capacity": 30,
            "occupied": 30 - accepting,
            "reserved": 0,
            "accepting": accepting,
            "not_available": 0,
        }
        return self._client.put(
            f"/homes/{self._location_id}/vacancies",
            json={"beds": {"general_nursing": counts}},
            headers=headers,
        )


def accepting(state: dict[str, Any]) -> int:
    count: int = state["beds"]["general_nursing"]["accepting"]
    return count


def test_writers_that_read_add_one_and_write_never_lose_one(
    stack: LocalStack, stack_table: Table
) -> None:
    location_id = "1-9500000001"
    save(stack_table, home(location_id, accepting=0))
    added = [0]
    lock = threading.Lock()

    staff = Staff(stack, location_id)

    def add(times: int) -> None:
        while times:
            seen = staff.state()
            answer = staff.post(accepting(seen) + 1, {"If-Match": f'"{seen["version"]}"'})
            assert answer.status_code in {200, 412}, answer.text
            if answer.status_code == 200:
                times -= 1
                with lock:
                    added[0] += 1

    with ThreadPoolExecutor(WRITERS) as pool:
        for each in [pool.submit(add, 3) for _ in range(WRITERS)]:
            each.result()
    final = homes.load(stack_table, location_id)
    assert accepting(final) == added[0] == 3 * WRITERS
    assert final["version"] == 1 + 3 * WRITERS
    told = staff.changes()
    assert [each["version"] for each in told] == list(range(final["version"], 0, -1))


def test_the_same_key_sent_many_times_at_once_is_one_change(
    stack: LocalStack, stack_table: Table
) -> None:
    location_id = "1-9500000002"
    save(stack_table, home(location_id, accepting=0))
    staff = Staff(stack, location_id)

    def send(_: int) -> httpx.Response:
        return staff.post(2, {"Idempotency-Key": "one-tap-many-tries", "If-Match": '"1"'})

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(send, range(3 * WRITERS)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert homes.load(stack_table, location_id)["version"] == 2
    assert len(staff.changes()) == 2
