"""Through the deployed stack: concurrent writers lose no update, repeated requests change once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.store import homes
from shared.store.table import Table
from tests.support.builders import home, save

WRITERS = 6


@pytest.fixture
def stack_table(stack: LocalStack) -> Table:
    """Reach the deployed stack's table."""
    return table_of(stack)


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
        response = self._client.get(f"/homes/{self._location_id}/changes?limit=100")
        changes: list[dict[str, Any]] = response.json()["changes"]
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


def test_concurrent_writers_lose_no_update(stack: LocalStack, stack_table: Table) -> None:
    location_id = "1-9500000001"
    save(stack_table, home(location_id, accepting=0))
    added = [0]
    lock = threading.Lock()

    staff = Staff(stack, location_id)

    def add(times: int) -> None:
        while times:
            state = staff.state()
            response = staff.post(accepting(state) + 1, {"If-Match": f'"{state["version"]}"'})
            assert response.status_code in {200, 412}, response.text
            if response.status_code == 200:
                times -= 1
                with lock:
                    added[0] += 1

    with ThreadPoolExecutor(WRITERS) as pool:
        for each in [pool.submit(add, 3) for _ in range(WRITERS)]:
            each.result()
    final = homes.load(stack_table, location_id)
    assert accepting(final) == added[0] == 3 * WRITERS
    assert final["version"] == 1 + 3 * WRITERS
    changes = staff.changes()
    assert [each["version"] for each in changes] == list(range(final["version"], 0, -1))


def test_one_idempotency_key_sent_many_times_is_one_change(
    stack: LocalStack, stack_table: Table
) -> None:
    location_id = "1-9500000002"
    save(stack_table, home(location_id, accepting=0))
    staff = Staff(stack, location_id)

    def send(_: int) -> httpx.Response:
        return staff.post(2, {"Idempotency-Key": "one-tap-many-tries", "If-Match": '"1"'})

    with ThreadPoolExecutor(WRITERS) as pool:
        responses = list(pool.map(send, range(3 * WRITERS)))
    assert {response.status_code for response in responses} == {200}
    assert len({response.text for response in responses}) == 1
    assert sum("idempotency-replayed" not in response.headers for response in responses) == 1
    assert homes.load(stack_table, location_id)["version"] == 2
    assert len(staff.changes()) == 2
