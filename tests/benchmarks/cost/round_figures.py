"""Measurements with round figures, to calculate with in one's head."""

from dataclasses import replace
from datetime import date

from benchmarks.cost.actions import ACTIONS, IMPORT_FUNCTION, function_of
from benchmarks.cost.measurements import (
    Consumption,
    ImportMeasurement,
    Measurements,
    SizeMeasurement,
    Start,
)
from benchmarks.cost.page import CostReport
from benchmarks.cost.prices import read_prices
from benchmarks.cost.template import Lambda, Template
from benchmarks.cost.usage import read_usage

FUNCTIONS = sorted(map(function_of, ACTIONS))

TEMPLATE = Template(
    functions={
        name: Lambda(memory_mb=512, traced=True, arm=True)
        for name in {*FUNCTIONS, IMPORT_FUNCTION, "publisher"}
    },
    routes=("GET /homes", "GET /vacancies"),
    quantities={"alarm": 18, "dashboard": 1, "kms_key": 1, "waf_acl": 0, "waf_rule": 0},
    recovers_to_a_point=True,
    table_uses_kms=True,
    has_site=True,
    has_pool=True,
    has_firewall=False,
    reminder_checks_per_day=4,
    reminders_per_day=2,
    snapshots_per_day=96,
    index_count=1,
    log_retention_days=30,
    unpriced=(),
    site_bytes=200_000,
)

CALL = Consumption(
    cpu_ms=2,
    reads=1,
    writes=0,
    requests={"dynamodb.Query": 1},
    response_bytes=2_000,
    log_bytes=100,
    emulator_reads=1,
)
FIRST_CALL = Consumption(cpu_ms=10, reads=58, bytes_read=238_000)

IMPORTS = ImportMeasurement(
    new_home=Consumption(cpu_ms=0.3, writes=5),
    known_home=Consumption(cpu_ms=0.1, reads=0.25),
    directory_bytes_per_home=350,
    start=Start(200, Consumption(), 80),
    metrics=5,
)


def measurement(homes: int, **actions: Consumption) -> SizeMeasurement:
    """Return a size whose every action consumes the same, except those given."""
    return SizeMeasurement(
        homes=homes,
        alerts=120,
        actions={**dict.fromkeys(ACTIONS, CALL), "send_text": replace(CALL, text_parts=1)}
        | actions,
        starts=dict.fromkeys(FUNCTIONS, Start(300, FIRST_CALL, 76)),
        home_bytes=800,
        entry_bytes=1_600,
        day_entries=600,
        metrics={"notify": 3, "remind_homes": 5},
    )


def report(template: Template = TEMPLATE) -> CostReport:
    """Return the report of a council of 300 homes."""
    return CostReport(
        measurements=Measurements(
            measured_on=date(2026, 11, 22),
            machine={"processor": "an example"},
            template=template,
            imports=IMPORTS,
            sizes=(measurement(300),),
        ),
        template=template,
        usage=read_usage(),
        prices=read_prices(),
        council="councils/example.toml",
        command="make cost",
    )
