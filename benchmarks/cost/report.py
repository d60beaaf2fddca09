"""The page: what it costs, from what that follows, what dominates, what is not in it."""

from collections.abc import Iterator
from typing import Final

from benchmarks.cost import basis, weights
from benchmarks.cost.bill import Bill, cost, cost_beyond_free
from benchmarks.cost.findings import TARGET_HOMES, TARGET_USD, Findings, table, usd
from benchmarks.cost.prices import Prices
from benchmarks.cost.runs import added
from infra.site.firewall import MANAGED_RULES

COMMAND: Final = "make cost"


def target(findings: Findings) -> tuple[float, bool]:
    """A month of the council that the target is for, and whether it is met."""
    _, bill = findings.of_target
    amount = bill.usd(findings.prices)
    return amount, amount < TARGET_USD


def page(findings: Findings) -> str:
    """The whole of it, as Markdown."""
    return "\n".join(
        [
            "# What it costs",
            "",
            f"Written by `{findings.command}` on {findings.now:%d %B %Y}; nothing here is typed by"
            " hand. Prices are list prices for London (eu-west-2), in US dollars without tax, as"
            f" gathered on {findings.prices.dated} from the sources below, **without any free"
            " tier** unless a line says so.",
            "",
            *_verdict(findings),
            *_calls(findings),
            *_months(findings),
            *weights.told(findings),
            *basis.consumption(findings),
            *basis.loads(findings),
            *basis.assumptions(findings),
            *basis.price_list(findings),
            *basis.left_out(findings),
        ]
    )


def _verdict(findings: Findings) -> Iterator[str]:
    amount, met = target(findings)
    _, bill = findings.of_target
    first = _first_people(bill, findings.prices)
    yield (
        f"**Target: a council of {TARGET_HOMES} homes below {TARGET_USD:.0f} dollars a month, all"
        f" in, WAF aside: {'met' if met else 'MISSED'}, {amount:.2f} dollars.** Text messages to"
        " phones are what a council chooses to add; they stand in a line of their own, as does WAF."
    )
    yield ""
    yield (
        "One tier is in it that an account has but once: Cognito asks nothing for the first 10,000"
        f" people who sign in. Where others have used that up, {amount + first:.2f} dollars; a"
        " council whose people sign in at an issuer of its own (`oidc_issuer`) needs no Cognito."
        f" Prices that could not be confirmed make up {_unconfirmed(bill, findings.prices):.2f}."
    )
    yield ""


def _unconfirmed(bill: Bill, prices: Prices) -> float:
    return sum(
        prices.by_name[name].of(quantity)
        for name, quantity in bill.everything.items()
        if not prices.by_name[name].confirmed
    )


def _calls(findings: Findings) -> Iterator[str]:
    yield "## By the call"
    yield ""
    yield (
        "In thousandths of a dollar, each with its share of cold starts: from the browser through"
        " CloudFront, API Gateway and Lambda to the table and into the logs. An update includes"
        " what its entry in the log asks of `notify`; an alert its e-mails"
        f" ({findings.usage['email_members_per_team'].value:g} to a team)."
    )
    yield ""
    prices = findings.prices
    emails = cost({"email": findings.usage["email_members_per_team"].value}, prices)

    def thousandths(name: str) -> list[str]:
        rows = []
        for bill in findings.bills:
            of = bill.per_call
            amount = {
                "a search": cost(of["search"], prices),
                "an update": cost(added(of["update"], of["entry"]), prices),
                "an alert to one team": cost(of["alert"], prices) + emails,
            }[name]
            rows.append(f"{amount * 1000:.4f}")
        return rows

    names = ("a search", "an update", "an alert to one team")
    yield from table(
        ["", *(f"{each.homes:,} homes" for each in findings.bills)],
        [[name, *thousandths(name)] for name in names],
    )


def _months(findings: Findings) -> Iterator[str]:
    yield "## By the month"
    yield ""
    prices, bills = findings.prices, findings.bills
    heads = ["US dollars a month", *(f"{each.homes:,} homes" for each in bills)]
    rows = [
        [name, *(usd(cost(bill.parts[name], prices)) for bill in bills)] for name in bills[0].parts
    ]
    rows.append(["**all in, WAF aside**", *(f"**{each.usd(prices):.2f}**" for each in bills)])
    beyond = [cost_beyond_free(each.everything, prices) for each in bills]
    rows.append(["the same, in an account that has all free tiers to itself", *map(usd, beyond)])
    rows.append(
        [
            "if the account's first 10,000 people of Cognito are others'",
            *(usd(each.usd(prices) + _first_people(each, prices)) for each in bills),
        ]
    )
    rows.append(
        [
            "text messages, if a phone of each team wants them: on top",
            *(usd(cost(each.text_messages, prices)) for each in bills),
        ]
    )
    rows.append(["WAF, if it is on: on top", *(usd(_firewall(each, prices)) for each in bills)])
    yield from table(heads, rows)
    yield (
        "Storage is that with a log of changes of"
        f" {findings.usage['years_of_log'].value:g} years, as long as a council keeps it unless it"
        " says otherwise (`change_retention_days`)."
    )
    yield ""
    yield "Their use, from the assumptions below:"
    yield ""
    counted = {
        "searches": "search",
        "updates": "update",
        "confirmations": "confirm",
        "alerts to a team": "alert",
        "views of a home": "view",
    }
    rows = [
        [name, *(f"{each.month.actions[action]:,.0f}" for each in bills)]
        for name, action in counted.items()
    ]
    rows.append(["e-mails", *(f"{each.month.emails:,.0f}" for each in bills)])
    rows.append(["people who sign in", *(f"{each.month.people:,.0f}" for each in bills)])
    rows.append(["cold starts", *(f"{sum(each.starts.values()):,.0f}" for each in bills)])
    yield from table(["a month", *(f"{each.homes:,} homes" for each in bills)], rows)


def _first_people(bill: Bill, prices: Prices) -> float:
    price = prices.by_name["mau"]
    people = bill.everything.get("mau", 0.0)
    return min(people, price.starts_at) * price.each / price.per


def _firewall(bill: Bill, prices: Prices) -> float:
    """As the template has it; as one that would be made where it has none."""
    there = bill.firewall
    if not there.get("waf_acl"):
        asked = bill.everything.get("cloudfront_request", 0.0)
        there = {"waf_acl": 1, "waf_rule": 1 + len(MANAGED_RULES), "waf_request": asked}
    return cost(there, prices)
