"""What was learned of wrong posts stops nothing where it cannot be read, and is learned anew."""

import json
from typing import Any

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.wrong_posts import WrongPosts
from shared.store import keys, wrong_posts
from shared.store.table import Table

LEARNED = WrongPosts(calls=30, gone=6, filled=0.5, weight=28.5)
RIGHT = LEARNED.to_document()
UNREADABLE: list[dict[str, Any]] = [{}, {**RIGHT, "gone": None}, {**RIGHT, "weight": "many"}]


def put(table: Table, text: str) -> None:
    table.put(
        {
            keys.PARTITION: {"S": keys.WRONG_POSTS},
            keys.SORT: {"S": keys.NO_SORT},
            keys.VERSION: {"N": "3"},
            keys.DOCUMENT: {"S": text},
        }
    )


@pytest.mark.parametrize("members", [*UNREADABLE, "no object"])
def test_what_cannot_be_read_is_reported_and_the_usual_share_holds(
    table: Table, members: Any
) -> None:
    put(table, json.dumps(members))
    reported: list[str] = []
    assert wrong_posts.load(table, reported.append) == WrongPosts()
    assert reported == [keys.WRONG_POSTS]
    recent = wrong_posts.RecentWrongPosts(table, SYSTEM, reported.append)
    assert recent.share() == WrongPosts().share
    with pytest.raises((KeyError, TypeError, ValueError)):
        wrong_posts.load(table)


@pytest.mark.parametrize("members", UNREADABLE)
def test_what_is_learned_replaces_what_cannot_be_read(
    table: Table, members: dict[str, Any]
) -> None:
    put(table, json.dumps({"version": 3, **members}))
    author = Author("schedule", "request-1")
    assert wrong_posts.save(table, SYSTEM, LEARNED, author).document["version"] == 4
    assert not wrong_posts.save(table, SYSTEM, LEARNED, author).changed
    assert wrong_posts.load(table, pytest.fail) == LEARNED
