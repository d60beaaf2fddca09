"""A restore does not lose what others change at the same moment."""

from dataclasses import replace

import pytest

from cli.errors import CommandError
from cli.restore import backups
from cli.restore.replay import Replay, read_documents
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import homes, keys
from shared.store.change_log import commit
from shared.store.table import Table
from tests.support.builders import REGISTER, changed, home, save
from tests.support.fakes import during_each_write

HOME = "1-9700000301"


def test_a_home_that_its_staff_change_meanwhile_keeps_their_change(table: Table) -> None:
    """Run in moto, where another writer can come between two steps."""
    save(table, home(HOME))
    moment = SYSTEM.now()
    copy = replace(table, name=backups.start_copy(table, moment, moment))
    since = SYSTEM.now()
    damaged = home(HOME, register=replace(REGISTER, name="Wrong"))
    commit(table, SYSTEM, [changed(home(HOME), damaged, Action.IMPORTED)])
    posted = home(HOME, accepting=4, register=damaged.register)
    posts = [changed(replace(damaged, version=2), posted)]
    racing = during_each_write(
        table, lambda: commit(table, SYSTEM, [posts.pop()]) if posts else None
    )
    replay = Replay(racing, copy, since, SYSTEM, overwrite_newer=False, dry_run=False)
    replay.run(lambda _: None)
    assert replay.counts["homes restored"] == 1
    restored = homes.load(table, HOME)
    assert (restored["name"], restored["version"]) == (REGISTER.name, 4)
    assert restored["beds"]["general_nursing"]["accepting"] == 4


def test_an_item_that_cannot_be_read_is_named(table: Table) -> None:
    table.put({"pk": {"S": keys.HOMES}, "sk": {"S": HOME}, "document": {"S": "{}"}})
    with pytest.raises(CommandError, match=f"The item HOME {HOME} .* cannot be read"):
        read_documents(table, ChangeKind.HOME)
