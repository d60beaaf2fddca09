"""Round numbers to reckon with by head."""

from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.cost.bill import Meter
from benchmarks.cost.findings import Findings
from benchmarks.cost.prices import prices
from benchmarks.cost.taken import FUNCTION_OF, Measured, Once, Start, Taken
from benchmarks.cost.template import Lambda, Standing
from benchmarks.cost.usage import usage

STANDING = Standing(
    functions={
        name: Lambda(memory_mb=512, traced=True, arm=True)
        for name in {*FUNCTION_OF.values(), "import_homes", "publisher"}
    },
    quantities={"alarm": 18, "dashboard": 1, "kms_key": 1, "waf_acl": 0, "waf_rule": 0},
    recovers_to_a_point=True,
    table_uses_kms=True,
    has_site=True,
    has_pool=True,
    has_firewall=False,
    looks_per_day=4,
    reminders_per_day=2,
    snapshots_per_day=96,
    index_count=1,
    log_retention_days=30,
    unknown=(),
)

CALL = Taken(
    cpu_ms=2,
    reads=1,
    writes=0,
    requests={"dynamodb.Query": 1},
    response_bytes=2_000,
    log_bytes=100,
    told_reads=1,
)
FIRST = Taken(cpu_ms=10, reads=58, bytes_read=238_000)

ONCE = Once(
    new_home=Taken(cpu_ms=0.3, writes=5),
    known_home=Taken(cpu_ms=0.1, reads=0.25),
    directory_bytes_per_home=350,
    import_start=Start(200, Taken(), 80),
    site_bytes=200_000,
    metrics=5,
)


def measured(homes: int, **actions: Taken) -> Measured:
    """So many homes whose every action takes the same, but for those named."""
    return Measured(
        homes=homes,
        actions={**dict.fromkeys(FUNCTION_OF, CALL), "alert": replace(CALL, text_parts=1)}
        | actions,
        starts=dict.fromkeys(FUNCTION_OF.values(), Start(300, FIRST, 76)),
        home_bytes=800,
        entry_bytes=1_600,
        alert_count=120,
        day_entries=600,
        metrics={"notify": 3, "remind_homes": 5},
    )


def findings(standing: Standing = STANDING) -> Findings:
    """Of 300 homes."""
    counted = measured(300)
    return Findings(
        measured=[counted],
        once=ONCE,
        bills=[Meter(counted, ONCE, usage(), standing).bill()],
        standing=standing,
        usage=usage(),
        prices=prices(),
        council="councils/example.toml",
        command="make cost",
        now=datetime(2026, 11, 22, 12, tzinfo=UTC),
    )
