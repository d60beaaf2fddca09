"""What a month's calls, starts and standing things ask of AWS, and what that costs."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.cost import upkeep
from benchmarks.cost.calls import Month, month
from benchmarks.cost.prices import Prices
from benchmarks.cost.runs import GB, Quantities, added, billed_ms, cold_share, ran, times
from benchmarks.cost.taken import FUNCTION_OF, Measured, Once, Start, Taken
from benchmarks.cost.template import DAYS_A_MONTH, Lambda, Standing
from benchmarks.cost.usage import Usage
from benchmarks.meter.capacity import read_units
from shared.store.change_log import OVERLAP

_ASKED_OVER_HTTP: Final = FUNCTION_OF.keys() - {"entry", "alert", "look", "snapshot"}


@dataclass(frozen=True, slots=True)
class Bill:
    """Of one month, at the list price; WAF and text messages stand beside the total."""

    homes: int
    month: Month
    parts: Mapping[str, Quantities]
    """What for, such as `searches`: everything that is in the total."""
    per_call: Mapping[str, Quantities]
    """By action: one call, with its share of the starts."""
    starts: Mapping[str, float]
    """By function: cold starts in the month."""
    firewall: Quantities
    text_messages: Quantities

    @property
    def everything(self) -> Quantities:
        return added(*self.parts.values())

    def usd(self, prices: Prices) -> float:
        """The month's total in US dollars."""
        return cost(self.everything, prices)


def cost(quantities: Quantities, prices: Prices) -> float:
    """In US dollars, at the list price."""
    return sum(prices.by_name[name].of(quantity) for name, quantity in quantities.items())


def cost_beyond_free(quantities: Quantities, prices: Prices) -> float:
    """The same in an account where nothing else uses what AWS gives for nothing."""
    return sum(prices.by_name[name].beyond_free(each) for name, each in quantities.items())


