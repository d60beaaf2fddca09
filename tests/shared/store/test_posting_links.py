"""Links that post: the newest of each member works, until the home's are stopped."""

import json
from typing import Any

from shared.domain.link_secret import Secret
from shared.domain.posting_link import LINK_LIFETIME, UNDO_TIME, LinkPurpose, LinkStop
from shared.store import keys, posting_links
from shared.store.posting_links import LinkSecrets
from shared.store.table import Table
from tests.support.builders import NOON
from tests.support.fakes import ManualTime

HOME, OTHER_HOME = "1-9000000001", "1-9000000002"
KEY = b"a secret of the stack"
CLOCK = ManualTime().clock()


def mint(table: Table, member: str = "manager", home: str = HOME) -> LinkSecrets:
    secrets = posting_links.mint(table, KEY, home, member, LinkPurpose.REMINDER, NOON)
    assert secrets
    return secrets


def works(table: Table, secret: Secret) -> bool:
    state = posting_links.find(table, secret.digest)
    return state is not None and state.works(NOON)


def stop(table: Table, home: str = HOME) -> LinkStop:
    return posting_links.revise_stop(table, CLOCK, home, lambda now: now.stop(NOON))


def test_a_new_link_is_found_by_its_token_and_by_its_code(table: Table) -> None:
    secrets = mint(table)
    by_token = posting_links.find(table, secrets.token.digest)
    by_code = posting_links.find(table, secrets.code.keyed_digest(KEY))
    assert by_token
    assert by_token == by_code
    assert by_token.works(NOON)
    assert (by_token.link.location_id, by_token.link.member_id) == (HOME, "manager")


def test_a_code_needs_the_key_of_the_stack(table: Table) -> None:
    code = mint(table).code
    assert posting_links.find(table, code.digest) is None
    assert posting_links.find(table, code.keyed_digest(b"another")) is None


def test_a_newer_link_replaces_only_the_same_members(table: Table) -> None:
    old, of_another = mint(table), mint(table, "deputy")
    newer = mint(table)
    assert [works(table, each.token) for each in (old, of_another, newer)] == [False, True, True]


def test_a_stop_ends_every_link_of_the_home_and_of_no_other(table: Table) -> None:
    ended, of_another, elsewhere = mint(table), mint(table, "deputy"), mint(table, home=OTHER_HOME)
    stop(table)
    works_now = [works(table, each.token) for each in (ended, of_another, elsewhere)]
    assert works_now == [False, False, True]


def test_no_link_is_made_while_they_are_stopped(table: Table) -> None:
    old = mint(table)
    stop(table)
    assert posting_links.mint(table, KEY, HOME, "manager", LinkPurpose.REMINDER, NOON) is None
    posting_links.revise_stop(table, CLOCK, HOME, LinkStop.allow)
    assert not works(table, old.token)
    assert works(table, mint(table).token)


def test_a_stop_that_meets_another_change_is_decided_again(table: Table) -> None:
    decisions: list[LinkStop] = []

    def decide(now: LinkStop) -> LinkStop:
        if not decisions:
            stop(table)
            posting_links.revise_stop(table, CLOCK, HOME, LinkStop.allow)
        decisions.append(now)
        return now.stop(NOON)

    revised = posting_links.revise_stop(table, CLOCK, HOME, decide)
    assert decisions == [LinkStop(), LinkStop(1)]
    assert revised == LinkStop(2, NOON)


def test_the_table_holds_no_token_and_no_code(table: Table) -> None:
    secrets = mint(table)
    items: list[dict[str, Any]] = table.client.scan(TableName=table.name)["Items"]
    text = json.dumps(items)
    assert len(items) == 3
    assert secrets.token.text not in text
    assert secrets.code.text not in text
    assert secrets.code.spaced not in text
    expiry = str(int((NOON + LINK_LIFETIME + UNDO_TIME).timestamp()))
    assert {each[keys.EXPIRES]["N"] for each in items} == {expiry}
