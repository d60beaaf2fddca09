"""A council of 300 homes, really measured: the rules on recorded calls, and the target."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.cost.bill import Meter
from benchmarks.cost.calls import alerts_of
from benchmarks.cost.findings import TARGET_HOMES, Findings
from benchmarks.cost.measuring import sizes
from benchmarks.cost.prices import prices
from benchmarks.cost.report import target
from benchmarks.cost.taken import Measured, Once
from benchmarks.cost.template import standing
from benchmarks.cost.usage import usage
from benchmarks.meter import probing
from benchmarks.meter.capacity import write_units
from benchmarks.meter.probing import MeasuringError, Probe
from local.emulator.stack import running
from local.lambda_events import api_request

USAGE = usage()

pytestmark = pytest.mark.emulator


@dataclass(frozen=True)
class Run:
    """What one run found; the stack still stands."""

    probe: Probe
    once: Once
    council: Measured


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, written: Path) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("cost")
    with running(folder / "stack") as stack:
        probing.quieten(stack)
        probe = Probe.of(stack, folder)
        once = probing.once(probe, written)
        (council,) = sizes(
            probe, [TARGET_HOMES], lambda homes: alerts_of(USAGE, homes), lambda _: None
        )
        yield Run(probe, once, council)


def test_the_emulator_counts_writes_as_the_rules_do(run: Run) -> None:
    for name, taken in run.council.actions.items():
        assert taken.told_writes == taken.writes, name


def test_an_update_is_one_read_of_two_items_and_one_write_of_three(run: Run) -> None:
    update = run.council.actions["update"]
    assert update.requests == {"dynamodb.TransactGetItems": 1, "dynamodb.TransactWriteItems": 1}
    # The home and the answer that is not there yet, in a transaction.
    assert update.reads == 2 + 2
    entry = write_units(round(run.council.entry_bytes))
    home, index = 1, entry
    answer = 2
    assert update.writes == 2 * (home + entry + answer) + index


def test_a_warm_search_of_a_quiet_log_is_one_read_unit(run: Run) -> None:
    search = run.council.actions["search"]
    assert (search.reads, search.writes, search.requests) == (1, 0, {"dynamodb.Query": 1})
    assert search.response_bytes > 500


def test_a_cold_search_reads_every_home(run: Run) -> None:
    everything = TARGET_HOMES * run.council.home_bytes
    assert run.council.starts["search"].first.reads == pytest.approx(everything / 4096, rel=0.05)
    assert run.council.starts["search"].init_cpu_ms > run.council.actions["search"].cpu_ms


def test_the_emulator_takes_every_read_for_one_unit(run: Run) -> None:
    """If this fails the emulator has learnt to count: the page may say so."""
    look = run.council.actions["look"]
    assert (look.told_reads, look.reads > 50) == (1, True)


def test_an_alert_is_one_message_of_one_part_and_one_record(run: Run) -> None:
    alert = run.council.actions["alert"]
    assert alert.requests["sns.Publish"] == 1
    assert alert.writes == 1
    assert alert.text_parts >= 1
    assert run.council.actions["entry"].requests == {"dynamodb.Query": 1}


def test_what_is_printed_and_counted_is_seen(run: Run) -> None:
    assert run.council.actions["alert"].log_bytes > 200
    assert run.council.metrics["remind_homes"] >= 1
    assert run.council.metrics["notify"] >= 1


def test_an_import_of_a_known_directory_only_reads(run: Run) -> None:
    # State and log entry in a transaction, and the entry in its index.
    assert run.once.new_home.writes == pytest.approx(5)
    assert run.once.known_home.writes == 0
    assert run.once.known_home.reads > 0


def test_the_pages_are_weighed(run: Run) -> None:
    assert run.once.site_bytes > 0


def test_a_handler_that_refuses_is_not_measured_as_if_it_had_not(run: Run) -> None:
    with pytest.raises(MeasuringError, match="search answered 403"):
        run.probe.run("search", [api_request("GET", "/vacancies", groups="home:1-1000587219")])


def test_a_council_of_300_homes_stays_below_ten_dollars(run: Run, written: Path) -> None:
    there = standing(written)
    assert not there.unknown
    bill = Meter(run.council, run.once, USAGE, there).bill()
    amount, met = target(
        Findings(
            measured=[run.council],
            once=run.once,
            bills=[bill],
            standing=there,
            usage=USAGE,
            prices=prices(),
            council="",
            command="",
            now=datetime.now(UTC),
        )
    )
    assert met, f"{amount:.2f} dollars a month"