class Meter:
    """Turns what was measured at one size into quantities."""

    def __init__(self, measured: Measured, once: Once, usage: Usage, standing: Standing) -> None:
        self._measured, self._once = measured, once
        self._usage, self._standing = usage, standing
        self._month = month(usage, standing, measured.homes)
        calls = defaultdict[str, float](float)
        for name, count in self._month.actions.items():
            calls[FUNCTION_OF[name]] += count
        self._calls = dict(calls)
        self._cold = {name: cold_share(count, usage) for name, count in calls.items()}
        self._starts = {name: calls[name] * share for name, share in self._cold.items()}

    def bill(self) -> Bill:
        """Of a month."""
        measured, once, usage, standing = self._measured, self._once, self._usage, self._standing
        actions = self._month.actions
        warm = {name: self._call(name) for name in actions}
        starts = {name: self._start(name) for name in self._starts}
        parts = {
            "searches": self._sum(warm, "search"),
            "updates": self._sum(warm, "update", "confirm", "entry"),
            "alerts": added(
                self._sum(warm, "alert", "save_alert", "alert_page"),
                {"email": self._month.emails - self._month.reminders},
            ),
            "pages": added(
                self._sum(warm, "view", "history"),
                upkeep.site(self._month, once, usage) if standing.has_site else {},
            ),
            "overview": self._sum(warm, "overview", "day"),
            "looks and reminders": added(
                self._sum(warm, "look"), upkeep.reminders(self._month, usage, standing)
            ),
            "snapshots": self._sum(warm, "snapshot"),
            "imports": self._imports(),
            "cold starts": added(*(times(starts[name], self._starts[name]) for name in starts)),
            "storage": upkeep.storage(measured, self._month, usage, standing),
            "people": {"mau": self._month.people if standing.has_pool else 0},
            "watching": added(
                self._quantities(firewall=False),
                upkeep.custom_metrics(measured, once, self._month, usage),
            ),
            "the table's key": upkeep.keys(self._calls) if standing.table_uses_kms else {},
        }
        per_call = {
            name: added(warm[name], times(starts[FUNCTION_OF[name]], self._cold[FUNCTION_OF[name]]))
            for name in actions
        }
        asked = added(*parts.values())["cloudfront_request"]
        firewall = self._quantities(firewall=True)
        if standing.has_firewall:
            firewall["waf_request"] = asked
        parts_of_a_text = self._measured.actions["alert"].text_parts
        return Bill(
            homes=self._measured.homes,
            month=self._month,
            parts=parts,
            per_call=per_call,
            starts=self._starts,
            firewall=firewall,
            text_messages={"sms": self._month.text_messages * parts_of_a_text},
        )

    def _sum(self, per_call: Mapping[str, Quantities], *names: str) -> Quantities:
        return added(*(times(per_call[name], self._month.actions[name]) for name in names))

    def _call(self, name: str) -> Quantities:
        """One warm call, and what stands before the function on its way."""
        taken = self._measured.actions[name]
        function = self._standing.functions[FUNCTION_OF[name]]
        if name == "day":
            taken = self._day(taken)
        found = ran(taken, function, self._usage)
        found["table_read"] = max(taken.reads, self._followed(name))
        found["lambda_request"] = 1
        if function.traced:
            found["trace"] = 1
        logged = self._usage["platform_log_bytes"].value
        if name in _ASKED_OVER_HTTP:
            found["api_request"] = 1
            logged += self._usage["access_log_bytes"].value
            if self._standing.has_site:
                found["cloudfront_request"] = found["cloudfront_function"] = 1
                sent = taken.response_bytes + self._usage["headers_bytes"].value
                found["cloudfront_gb"] = sent / GB
        return added(found, self._logs(taken.log_bytes + logged))

    def _followed(self, name: str) -> float:
        """Read units of the log that has grown since the function's last look, and its overlap."""
        gap = self._month.followed_log_seconds.get(name)
        if gap is None:
            return 0
        entries = self._month.writes_per_second * (gap + OVERLAP.total_seconds())
        return read_units(math.ceil(entries * self._measured.entry_bytes), consistent=True)

    def _day(self, taken: Taken) -> Taken:
        """Of the whole council's day, though the log held another number of entries when it was
        measured; days that are over are kept while the function is warm."""
        entries = self._month.writes_per_second * 3600 * self._usage["busy_hours_a_day"].value
        days = max(1.0, self._usage["overview_days_per_view"].value)
        read = (1 + (days - 1) * self._cold["council_overview"]) / days
        scale = entries / self._measured.day_entries * read
        return Taken(
            cpu_ms=taken.cpu_ms * scale,
            reads=max(1.0, taken.reads * scale),
            bytes_read=taken.bytes_read * scale,
            requests=taken.requests,
            response_bytes=taken.response_bytes,
            log_bytes=taken.log_bytes,
        )

    def _start(self, function: str) -> Quantities:
        return self._started(self._measured.starts[function], self._standing.functions[function])

    def _started(self, start: Start, function: Lambda) -> Quantities:
        init = billed_ms(Taken(cpu_ms=start.init_cpu_ms), function.memory_mb, self._usage)
        found = ran(start.first, function, self._usage)
        found["lambda_gb_second"] += math.ceil(init) / 1000 * function.memory_mb / 1024
        return added(found, self._logs(self._usage["platform_log_bytes"].value / 2))

    def _logs(self, size: float) -> Quantities:
        """Taken in once, and stored, taken as unpacked, for as long as the template says."""
        months = self._standing.log_retention_days / DAYS_A_MONTH
        return {"logs_gb": size / GB, "logs_stored_gb": size / GB * months}

    def _imports(self) -> Quantities:
        homes, function = self._measured.homes, self._standing.functions["import_homes"]
        rounds = self._usage["imports_per_month"].value
        found = added(
            times(self._ran_many(self._once.known_home, homes, function), rounds),
            self._ran_many(self._once.new_home, self._month.changed_by_imports, function),
            times(self._started(self._once.import_start, function), rounds),
            {"lambda_request": rounds, "trace": rounds},
        )
        found["s3_gb"] = homes * self._once.directory_bytes_per_home * 3 * rounds / GB
        return found

    def _ran_many(self, part: Taken, count: float, function: Lambda) -> Quantities:
        whole = billed_ms(part, function.memory_mb, self._usage) * count
        found = times(ran(part, function, self._usage), count)
        found["lambda_gb_second"] = whole / 1000 * function.memory_mb / 1024
        return found

    def _quantities(self, *, firewall: bool) -> Quantities:
        standing = self._standing.quantities
        return {name: each for name, each in standing.items() if name.startswith("waf") == firewall}
