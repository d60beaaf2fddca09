"""What a month's calls, cold starts and standing resources use, and what that costs."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.cost import upkeep
from benchmarks.cost.actions import ACTIONS, IMPORT_FUNCTION, function_of
from benchmarks.cost.lambda_time import (
    GB,
    Quantities,
    added,
    billed_ms,
    cold_share,
    run_quantities,
    times,
)
from benchmarks.cost.measurements import (
    Consumption,
    ImportMeasurement,
    Measurements,
    SizeMeasurement,
    Start,
)
from benchmarks.cost.month import Month, month
from benchmarks.cost.prices import Prices
from benchmarks.cost.template import DAYS_PER_MONTH, Lambda, Template
from benchmarks.cost.usage import Usage
from benchmarks.meter.capacity import read_units
from shared.store.change_log import OVERLAP

_OVER_HTTP: Final = frozenset(name for name, action in ACTIONS.items() if action.routes)


@dataclass(frozen=True, slots=True)
class Bill:
    """One month at list prices; the firewall and text messages are not in the total."""

    homes: int
    month: Month
    parts: Mapping[str, Quantities]
    """Everything in the total, by what it is for, such as `searches`."""
    calls: Mapping[str, Quantities]
    """One call of each action, with its share of the cold starts."""
    starts: Mapping[str, float]
    """Cold starts in the month, by function."""
    firewall: Quantities
    text_messages: Quantities

    @property
    def total(self) -> Quantities:
        """Add up all parts."""
        return added(*self.parts.values())

    def usd(self, prices: Prices) -> float:
        """Return the month's total in US dollars."""
        return cost(self.total, prices)


def cost(quantities: Quantities, prices: Prices) -> float:
    """Return the US dollars of quantities at list prices."""
    return sum(prices.by_name[name].of(quantity) for name, quantity in quantities.items())


def cost_beyond_free(quantities: Quantities, prices: Prices) -> float:
    """Return the same in an account where nothing else uses AWS's free allowances."""
    return sum(prices.by_name[name].beyond_free(each) for name, each in quantities.items())


def bills(measurements: Measurements, usage: Usage, template: Template) -> list[Bill]:
    """Return the bill of each measured size of council."""
    return [bill(size, measurements.imports, usage, template) for size in measurements.sizes]


def bill(
    size: SizeMeasurement, imports: ImportMeasurement, usage: Usage, template: Template
) -> Bill:
    """Return the bill of one month of a council."""
    return _Calculator(size, imports, usage, template).bill()


