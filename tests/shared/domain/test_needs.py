"""Needs are a closed list, and each has its words."""

import re
from itertools import pairwise

from shared.domain.needs import GROUP_LABELS, NEEDS, RETIRED, Need, NeedGroup
from shared.domain.terms import Funding


def test_every_need_has_its_own_words() -> None:
    for name in ("id", "label", "question"):
        words = [getattr(need, name) for need in NEEDS.values()]
        assert all(words)
        assert len(set(words)) == len(words), name
    assert all(need.question.endswith("?") for need in NEEDS.values())
    assert all(need.help.endswith(".") for need in NEEDS.values() if need.help)


def test_ids_are_safe_in_addresses_and_mean_one_thing() -> None:
    assert all(re.fullmatch(r"[a-z0-9_]{3,30}", need) for need in NEEDS)
    assert not set(NEEDS) & {*Funding, "admit_by"}
    assert not set(NEEDS) & set(RETIRED)


def test_every_group_has_a_label_and_needs_that_stand_together() -> None:
    assert list(GROUP_LABELS) == list(NeedGroup)
    order = list(dict.fromkeys(need.group for need in NEEDS.values()))
    assert set(order) == set(NeedGroup)
    runs = [need.group for need in NEEDS.values()]
    assert sum(a is not b for a, b in pairwise(runs)) == len(order) - 1


def test_there_are_thirty_languages() -> None:
    languages: list[Need] = [need for need in NEEDS.values() if need.group is NeedGroup.LANGUAGE]
    assert len(languages) == 30
    assert all(re.fullmatch(r"language_[a-z]{3}", need.id) for need in languages)
