"""Every team is told first as often as every other."""

from collections import Counter

from shared.domain.turns import in_turn

TEAMS = [f"team-{number}" for number in range(10)]


def test_the_order_of_one_opening_is_the_same_every_time() -> None:
    order = in_turn(TEAMS, "1-9000000001#7")
    assert in_turn(reversed(TEAMS), "1-9000000001#7") == order
    assert sorted(order) == TEAMS


def test_a_team_that_is_left_out_changes_nothing_for_the_others() -> None:
    order = in_turn(TEAMS, "1-9000000001#7")
    without = [team for team in order if team != TEAMS[3]]
    assert in_turn([team for team in TEAMS if team != TEAMS[3]], "1-9000000001#7") == without


def test_over_a_thousand_openings_each_team_is_first_about_as_often() -> None:
    first = Counter(in_turn(TEAMS, f"1-9000000001#{version}")[0] for version in range(1000))
    jain = sum(first.values()) ** 2 / (len(TEAMS) * sum(n * n for n in first.values()))
    assert len(first) == len(TEAMS)
    assert jain > 0.98
