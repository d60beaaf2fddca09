"""A peer that this machine does not have is left out by name, and the others are measured."""

import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks import matching, search
from benchmarks.measure import Told
from benchmarks.peers import servers
from benchmarks.peers.alert_book import AlertBookPeer
from benchmarks.scale import Scale
from local.emulator.process import ROOT

TINY = Scale("tiny", searches=10, rounds=1, starts=1, part=10_000, load_seconds=1)


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "postgres_programs", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda _: None)


@pytest.mark.usefixtures("nothing_installed")
def test_servers_that_are_not_installed_are_named(tmp_path: Path) -> None:
    told = Told()
    with search.peers(tmp_path, told.say) as starts:
        assert len(starts) == 4
    assert [each.split()[0] for each in told.left_out] == ["PostGIS", "Redis"]


@pytest.mark.usefixtures("nothing_installed")
def test_what_needs_no_server_is_measured_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "QUICKLY", (200,))
    monkeypatch.setattr(matching, "HOMES", 200)
    told = Told()
    (table,) = matching.run(TINY, tmp_path, told.say).values()
    assert AlertBookPeer.name in table
    assert not [row for row in table if "PostGIS" in row]
    assert told.left_out


def test_where_nothing_can_be_installed_the_set_up_names_it_and_goes_on(tmp_path: Path) -> None:
    """As for somebody who is not root, on a machine that has none of them."""
    for name, says in (("ls", "exit 2"), ("id", "echo 1000")):
        command = tmp_path / name
        command.write_text(f"#!/bin/sh\n{says}\n")
        command.chmod(0o755)
    done = subprocess.run(  # noqa: S603 - our own words only
        [ROOT / "benchmarks" / "install-peers"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "without postgresql postgresql-postgis redis-server: left out" in done.stderr
