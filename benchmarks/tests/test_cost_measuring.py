"""The calls of a council of 300 homes are measured by the rules, on a real stack."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from benchmarks.cost.council_actions import browser_request
from benchmarks.cost.measure import measure_import, measure_sizes
from benchmarks.cost.measurements import ImportMeasurement, SizeMeasurement
from benchmarks.meter.capacity import write_units
from benchmarks.meter.function_process import (
    FunctionRunner,
    MeasuringError,
    stop_stack_functions,
)
from local.emulator.stack import running

HOMES, ALERTS = 300, 120


@dataclass(frozen=True)
class Measured:
    """The measurements of one stack, which still runs."""

    runner: FunctionRunner
    imports: ImportMeasurement
    council: SizeMeasurement


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    folder = tmp_path_factory.mktemp("cost")
    with running(folder / "stack") as stack:
        stop_stack_functions(stack)
        runner = FunctionRunner.of(stack, folder)
        imports = measure_import(runner)
        (council,) = measure_sizes(runner, [HOMES], lambda _: ALERTS, lambda _: None)
        yield Measured(runner, imports, council)


def test_the_emulator_counts_writes_by_the_rules(measured: Measured) -> None:
    for name, call in measured.council.actions.items():
        assert call.emulator_writes == call.writes, name


def test_an_update_reads_two_items_and_writes_three(measured: Measured) -> None:
    update = measured.council.actions["update"]
    assert update.requests == {"dynamodb.TransactGetItems": 1, "dynamodb.TransactWriteItems": 1}
    # The home, and the idempotency record that does not exist yet, in a transaction.
    assert update.reads == 2 + 2
    entry = write_units(round(measured.council.entry_bytes))
    index, answer = entry, 2
    home = (update.writes - index) / 2 - entry - answer
    # What is read is the home, as it will be written: each in whole units of 1 KB.
    assert update.bytes_read / 1024 <= home < update.bytes_read / 1024 + 1


def test_a_warm_search_of_a_quiet_log_takes_one_read_unit(measured: Measured) -> None:
    search = measured.council.actions["search"]
    assert (search.reads, search.writes, search.requests) == (1, 0, {"dynamodb.Query": 1})
    assert search.response_bytes > 500


def test_a_cold_search_reads_every_home(measured: Measured) -> None:
    everything = HOMES * measured.council.home_bytes
    assert measured.council.starts["search"].first_call.reads == pytest.approx(
        everything / 4096, rel=0.05
    )
    assert measured.council.starts["search"].init_cpu_ms > measured.council.actions["search"].cpu_ms


def test_the_emulator_counts_every_read_as_one_unit(measured: Measured) -> None:
    """If this fails, the emulator counts reads by now, and the page may use its figures."""
    check = measured.council.actions["reminder_check"]
    assert (check.emulator_reads, check.reads > 50) == (1, True)


def test_an_alert_is_one_message_and_one_record(measured: Measured) -> None:
    alert = measured.council.actions["alert"]
    assert alert.requests["sns.Publish"] == 1
    assert alert.writes == 1
    assert measured.council.actions["send_text"].text_parts == 1
    assert measured.council.actions["send_email"].requests["sesv2.SendEmail"] == 1
    assert measured.council.actions["entry"].requests == {"dynamodb.Query": 1}


def test_logs_and_metrics_are_counted(measured: Measured) -> None:
    assert measured.council.actions["alert"].log_bytes > 200
    assert measured.council.metrics["remind_homes"] >= 1
    assert measured.council.metrics["notify"] >= 1


def test_an_import_of_a_known_directory_only_reads(measured: Measured) -> None:
    # State and log entry in a transaction, and the entry in its index.
    assert measured.imports.new_home.writes == pytest.approx(5)
    assert measured.imports.known_home.writes == 0
    assert measured.imports.known_home.reads > 0


def test_a_refused_request_is_not_measured(measured: Measured) -> None:
    event = browser_request("GET", "/vacancies", "home:1-1000587219")
    with pytest.raises(MeasuringError, match="search answered 403"):
        measured.runner.run("search", [event], record=True)
