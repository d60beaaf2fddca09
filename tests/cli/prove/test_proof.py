"""A proof asks people what a program cannot see, and says where it could not look."""

import sys
from typing import Any

import pytest

from claims.ledger import Ledger, Outcome
from cli.prove.proof import Options, Proof
from cli.target import Target

QUESTION = "Did it arrive?"


def proof_of(target: Target, **options: Any) -> Proof:
    return Proof(target, Ledger(), Options(**options), "local")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("y", Outcome.HELD), ("Yes", Outcome.HELD), ("n", Outcome.BROKEN), ("?", Outcome.UNSEEN)],
)
def test_an_answer_settles_a_claim(
    target: Target, monkeypatch: pytest.MonkeyPatch, answer: str, outcome: Outcome
) -> None:
    proof = proof_of(target)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("cli.prove.proof.typer.prompt", lambda *_, **__: answer)
    proof.ask("an email arrives", QUESTION)
    assert [each.outcome for each in proof.ledger.claims] == [outcome]


def test_without_a_terminal_nobody_is_asked(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = proof_of(target)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    proof.ask("an email arrives", QUESTION)
    assert [each.outcome for each in proof.ledger.claims] == [Outcome.UNSEEN]


def test_the_emulator_settles_nothing_of_aws(target: Target) -> None:
    proof = proof_of(target)
    assert proof.is_emulated
    assert not proof.only_on_aws("it has none", "one", "two")
    assert [each.outcome for each in proof.ledger.claims] == [Outcome.UNSEEN] * 2


def test_what_disturbs_people_is_asked_for(target: Target) -> None:
    careful, thorough = proof_of(target), proof_of(target, slow=True)
    assert not careful.only_if_slow("it is slow")
    assert [each.outcome for each in careful.ledger.claims] == [Outcome.UNSEEN]
    assert thorough.only_if_slow("it is slow")
    assert thorough.ledger.claims == []
