"""Directories and their reports have keys that lead to each other."""

import pytest

from shared.aws import import_keys


@pytest.mark.parametrize(
    ("confirmed", "directory", "report"),
    [
        (False, "directory/2026-11.ods", "reports/2026-11.ods.v1.json"),
        (True, "directory/confirmed/2026-11.ods", "reports/confirmed/2026-11.ods.v1.json"),
    ],
)
def test_a_report_has_the_key_of_its_directory(
    confirmed: bool, directory: str, report: str
) -> None:
    assert import_keys.directory_key("2026-11.ods", closures_confirmed=confirmed) == directory
    assert import_keys.closures_are_confirmed(directory) is confirmed
    assert import_keys.report_key(directory, "v1") == report
    assert report.startswith(import_keys.report_prefix(directory))
    assert import_keys.file_name(directory) == "2026-11.ods"
    assert import_keys.file_name(report) == "2026-11.ods.v1.json"
