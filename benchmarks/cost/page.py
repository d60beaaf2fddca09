"""Write docs/cost.md: the figures of its template, computed from measurements and usage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from benchmarks.cost.actions import IMPORT_FUNCTION, function_of
from benchmarks.cost.bill import Bill, bills, cost, cost_beyond_free
from benchmarks.cost.figures import joined, price_name, quantity_text, usd
from benchmarks.cost.lambda_time import added, times
from benchmarks.cost.measurements import Measurements, SizeMeasurement
from benchmarks.cost.prices import Prices
from benchmarks.cost.savings import savings
from benchmarks.cost.template import Template
from benchmarks.cost.usage import Usage
from benchmarks.report.rendering import render
from benchmarks.report.tables import markdown_table

TARGET_HOMES: Final = 300
TARGET_USD: Final = 10.0
HEAVIEST: Final = 12
TEMPLATE: Final = Path(__file__).with_name("cost.md.jinja")

_CALLS: Final = {
    "a search": ("search",),
    "an update": ("update", "entry"),
    "an alert to one team": ("alert", "fan_out"),
}
_USES: Final = {
    "searches": "search",
    "updates": "update",
    "confirmations": "confirm",
    "alerts to a team": "alert",
    "views of a home": "view",
}

Rows = list[list[str]]


@dataclass(frozen=True)
class CostReport:
    """Everything that the page is about."""

    measurements: Measurements
    template: Template
    usage: Usage
    prices: Prices
    council: str
    """The council's file."""
    command: str
    """The command that writes this page."""

    @cached_property
    def bills(self) -> list[Bill]:
        """Return the bill of each measured size."""
        return bills(self.measurements, self.usage, self.template)

    @property
    def target(self) -> tuple[SizeMeasurement, Bill]:
        """Return the measurement and the bill of the size that the target is about."""
        (found,) = (
            (size, bill)
            for size, bill in zip(self.measurements.sizes, self.bills, strict=True)
            if bill.homes == TARGET_HOMES
        )
        return found

    @property
    def list_usd(self) -> float:
        """Return the month's total at list prices, of the size that the target is about."""
        return self.target[1].usd(self.prices)

    @property
    def own_account_usd(self) -> float:
        """Return the same where nothing else in the account uses AWS's free allowances."""
        return cost_beyond_free(self.target[1].total, self.prices)

    @property
    def meets_target(self) -> bool:
        """Tell whether an account of its own, as councils are advised to have, stays below it."""
        return self.own_account_usd < TARGET_USD

    def page(self) -> str:
        """Return the page as Markdown."""
        _, bill = self.target
        measured = {*map(function_of, bill.month.actions), IMPORT_FUNCTION}
        return render(
            TEMPLATE,
            {"usd": usd, "words": lambda name: name.replace("_", " ")},
            report=self,
            measured=self.measurements,
            template=self.template,
            prices=self.prices,
            usage=self.usage,
            target_homes=TARGET_HOMES,
            target_usd=TARGET_USD,
            beyond_cognito_usd=self.list_usd + cognito_tier_usd(bill, self.prices),
            firewall_usd=self._firewall_usd(bill),
            unconfirmed_usd=self._unconfirmed_usd(bill),
            calls=self._sizes_table("", self._call_rows()),
            months=self._sizes_table("US dollars a month", self._month_rows()),
            uses=self._sizes_table("a month", self._use_rows()),
            heaviest=self._heaviest(bill),
            savings=savings(*self.target, self.prices),
            warm_calls=[(size, self._warm_calls(size)) for size in self.measurements.sizes],
            starts=self._starts(),
            resources=self._resources(),
            unmeasured=sorted(self.template.functions.keys() - measured),
        )

    def _unconfirmed_usd(self, bill: Bill) -> float:
        return sum(
            self.prices.by_name[name].of(quantity)
            for name, quantity in bill.total.items()
            if not self.prices.by_name[name].confirmed
        )

    def _sizes_table(self, corner: str, rows: Rows) -> str:
        return markdown_table([corner, *(f"{bill.homes:,} homes" for bill in self.bills)], rows)

    def _row(self, name: str, cell: Callable[[Bill], str]) -> list[str]:
        return [name, *map(cell, self.bills)]

    def _call_rows(self) -> Rows:
        members = self.usage["email_members_per_team"].value

        def thousandths(bill: Bill, actions: Sequence[str]) -> str:
            quantities = added(*(bill.calls[action] for action in actions))
            if "alert" in actions:
                an_email = added(bill.calls["send_email"], {"email": 1})
                quantities = added(quantities, times(an_email, members))
            return f"{cost(quantities, self.prices) * 1000:.4f}"

        def row(name: str, actions: Sequence[str]) -> list[str]:
            return self._row(name, lambda bill: thousandths(bill, actions))

        return [row(name, actions) for name, actions in _CALLS.items()]

    def _month_rows(self) -> Rows:
        prices = self.prices

        def row(part: str) -> list[str]:
            return self._row(part, lambda bill: usd(cost(bill.parts[part], prices)))

        return [
            *map(row, self.bills[0].parts),
            self._row(
                "**total in an account of its own**",
                lambda bill: f"**{cost_beyond_free(bill.total, prices):.2f}**",
            ),
            self._row(
                "at most, in an account whose free allowances other systems use",
                lambda bill: usd(bill.usd(prices)),
            ),
            self._row(
                "and if they use Cognito's 10,000 free people too",
                lambda bill: usd(bill.usd(prices) + cognito_tier_usd(bill, prices)),
            ),
            self._row(
                "in addition: text messages, if one phone of each team gets them",
                lambda bill: usd(cost(bill.text_messages, prices)),
            ),
            self._row("in addition: WAF, if it is on", lambda bill: usd(self._firewall_usd(bill))),
        ]

    def _use_rows(self) -> Rows:
        def row(name: str, action: str) -> list[str]:
            return self._row(name, lambda bill: f"{bill.month.actions[action]:,.0f}")

        return [
            *(row(name, action) for name, action in _USES.items()),
            self._row("emails", lambda bill: f"{bill.month.emails:,.0f}"),
            self._row("people who sign in", lambda bill: f"{bill.month.people:,.0f}"),
            self._row("cold starts", lambda bill: f"{sum(bill.starts.values()):,.0f}"),
        ]

    def _heaviest(self, bill: Bill) -> str:
        total = bill.usd(self.prices)
        amounts = [
            (self.prices.by_name[name], quantity, self.prices.by_name[name].of(quantity))
            for name, quantity in bill.total.items()
        ]
        amounts.sort(key=lambda each: -each[2])
        rows = [
            [price_name(price), quantity_text(quantity), usd(amount), f"{amount / total:.0%}"]
            for price, quantity, amount in amounts[:HEAVIEST]
        ]
        return markdown_table(["", "quantity", "US dollars", "share of the total"], rows)

    def _warm_calls(self, size: SizeMeasurement) -> str:
        head = ["", "processor ms", "read units", "write units", "emulator: reads / writes"]
        head += ["response bytes", "log bytes"]
        rows = []
        for name, call in size.actions.items():
            function = function_of(name)
            memory = self.template.functions[function].memory_mb
            rows.append(
                [
                    f"{name.replace('_', ' ')} ({function}, {memory} MB)",
                    f"{call.cpu_ms:.1f}",
                    f"{call.reads:.4g}",
                    f"{call.writes:.4g}",
                    f"{call.emulator_reads:.4g} / {call.emulator_writes:.4g}",
                    f"{call.response_bytes:,.0f}",
                    f"{call.log_bytes:,.0f}",
                ]
            )
        return markdown_table(head, rows)

    def _starts(self) -> str:
        sizes = self.measurements.sizes
        rows = []
        for name in sorted({name for size in sizes for name in size.starts}):
            starts = [size.starts[name] for size in sizes]
            memory = self.template.functions[name].memory_mb
            rows.append(
                [
                    name,
                    joined(f"{start.init_cpu_ms:.0f}" for start in starts),
                    joined(f"{start.first_call.cpu_ms:.0f}" for start in starts),
                    joined(f"{start.first_call.reads:,.0f}" for start in starts),
                    f"{joined(f'{start.peak_mb:.0f}' for start in starts)} of {memory}",
                    joined(f"{bill.starts[name]:,.0f}" for bill in self.bills),
                ]
            )
        head = [f"at {joined(f'{size.homes:,}' for size in sizes)} homes", "start, processor ms"]
        head += ["first call, ms", "read units", "MB", "starts a month"]
        return markdown_table(head, rows)

    def _resources(self) -> str:
        return ", ".join(
            f"{quantity:g} × {self.prices.by_name[name].unit}"
            for name, quantity in self.template.quantities.items()
            if quantity
        )

    def _firewall_usd(self, bill: Bill) -> float:
        """Return the cost of the template's firewall, or of one that it does not have yet."""
        firewall = bill.firewall
        if not firewall.get("waf_acl"):
            firewall = {
                "waf_acl": 1,
                "waf_rule": self.usage["firewall_rules"].value,
                "waf_request": bill.total.get("cloudfront_request", 0.0),
            }
        return cost(firewall, self.prices)


def cognito_tier_usd(bill: Bill, prices: Prices) -> float:
    """Return what the people in Cognito's free tier would cost, where others have used it up."""
    price = prices.by_name["mau"]
    people = bill.total.get("mau", 0.0)
    return min(people, price.starts_at) * price.each / price.per
