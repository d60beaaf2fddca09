"""How sure the listed beds of homes are, for who runs a stack."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.certainty import (
    NOT_HEARD_FROM_FOR,
    Certainty,
    NoListing,
    home_likelihood,
    is_heard_from,
)
from shared.domain.chance import Likelihood
from shared.domain.posts import Posts
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON, counts, home, unposted

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING


def test_a_home_is_as_sure_as_its_least_likely_listing() -> None:
    posts = Posts({NURSING: NOON, DEMENTIA: NOON})
    two = replace(home(), beds={NURSING: counts(9), DEMENTIA: counts(1)}, posts=posts)
    later = NOON + timedelta(days=5)
    assert home_likelihood(two.to_document(), later) is Likelihood.LIKELY
    assert home_likelihood(home(accepting=9).to_document(), later) is Likelihood.VERY_LIKELY


def test_a_home_without_a_free_bed_has_no_likelihood() -> None:
    assert home_likelihood(home(accepting=0).to_document(), NOON) is NoListing.NO_BEDS
    assert home_likelihood(unposted().to_document(), NOON) is NoListing.NEVER


def test_a_home_is_heard_from_until_the_time_is_over() -> None:
    document = home().to_document()
    assert is_heard_from(document, NOON + NOT_HEARD_FROM_FOR, NOT_HEARD_FROM_FOR)
    later = NOON + NOT_HEARD_FROM_FOR + timedelta(seconds=1)
    assert not is_heard_from(document, later, NOT_HEARD_FROM_FOR)
    assert not is_heard_from(unposted().to_document(), NOON, NOT_HEARD_FROM_FOR)


def test_shares_of_nothing_are_zero() -> None:
    nothing = Certainty.of([], NOON)
    assert (nothing.not_heard_from_percent, nothing.unsure_percent) == (0, 0)
