"""A peer that is not installed is left out by name, and the others are measured."""

import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks import matching, search
from benchmarks.measure import Progress
from benchmarks.peers import servers
from benchmarks.peers.alert_index import AlertIndexPeer
from benchmarks.scale import Scale
from local.emulator.process import ROOT

TINY = Scale("tiny", searches=10, rounds=1, starts=1, part=10_000, load_seconds=1)


@pytest.fixture
def no_servers_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "postgres_programs", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda _: None)


@pytest.mark.usefixtures("no_servers_installed")
def test_missing_servers_are_named(tmp_path: Path) -> None:
    progress = Progress()
    with search.peers(tmp_path, progress.say) as starts:
        assert len(starts) == 4
    assert [each.split()[0] for each in progress.left_out] == ["PostGIS", "Redis"]


@pytest.mark.usefixtures("no_servers_installed")
def test_peers_without_a_server_are_measured_without_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "QUICK_SIZES", (200,))
    monkeypatch.setattr(matching, "HOMES", 200)
    progress = Progress()
    (table,) = matching.run(TINY, tmp_path, progress.say).values()
    assert AlertIndexPeer.name in table
    assert not [row for row in table if "PostGIS" in row]
    assert progress.left_out


def test_set_up_names_what_it_cannot_install_and_succeeds(tmp_path: Path) -> None:
    """Run it as for someone who is not root, on a machine without the servers."""
    for name, says in (("ls", "exit 2"), ("id", "echo 1000")):
        command = tmp_path / name
        command.write_text(f"#!/bin/sh\n{says}\n")
        command.chmod(0o755)
    done = subprocess.run(
        [ROOT / "benchmarks" / "install-peers"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "not installed: postgresql postgresql-postgis redis-server" in done.stderr
