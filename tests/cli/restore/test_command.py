"""Damaged data of the deployed stack is restored through the change log."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx

from cli.target import Target
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.aws.clock import SYSTEM
from shared.domain.documents import Document
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import homes, keys
from shared.store.change_log import commit
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.cli.conftest import Bedboard
from tests.support.builders import REGISTER, changed, home, save

DAMAGED, POSTED, DELETED = "1-9700000301", "1-9700000302", "1-9700000303"
IDS = {DAMAGED, POSTED, DELETED}


def test_damage_is_undone_searches_see_it_and_no_alert_is_sent(
    stack: LocalStack,
    target: Target,
    copy_table: Callable[[], str],
    bedboard: Bedboard,
    team_inbox: Callable[[str], Inbox],
) -> None:
    table = target.table
    save(table, *(home(each, accepting=2) for each in (DAMAGED, POSTED, DELETED)))
    copy, moment = copy_table(), SYSTEM.now()
    inbox = team_inbox("cli-restore")
    damage(table)
    alerts_until_now(inbox, table, "1-9700000391")
    before = homes_by_id(table)
    assert not {DAMAGED, POSTED} & search(stack).keys()

    command = ("restore", "data", "--to-time", moment.isoformat(), "--from-table", copy, "--yes")
    dry_run = bedboard(*command, "--dry-run")
    assert dry_run.status == 0, dry_run.err
    assert "missing homes restored: 1\n" in dry_run.out
    assert homes_by_id(table) == before

    done = bedboard(*command)
    assert done.status == 0, done.err
    assert done.out == dry_run.out
    assert search(stack) == {DAMAGED: 2, POSTED: 1, DELETED: 2}
    for location_id in (DAMAGED, POSTED, DELETED):
        document = homes.load(table, location_id)
        assert document["name"] == REGISTER.name
        assert document["version"] > before.get(location_id, {"version": 1})["version"]
    newest = homes.history(table, DAMAGED, limit=1, before=None)[0].change
    assert (newest.by, newest.action) == ("restore", Action.IMPORTED)
    assert "missing log entries restored" in done.out
    assert homes.history(table, DELETED, limit=9, before=None)[-1].change.version == 1
    alerts = alerts_until_now(inbox, table, "1-9700000392")
    assert not {change_id.split("#")[0] for change_id in alerts} & IDS

    again = bedboard(*command)
    assert "homes restored" not in again.out
    assert "missing" not in again.out


def test_the_command_asks_first_and_deletes_the_copy_that_it_made(
    target: Target, bedboard: Bedboard
) -> None:
    client = target.table.client
    before = client.list_tables()["TableNames"]
    command = ("restore", "data", "--to-time", SYSTEM.now().isoformat())
    assert bedboard(*command, typed="n\n").status == 1
    result = bedboard(*command, "--yes")
    assert (result.status, result.out) == (0, "nothing differs: everything is as it was then\n")
    assert client.list_tables()["TableNames"] == before


def test_a_dry_run_keeps_its_copy_and_names_it(target: Target, bedboard: Bedboard) -> None:
    client = target.table.client
    before = client.list_tables()["TableNames"]
    command = ("restore", "data", "--to-time", SYSTEM.now().isoformat())
    dry_run = bedboard(*command, "--dry-run")
    assert dry_run.status == 0
    (copy,) = set(client.list_tables()["TableNames"]) - set(before)
    assert f"--from-table {copy}" in dry_run.err
    client.delete_table(TableName=copy)


def damage(table: Table) -> None:
    """Import wrong data, delete a home with its history, and let one home post after the import."""
    wrong = replace(REGISTER, name="Wrong", latitude=55.0, longitude=-2.0)
    for location_id in (DAMAGED, POSTED):
        imported = home(location_id, accepting=2, register=wrong)
        commit(table, SYSTEM, [changed(home(location_id, accepting=2), imported, Action.IMPORTED)])
    damaged = replace(home(POSTED, accepting=2, register=wrong), version=2)
    commit(table, SYSTEM, [changed(damaged, home(POSTED, accepting=1, register=wrong))])
    for item in log_of(table, DELETED):
        key: Any = {name: item[name] for name in (keys.PARTITION, keys.SORT)}
        table.client.delete_item(TableName=table.name, Key=key)
    key = {"pk": {"S": keys.HOMES}, "sk": {"S": DELETED}}
    table.client.delete_item(TableName=table.name, Key=key)


def alerts_until_now(inbox: Inbox, table: Table, marker: str) -> list[str]:
    """Read the change ids of all alerts up to one that is caused now: the stream keeps order."""
    save(table, home(marker, accepting=0))
    opening = changed(home(marker, accepting=0), home(marker, accepting=1))
    commit(table, SYSTEM, [opening])
    change_ids: list[str] = []
    while opening.change_id not in change_ids:
        message = inbox.next(30)
        assert message, "no alert for the opening"
        change_ids.append(message["change_id"])
    return change_ids


def homes_by_id(table: Table) -> dict[str, Document]:
    return {each["location_id"]: each for each in all_documents(table, ChangeKind.HOME)}


def log_of(table: Table, location_id: str) -> list[Any]:
    """Read the log entries of a home."""
    items = table.client.scan(TableName=table.name)["Items"]
    return [each for each in items if each.get(keys.OF_HOME, {}).get("S") == location_id]


def search(stack: LocalStack) -> dict[str, int]:
    """Search for the homes of this test; return their free beds."""
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    query = {"near": "50.7167,-3.5062", "radius_miles": "1", "limit": "100"}
    response = httpx.get(f"{stack.api_url}/vacancies", params=query, headers=headers, timeout=30)
    return {
        result["location_id"]: result["free"]["general_nursing"]
        for result in response.json()["results"]
        if result["location_id"] in IDS
    }
