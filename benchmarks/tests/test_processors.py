"""Processor time is separated by process."""

import os
import subprocess
import sys

import pytest

from benchmarks.load.processors import Reading, busy


def test_the_emulator_and_its_functions_are_separated() -> None:
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen(['cat'], stdin=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()\n"
        "child.communicate()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as leader:
        assert leader.stdout
        assert leader.stdin
        child = int(leader.stdout.readline())
        assert list(Reading.of(leader.pid).functions) == [child]
        leader.stdin.close()
    assert Reading.of(leader.pid).functions == {}


def test_busy_is_processor_time_over_elapsed_time() -> None:
    before = Reading(at=100.0, emulator=5.0, functions={7: 1.0}, clients=2.0)
    after = Reading(at=110.0, emulator=14.0, functions={7: 3.0, 8: 1.0}, clients=3.0)
    table = busy(before, after)
    assert table["the emulator"]["processors busy"] == pytest.approx(0.9)
    assert table["the functions"] == {"processors busy": pytest.approx(0.3), "processes": 2}
    assert table["the clients"]["processors busy"] == pytest.approx(0.1)
    assert table["this machine has"]["processors busy"] == os.cpu_count()
