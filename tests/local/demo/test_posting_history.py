"""The weeks before: posts that could have led to what homes say now."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from local.demo.posting_history import BETWEEN_POSTS, postings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WEEKS = 4


def body(accepting: int, occupied: int) -> dict[str, object]:
    counts = {
        "maximum_capacity": accepting + occupied + 2,
        "occupied": occupied,
        "reserved": 1,
        "accepting": accepting,
        "not_available": 1,
    }
    return {"beds": {"general_nursing": counts}, "admission_status": {"status": "open"}}


BODIES = {f"1-90000000{number:02d}": body(number % 4, 10 - number % 11) for number in range(40)}
AGES = {each: timedelta(hours=number) for number, each in enumerate(BODIES)}
POSTS = postings(BODIES, AGES, NOW, weeks=WEEKS)


def test_the_last_post_of_each_home_is_its_current_state() -> None:
    last = {post.location_id: post for post in POSTS}
    for location_id, post in last.items():
        assert (post.at, post.body) == (NOW - AGES[location_id], BODIES[location_id])
    assert set(last) == set(BODIES)


def test_earlier_posts_reach_back_over_the_weeks_in_order() -> None:
    assert [post.at for post in POSTS] == sorted(post.at for post in POSTS)
    shortest, longest = BETWEEN_POSTS
    first = {post.location_id: post.at for post in reversed(POSTS)}
    since = NOW - timedelta(weeks=WEEKS)
    assert all(since - longest <= at <= since for at in first.values())
    for location_id in BODIES:
        own = [post.at for post in POSTS if post.location_id == location_id]
        assert all(shortest <= later - sooner <= longest for sooner, later in pairwise(own))


def test_every_earlier_post_adds_up_and_posts_differ() -> None:
    for post in POSTS:
        counts = post.body["beds"]["general_nursing"]
        taken = ("occupied", "reserved", "accepting", "not_available")
        assert counts["maximum_capacity"] == sum(counts[name] for name in taken)
        assert min(counts.values()) >= 0
    assert len({str(post.body) for post in POSTS}) > len(BODIES)


def test_without_weeks_there_is_only_the_last_post() -> None:
    assert len(postings(BODIES, AGES, NOW, weeks=0)) == len(BODIES)
