"""Destroying deletes what can be made again, and says what stays."""

import subprocess
from typing import Any

import pytest

from infra import destroy
from infra.council.model import Council

OURS = Council.model_validate({"slug": "ours", "name": "Our Council"})


def test_only_the_stack_without_data_is_destroyed(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[list[str]] = []
    monkeypatch.setattr("infra.destroy.subprocess.run", lambda command, **_: runs.append(command))
    told = destroy.destroy("ours", OURS, ["--force"])
    assert runs == [
        [
            *("npx", "--no", "--", "cdk", "destroy", "App", "--exclusively"),
            *("-c", "council=ours", "--force"),
        ]
    ]
    assert "bedboard-ours is deleted" in told
    assert "bedboard-ours-data stays" in told


def test_an_operator_who_says_no_is_not_told_that_it_is_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(command: list[str], **_: Any) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr("infra.destroy.subprocess.run", refuse)
    with pytest.raises(subprocess.CalledProcessError):
        destroy.destroy("ours", OURS, [])
