"""A function's log says how long its starts took, in lines among others."""

import pytest

from cli.prove.numbers import init_duration

REPORT = (
    '{"time": "2026-11-22T09:30:00.000Z", "type": "platform.report", "record": {"requestId": "1",'
    ' "metrics": {"durationMs": 12.1, "initDurationMs": 612.5}, "status": "success"}}'
)


def test_a_report_of_a_start_has_its_duration() -> None:
    assert init_duration(REPORT) == 612.5


@pytest.mark.parametrize(
    "line", ["END RequestId: 1", "{}", "[]", '"text"', REPORT.replace("initDurationMs", "other")]
)
def test_other_lines_have_none(line: str) -> None:
    assert init_duration(line) is None
