"""Through the deployed stack: what was damaged comes back through the change log."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from cli.errors import CommandError
from cli.restore import backups
from cli.restore.replay import Restoring, documents
from cli.target import Target
from local.demo.story import Inbox
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import homes, keys
from shared.store.change_log import commit
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.cli.conftest import Bedboard
from tests.cli.dead_letters.test_command import watched_by_a_team
from tests.support.builders import REGISTER, changed, home, save
from tests.support.fakes import during

SPOILT, POSTED, GONE = "1-9700000301", "1-9700000302", "1-9700000303"
OURS = {SPOILT, POSTED, GONE}


def test_damage_is_undone_searches_see_it_and_nobody_is_alerted(
    stack: LocalStack, target: Target, copied: Callable[[], str], bedboard: Bedboard
) -> None:
    table = target.table
    save(table, *(home(each, accepting=2) for each in (SPOILT, POSTED, GONE)))
    copy, moment = copied(), SYSTEM.now()
    inbox = watched_by_a_team(stack, "cli-restore")
    spoil(table)
    told_before(inbox, table, "1-9700000391")
    before = {each["location_id"]: each for each in all_documents(table, ChangeKind.HOME)}
    assert not {SPOILT, POSTED} & found_by(stack).keys()

    asked = ("restore", "data", "--to-time", moment.isoformat(), "--from-table", copy, "--yes")
    planned = bedboard(*asked, "--dry-run")
    assert planned.status == 0, planned.err
    assert "1 homes that were gone, back" in planned.out
    assert {each["location_id"]: each for each in all_documents(table, ChangeKind.HOME)} == before

    done = bedboard(*asked)
    assert done.status == 0, done.err
    assert done.out.split("\n")[:-1] == planned.out.split("\n")[:-1]
    assert found_by(stack) == {SPOILT: 2, POSTED: 1, GONE: 2}
    for location_id in (SPOILT, POSTED, GONE):
        document = homes.load(table, location_id)
        assert document["name"] == REGISTER.name
        assert document["version"] > before.get(location_id, {"version": 1})["version"]
    newest = homes.history(table, SPOILT, limit=1, before=None)[0].change
    assert (newest.by, newest.action) == ("restore", Action.IMPORTED)
    assert "log entries that were gone, back" in done.out
    assert homes.history(table, GONE, limit=9, before=None)[-1].change.version == 1
    assert not {each.split("#")[0] for each in told_before(inbox, table, "1-9700000392")} & OURS

    again = bedboard(*asked)
    assert "put back" not in again.out
    assert "that were gone" not in again.out


def test_the_copy_that_was_made_for_it_is_deleted(target: Target, bedboard: Bedboard) -> None:
    client = target.table.client
    before = client.list_tables()["TableNames"]
    now = SYSTEM.now().isoformat()
    assert bedboard("restore", "data", "--to-time", now, says="n\n").status == 1
    ran = bedboard("restore", "data", "--to-time", now, "--yes")
    assert (ran.status, ran.out) == (0, "everything is as it was then\n")
    assert client.list_tables()["TableNames"] == before
    kept = bedboard("restore", "data", "--to-time", now, "--dry-run")
    assert kept.status == 0
    (copy,) = set(client.list_tables()["TableNames"]) - set(before)
    assert f"--from-table {copy}" in kept.err
    client.delete_table(TableName=copy)


def test_what_somebody_changes_meanwhile_is_not_lost(table: Table) -> None:
    """In moto, where another writer can be put between two steps."""
    save(table, home(SPOILT))
    copy = replace(table, name=backups.of_moment(table, SYSTEM.now()))
    since = SYSTEM.now()
    wrong = replace(REGISTER, name="Wrong")
    commit(
        table,
        SYSTEM,
        [changed(home(SPOILT), home(SPOILT, register=wrong), Action.IMPORTED)],
    )
    once = [changed(replace(home(SPOILT, register=wrong), version=2), POSTED_MEANWHILE)]
    racing = during(table, lambda: commit(table, SYSTEM, [once.pop()]) if once else None)
    restoring = Restoring(racing, copy, since, all_of_it=False, dry_run=False)
    restoring.run(lambda _: None)
    assert restoring.counts["homes put back as they were"] == 1
    found = homes.load(table, SPOILT)
    assert (found["name"], found["version"]) == (REGISTER.name, 4)
    assert found["beds"]["general_nursing"]["accepting"] == 4


POSTED_MEANWHILE = home("1-9700000301", accepting=4, register=replace(REGISTER, name="Wrong"))


def test_what_cannot_be_read_is_named(table: Table) -> None:
    table.put({"pk": {"S": keys.HOMES}, "sk": {"S": SPOILT}, "document": {"S": "{}"}})
    with pytest.raises(CommandError, match=f"the item HOME {SPOILT} .* cannot be read"):
        documents(table, ChangeKind.HOME)


def spoil(table: Table) -> None:
    """A wrong import, a home that is gone with its history, and a home that goes on working."""
    wrong = replace(REGISTER, name="Wrong", latitude=55.0, longitude=-2.0)
    for location_id in (SPOILT, POSTED):
        imported = home(location_id, accepting=2, register=wrong)
        commit(
            table,
            SYSTEM,
            [changed(home(location_id, accepting=2), imported, Action.IMPORTED)],
        )
    spoilt = replace(home(POSTED, accepting=2, register=wrong), version=2)
    commit(table, SYSTEM, [changed(spoilt, home(POSTED, accepting=1, register=wrong))])
    for item in log_of(table, GONE):
        key: Any = {name: item[name] for name in (keys.PARTITION, keys.SORT)}
        table.client.delete_item(TableName=table.name, Key=key)
    table.client.delete_item(TableName=table.name, Key={"pk": {"S": keys.HOMES}, "sk": {"S": GONE}})


def told_before(inbox: Inbox, table: Table, marker: str) -> list[str]:
    """The changes that the team is told of before a bed that opens now: the stream keeps order."""
    save(table, home(marker, accepting=0))
    opening = changed(home(marker, accepting=0), home(marker, accepting=1))
    commit(table, SYSTEM, [opening])
    told: list[str] = []
    while opening.change_id not in told:
        message = inbox.next(30)
        assert message, "the opening was not told"
        told.append(message["change_id"])
    return told


def log_of(table: Table, location_id: str) -> list[Any]:
    items = table.client.scan(TableName=table.name)["Items"]
    return [each for each in items if each.get(keys.OF_HOME, {}).get("S") == location_id]


def found_by(stack: LocalStack) -> dict[str, int]:
    """The homes of this test that a search finds, with their free beds."""
    signed = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    asked = {"near": "50.7167,-3.5062", "radius_miles": "1", "limit": "100"}
    answer = httpx.get(
        f"{stack.api_url}/vacancies", params=asked, headers=signed, timeout=30
    ).json()
    return {
        each["location_id"]: each["free"]["general_nursing"]
        for each in answer["results"]
        if each["location_id"] in OURS
    }
