"""Searches with eight needs: the sampled searches, with what a person must have besides."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from benchmarks.samples.homes import NOW, SEED, Homes, Search, sample_searches
from local.demo.declared_shares import SHARES
from shared.domain.fit import Requirements
from shared.domain.needs import Answer
from shared.search_index.query import Sort

ASKED: Final = 8
"""Needs in a search."""


def sample_plain_searches(count: int, homes: Homes) -> list[Search]:
    """Return the sampled searches without their one need."""
    return [
        replace(each, needs=0, query=replace(each.query, requirements=Requirements()))
        for each in sample_searches(count, homes)
    ]


def with_needs(
    searches: Sequence[Search], fits: tuple[Answer, ...] = tuple(Answer), sort: Sort = Sort.BEST
) -> list[Search]:
    """Return these searches with eight needs each, by default in the usual order, of all fits.

    What more homes say yes to is asked more often: people mostly need what most homes can do.
    """
    dice = np.random.default_rng([SEED, len(searches), 5])
    weights = np.array([share.yes for share in SHARES.values()])
    return [
        replace(
            each,
            query=replace(
                each.query,
                requirements=Requirements(
                    tuple(
                        dice.choice(
                            list(SHARES), ASKED, replace=False, p=weights / weights.sum()
                        ).tolist()
                    )
                ),
                fits=fits,
                sort=sort,
                as_of=NOW,
            ),
        )
        for each in searches
    ]
