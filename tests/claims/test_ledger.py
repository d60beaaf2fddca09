"""A ledger takes down every claim, and ends a story where it cannot go on."""

import pytest

from claims.ledger import BrokenClaimError, Claim, Ledger, Outcome


def test_every_claim_is_taken_down_and_reported() -> None:
    reported: list[Claim] = []
    ledger = Ledger(reported.append)
    assert ledger.check("water is wet", True)
    assert not ledger.check("water is dry", False, "it is wet")
    ledger.unseen("water is cold", "there is no thermometer")
    assert [each.outcome for each in ledger.claims] == [
        Outcome.HELD,
        Outcome.BROKEN,
        Outcome.UNSEEN,
    ]
    assert reported == ledger.claims


def test_a_broken_claim_ends_what_depends_on_it() -> None:
    ledger = Ledger()
    ledger.require("water is wet", True)
    with pytest.raises(BrokenClaimError, match="water is dry: it is wet"):
        ledger.require("water is dry", False, "it is wet")
    assert ledger.claims[-1].outcome is Outcome.BROKEN


def test_a_story_can_end_at_its_first_broken_claim() -> None:
    ledger = Ledger(stops_at_first=True)
    with pytest.raises(BrokenClaimError):
        ledger.check("water is dry", False)
    ledger.unseen("water is cold", "there is no thermometer")
