"""The command writes what it found, and fails where the gate is missed."""

from dataclasses import replace
from pathlib import Path

import pytest

import simulation.__main__ as command
from simulation import results
from simulation.page import README
from simulation.results import Results, load


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder that the command writes into instead of this repository."""
    readme = tmp_path / "README.md"
    readme.write_text("# Bedboard\n<!-- simulation -->\n\n<!-- /simulation -->\n")
    monkeypatch.setattr(results, "FILE", tmp_path / "results.json")
    monkeypatch.setattr(command, "PAGE", tmp_path / "simulation.md")
    monkeypatch.setattr(command, "README", readme)
    return tmp_path


def found(monkeypatch: pytest.MonkeyPatch, measured: Results) -> None:
    monkeypatch.setattr(command, "run_plan", lambda _plan, _progress: measured)


def test_the_command_writes_results_page_and_figure_and_prints_the_page(
    monkeypatch: pytest.MonkeyPatch, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found(monkeypatch, load())
    command.main()
    page = (written / "simulation.md").read_text()
    assert capsys.readouterr().out.strip() == page.strip()
    assert load(written / "results.json") == load()
    figure = (written / "README.md").read_text().split("-->\n")[1].split("\n<!--")[0]
    assert figure in README.read_text(encoding="utf-8")


def test_the_command_fails_and_says_why_where_the_gate_is_missed(
    monkeypatch: pytest.MonkeyPatch, written: Path
) -> None:
    measured = load()
    name, *_ = measured.worlds
    rows = [
        replace(row, figures=replace(row.figures, miles=row.figures.miles + 5 * row.needs_declared))
        for row in measured.worlds[name]
    ]
    found(monkeypatch, replace(measured, worlds={**measured.worlds, name: rows}))
    with pytest.raises(SystemExit, match=r"missed: at no more than 2 extra miles: 3\.6"):
        command.main()
    assert "**missed**" in (written / "simulation.md").read_text()


def test_progress_is_a_line_for_ten_years_where_nobody_watches(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for done in range(26):
        command._show_progress(done, 25)
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"simulated {done} of 25 council years" for done in (0, 10, 20, 25)]