class _Calculator:
    """Turns the measurements of one size into quantities."""

    def __init__(
        self, size: SizeMeasurement, imports: ImportMeasurement, usage: Usage, template: Template
    ) -> None:
        self._size, self._imports = size, imports
        self._usage, self._template = usage, template
        self._month = month(usage, template, size.homes)
        calls = defaultdict[str, float](float)
        for name, count in self._month.actions.items():
            calls[function_of(name)] += count
        self._calls = dict(calls)
        self._cold = {name: cold_share(count, usage) for name, count in calls.items()}
        self._starts = {name: calls[name] * share for name, share in self._cold.items()}

    def bill(self) -> Bill:
        warm = {name: self._call(name) for name in self._month.actions}
        starts = {name: self._start(name) for name in self._starts}
        parts = self._parts(warm, starts)
        firewall = self._resources(firewall=True)
        if self._template.has_firewall:
            firewall["waf_request"] = added(*parts.values())["cloudfront_request"]
        text_parts = self._size.actions["send_text"].text_parts
        return Bill(
            homes=self._size.homes,
            month=self._month,
            parts=parts,
            calls={name: self._with_starts(name, call, starts) for name, call in warm.items()},
            starts=self._starts,
            firewall=firewall,
            text_messages={"sms": self._month.text_messages * text_parts},
        )

    def _parts(
        self, warm: Mapping[str, Quantities], starts: Mapping[str, Quantities]
    ) -> dict[str, Quantities]:
        template, usage, counts = self._template, self._usage, self._month

        def calls(*names: str) -> Quantities:
            return added(*(times(warm[name], counts.actions[name]) for name in names))

        return {
            "searches": calls("search", "near_misses", "placing_stops"),
            "updates": calls("update", "confirm", "entry", "alerts_near", "demand_near"),
            "alerts": added(
                calls("alert", "save_alert", "alert_page", "send_text"),
                times(warm["fan_out"], counts.actions["fan_out"] - counts.reminders),
                times(warm["send_email"], counts.emails - counts.reminders),
                {"email": counts.emails - counts.reminders},
                upkeep.polling() if counts.actions["alert"] else {},
            ),
            "pages": added(
                calls("view", "history"),
                upkeep.site(counts, usage, template) if template.has_site else {},
            ),
            "overview": calls("overview", "day"),
            "reminders": added(
                calls("reminder_check"),
                times(warm["fan_out"], counts.reminders),
                times(warm["send_email"], counts.reminders),
                upkeep.reminders(counts, usage, template),
            ),
            "snapshots": calls("snapshot"),
            "imports": self._import_quantities(),
            "cold starts": added(*(times(starts[name], self._starts[name]) for name in starts)),
            "storage": upkeep.storage(self._size, counts, usage, template),
            "sign-in": {"mau": counts.people if template.has_pool else 0},
            "monitoring": added(
                self._resources(firewall=False),
                upkeep.custom_metrics(self._size, self._imports, counts, usage),
            ),
            "the table's key": upkeep.keys(self._calls) if template.table_uses_kms else {},
        }

    def _with_starts(
        self, name: str, call: Quantities, starts: Mapping[str, Quantities]
    ) -> Quantities:
        function = function_of(name)
        return added(call, times(starts[function], self._cold[function]))

    def _call(self, name: str) -> Quantities:
        """Return what one warm call uses, on its whole way."""
        call = self._size.actions[name]
        function = self._template.functions[function_of(name)]
        if name == "day":
            call = self._scaled_day(call)
        quantities = run_quantities(call, function, self._usage)
        quantities["table_read"] = max(call.reads, self._log_reads(name))
        quantities["lambda_request"] = 1
        if function.traced:
            quantities["trace"] = 1
        log_bytes = call.log_bytes + self._usage["platform_log_bytes"].value
        if name in _OVER_HTTP:
            quantities["api_request"] = 1
            log_bytes += self._usage["access_log_bytes"].value
            if self._template.has_site:
                quantities["cloudfront_request"] = quantities["cloudfront_function"] = 1
                response = call.response_bytes + self._usage["headers_bytes"].value
                quantities["cloudfront_gb"] = response / GB
        return added(quantities, self._logs(log_bytes))

    def _log_reads(self, name: str) -> float:
        """Return the read units of the log since the function's last read, with its overlap."""
        gap = self._month.followed_log_seconds.get(name)
        if gap is None:
            return 0
        entries = self._month.writes_per_second * (gap + OVERLAP.total_seconds())
        return read_units(math.ceil(entries * self._size.entry_bytes), consistent=True)

    def _scaled_day(self, call: Consumption) -> Consumption:
        """Scale the call from the log's length when it was measured to that of this council's day.

        A past day is cached while a function is warm.
        """
        entries = self._month.writes_per_second * 3600 * self._usage["busy_hours_a_day"].value
        days = max(1.0, self._usage["overview_days_per_view"].value)
        read = (1 + (days - 1) * self._cold["council_overview"]) / days
        scale = entries / self._size.day_entries * read
        return replace(
            call,
            cpu_ms=call.cpu_ms * scale,
            reads=max(1.0, call.reads * scale),
            bytes_read=call.bytes_read * scale,
        )

    def _start(self, function: str) -> Quantities:
        return self._start_quantities(
            self._size.starts[function], self._template.functions[function]
        )

    def _start_quantities(self, start: Start, function: Lambda) -> Quantities:
        init = billed_ms(Consumption(cpu_ms=start.init_cpu_ms), function.memory_mb, self._usage)
        quantities = run_quantities(start.first_call, function, self._usage)
        quantities["lambda_gb_second"] += math.ceil(init) / 1000 * function.memory_mb / 1024
        return added(quantities, self._logs(self._usage["platform_log_bytes"].value / 2))

    def _logs(self, size: float) -> Quantities:
        """Return the log bytes taken in, and stored uncompressed for the template's retention."""
        months = self._template.log_retention_days / DAYS_PER_MONTH
        return {"logs_gb": size / GB, "logs_stored_gb": size / GB * months}

    def _import_quantities(self) -> Quantities:
        homes, function = self._size.homes, self._template.functions[IMPORT_FUNCTION]
        rounds = self._usage["imports_per_month"].value
        quantities = added(
            times(self._run_per_home(self._imports.known_home, homes, function), rounds),
            self._run_per_home(self._imports.new_home, self._month.changed_by_imports, function),
            times(self._start_quantities(self._imports.start, function), rounds),
            {"lambda_request": rounds, "trace": rounds if function.traced else 0},
        )
        quantities["s3_gb"] = homes * self._imports.directory_bytes_per_home * 3 * rounds / GB
        return quantities

    def _run_per_home(self, home: Consumption, count: float, function: Lambda) -> Quantities:
        seconds = billed_ms(home, function.memory_mb, self._usage) * count / 1000
        quantities = times(run_quantities(home, function, self._usage), count)
        quantities["lambda_gb_second"] = seconds * function.memory_mb / 1024
        return quantities

    def _resources(self, *, firewall: bool) -> Quantities:
        resources = self._template.quantities
        return {
            name: each for name, each in resources.items() if name.startswith("waf") == firewall
        }
