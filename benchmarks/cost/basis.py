"""From what the figures follow: what was measured and assumed, the prices, what is left out."""

from collections.abc import Iterator

from benchmarks.cost.findings import Findings, table
from benchmarks.cost.taken import FUNCTION_OF


def consumption(findings: Findings) -> Iterator[str]:
    """A section of the page."""
    yield "## What was measured"
    yield ""
    yield (
        "The template was deployed to the local stack, the demo's fictional homes were imported"
        " (copies of them under other ids make the larger councils), and the real handlers were"
        " called, each function in a process of its own with its deployed settings. A hook in"
        " botocore asks DynamoDB for the capacity that each call consumed. The emulator counts"
        " writes as AWS does; for reads it says 1 (or half) whatever is read, so units are counted"
        " by AWS's documented rules from the items' sizes. Both are shown: 'units' by the rules,"
        " 'emulator' as it said. A follower of the log is measured with a quiet log; what grows in"
        " it between two looks is added from the usage."
    )
    yield ""
    for measured in findings.measured:
        rows = []
        for name, taken in measured.actions.items():
            function = findings.standing.functions[FUNCTION_OF[name]]
            rows.append(
                [
                    f"{name.replace('_', ' ')} ({FUNCTION_OF[name]}, {function.memory_mb} MB)",
                    f"{taken.cpu_ms:.1f}",
                    f"{taken.reads:.4g}",
                    f"{taken.writes:.4g}",
                    f"{taken.told_reads:.4g} / {taken.told_writes:.4g}",
                    f"{taken.response_bytes:,.0f}",
                    f"{taken.log_bytes:,.0f}",
                ]
            )
        yield f"{measured.homes:,} homes, {measured.alert_count:,} alerts; warm calls:"
        yield ""
        yield from table(
            [
                *("", "ms of processor", "read units", "write units"),
                *("emulator: reads / writes", "bytes answered", "bytes logged"),
            ],
            rows,
        )


def loads(findings: Findings) -> Iterator[str]:
    """A section of the page."""
    yield "Cold starts: a new process up to its handler, then what its first call takes beyond a"
    yield "warm one (loading every home or alert). Memory is that of the whole process."
    yield ""
    functions = sorted({name for each in findings.measured for name in each.starts})
    rows = []
    for name in functions:
        starts = [each.starts[name] for each in findings.measured]
        rows.append(
            [
                name,
                " · ".join(f"{each.init_cpu_ms:.0f}" for each in starts),
                " · ".join(f"{each.first.cpu_ms:.0f}" for each in starts),
                " · ".join(f"{each.first.reads:,.0f}" for each in starts),
                " · ".join(f"{each.peak_mb:.0f}" for each in starts)
                + f" of {findings.standing.functions[name].memory_mb}",
                " · ".join(f"{each.starts[name]:,.0f}" for each in findings.bills),
            ]
        )
    sizes = " · ".join(f"{each.homes:,}" for each in findings.measured)
    yield from table(
        [
            f"at {sizes} homes",
            *("start, ms of processor", "first call, ms", "read units", "MB", "starts a month"),
        ],
        rows,
    )
    once = findings.once
    yield (
        f"An import writes {once.new_home.writes:.1f} write units for a home that is new or has"
        f" changed, and reads {once.known_home.reads:.2f} read units for each that is known."
        f" A home takes {findings.measured[0].home_bytes:,.0f} bytes in the table, an entry of the"
        f" change log {findings.measured[0].entry_bytes:,.0f}, twice with its index. The pages'"
        f" files are {once.site_bytes / 1000:,.0f} kB as they travel."
    )
    yield ""


def assumptions(findings: Findings) -> Iterator[str]:
    """A section of the page."""
    yield "## What is assumed"
    yield ""
    yield (
        "Numbers in `benchmarks/cost/usage.toml`: put your own in a file and run `make cost"
        " USAGE=file.toml`. Lambda's time is the processor time measured here over the share of a"
        " processor that its memory gives (memory / 1,769 MB), plus the waits below, rounded up to"
        " a millisecond; starts are billed, too. Calls come at random within the busy hours: the"
        " share of cold ones is exp(-idle minutes × calls a minute) and one start for each process"
        " that AWS replaces. At low rates X-Ray keeps every call's trace. Logs are billed as"
        f" unpacked and kept for {findings.standing.log_retention_days} days."
    )
    yield ""
    yield from [
        "| | number | why |",
        "| --- | ---: | --- |",
        *(
            f"| {name.replace('_', ' ')} | {each.value:g} | {each.reason} |"
            for name, each in findings.usage.items()
        ),
        "",
    ]
    standing = findings.standing
    there = ", ".join(
        f"{quantity:g} × {findings.prices.by_name[name].unit}"
        for name, quantity in standing.quantities.items()
        if quantity
    )
    yield (
        f"Read from the template of `{findings.council}`: {there};"
        f" {len(standing.functions)} functions with their memory; schedules that call"
        f" {standing.looks_per_day:g} times a day at a rate and {standing.reminders_per_day:g}"
        " times at the council's reminder times, and a rule that calls"
        f" {standing.snapshots_per_day:g} times a day; point-in-time recovery"
        f" {'on' if standing.recovers_to_a_point else 'off'}."
    )
    yield ""


def price_list(findings: Findings) -> Iterator[str]:
    """A section of the page."""
    yield f"## Prices, {findings.prices.dated}"
    yield ""
    yield (
        "Not one was read from AWS itself, which was out of reach: those without a mark are quoted"
        " in public notes from AWS's list for London, by its name for the price; for those marked"
        " no such quotation was found. The dates are those of AWS's lists, to be looked up in"
        " `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/<name>/current/eu-west-2/`."
    )
    yield ""
    yield "| | US dollars | for | free a month | source |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for each in findings.prices.by_name.values():
        sure = "" if each.confirmed else "**not confirmed**: "
        free = f"{each.free:,.0f}" if each.free else ""
        yield (
            f"| {each.service}: {each.unit} | {each.each:.10g} | {each.per:,.0f} | {free} |"
            f" {sure}{each.source} |"
        )
    yield ""


def left_out(findings: Findings) -> Iterator[str]:
    """A section of the page."""
    yield "## What is not in it"
    yield ""
    unmeasured = sorted(
        findings.standing.functions.keys() - set(FUNCTION_OF.values()) - {"import_homes"}
    )
    yield "- Tax, support plans, Route 53 and a domain of one's own (certificates cost nothing)."
    yield "- The sender's name that the United Kingdom asks of whoever sends text messages."
    yield "- Backups besides point-in-time recovery; restoring; reading logs and traces."
    yield "- Refusals, attacks and whoever opens the pages without being of the council's people."
    if unmeasured:
        yield (
            f"- The functions {', '.join(unmeasured)}: a few calls a month by officers or"
            " deployments."
        )
    yield (
        "- Nothing is paid for the table's stream as Lambda reads it, for a budget without actions,"
        " nor for events of AWS's own services."
    )
    if findings.standing.unknown:
        yield (
            "- **Resources of the template that nobody has priced here:**"
            f" {', '.join(findings.standing.unknown)}."
        )
    yield (
        "- Whatever differs between this machine's processor and Lambda's: see"
        " `cpu of this machine`."
    )
