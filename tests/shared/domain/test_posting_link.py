"""A link posts until it expires, is replaced or is stopped."""

from datetime import timedelta

import pytest

from shared.domain.posting_link import (
    LINK_LIFETIME,
    UNDO_TIME,
    LinkPurpose,
    LinkStop,
    PostingLink,
)
from tests.support.builders import NOON

LINK = PostingLink(
    "a" * 64, "1-9000000001", "someone", LinkPurpose.REMINDER, 0, NOON + LINK_LIFETIME
)
MOMENT = timedelta(seconds=1)


def test_a_link_works_until_it_expires() -> None:
    assert LINK.works(LINK.digest, LinkStop(), NOON)
    assert LINK.works(LINK.digest, LinkStop(), LINK.expires_at - MOMENT)
    assert not LINK.works(LINK.digest, LinkStop(), LINK.expires_at)


@pytest.mark.parametrize("newest", [None, "b" * 64])
def test_a_link_that_is_not_the_newest_does_not_work(newest: str | None) -> None:
    assert not LINK.works(newest, LinkStop(), NOON)


def test_a_stop_ends_every_link_for_good() -> None:
    stopped = LinkStop().stop(NOON)
    assert not LINK.works(LINK.digest, stopped, NOON)
    assert not LINK.works(LINK.digest, stopped.allow(), NOON)
    assert not LINK.can_undo(stopped, NOON)


def test_a_second_stop_changes_nothing() -> None:
    stopped = LinkStop().stop(NOON)
    assert stopped.stop(NOON + MOMENT) == stopped


def test_each_stop_has_an_epoch_of_its_own() -> None:
    epochs = [LinkStop().epoch]
    stop = LinkStop()
    for _ in range(3):
        stop = stop.stop(NOON).allow()
        epochs.append(stop.epoch)
    assert epochs == [0, 1, 2, 3]


def test_only_the_present_stop_knows_its_links() -> None:
    stopped = LinkStop().stop(NOON)
    assert LINK.was_just_stopped(stopped)
    assert not LINK.was_just_stopped(stopped.allow())
    assert not LINK.was_just_stopped(stopped.allow().stop(NOON))


def test_a_link_undoes_for_a_little_longer_than_it_posts() -> None:
    assert LINK.can_undo(LinkStop(), LINK.expires_at)
    assert not LINK.can_undo(LinkStop(), LINK.expires_at + UNDO_TIME)


def test_what_is_stored_is_read_back() -> None:
    stopped = LinkStop().stop(NOON)
    assert PostingLink.from_document(LINK.digest, LINK.to_document()) == LINK
    assert LinkStop.from_document(stopped.to_document()) == stopped
    assert LinkStop.from_document(stopped.allow().to_document()) == stopped.allow()
