"""Ctrl-C ends every server of a run, and leaves nothing half written."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from local.emulator.process import ROOT


def processes_with(text: str) -> list[int]:
    """Return the processes whose command line contains the text."""
    processes = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (folder / "cmdline").read_bytes():
                processes.append(int(folder.name))
        except OSError:  # it has just ended
            continue
    return processes


def test_ctrl_c_ends_every_server(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)  # a server that refuses to be root must reach its data
    results = (ROOT / "benchmarks" / "results.json").read_bytes()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks", "--quick", "search"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": "functions:."},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stderr
        lines = []
        for line in running.stderr:
            lines.append(line)
            if "homes in England" in line:
                break
        # As a terminal does: to every process of the group.
        os.killpg(running.pid, signal.SIGINT)
        lines += running.stderr.readlines()
        assert running.wait(30) == 130, lines
    assert "Traceback" not in "".join(lines)
    assert processes_with(str(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []
    assert (ROOT / "benchmarks" / "results.json").read_bytes() == results
