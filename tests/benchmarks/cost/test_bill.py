"""A month's bill follows from measurements, usage and template."""

from dataclasses import replace

import pytest

from benchmarks.cost.bill import Bill, bill, cost
from benchmarks.cost.lambda_time import added, billed_ms, cold_share, times
from benchmarks.cost.measurements import Consumption
from benchmarks.cost.prices import read_prices
from benchmarks.cost.template import DAYS_PER_MONTH, Template
from benchmarks.cost.usage import Assumption, read_usage
from tests.benchmarks.cost.round_figures import CALL, IMPORTS, TEMPLATE, measurement

USAGE = read_usage()


def bill_of(homes: int = 300, template: Template = TEMPLATE, **actions: Consumption) -> Bill:
    return bill(measurement(homes, **actions), IMPORTS, USAGE, template)


def test_half_a_processor_takes_twice_as_long() -> None:
    assert billed_ms(Consumption(cpu_ms=10), 1769, USAGE) == pytest.approx(10)
    assert billed_ms(Consumption(cpu_ms=10), 884, USAGE) == pytest.approx(20, rel=0.01)
    assert billed_ms(Consumption(cpu_ms=10), 3538, USAGE) == pytest.approx(10), (
        "one thread: one CPU"
    )


def test_waiting_is_billed() -> None:
    waits = {"dynamodb.Query": 2.0, "dynamodb.TransactWriteItems": 1.0, "sns.Publish": 1.0}
    found = billed_ms(Consumption(requests=waits, bytes_read=2e6), 512, USAGE)
    assert found == pytest.approx(2 * 5 + 15 + 30 + 2 * 30)


def test_the_speed_of_the_machine_scales_processor_time() -> None:
    slower = {**USAGE, "cpu_of_this_machine": Assumption(0.5, "measured")}
    assert billed_ms(Consumption(cpu_ms=10), 1769, slower) == pytest.approx(20)


def test_calls_that_come_once_a_day_are_all_cold_and_many_hardly_ever() -> None:
    assert cold_share(0, USAGE) == 0
    assert cold_share(DAYS_PER_MONTH, USAGE) == 1
    assert cold_share(1_000_000, USAGE) < 0.001


def test_the_parts_add_up_to_the_total() -> None:
    list_ = read_prices()
    found = bill_of()
    by_part = sum(cost(part, list_) for part in found.parts.values())
    assert found.usd(list_) == pytest.approx(by_part)


def test_text_messages_and_the_firewall_are_not_in_the_total() -> None:
    firewall = replace(TEMPLATE, has_firewall=True, quantities={"waf_acl": 1, "waf_rule": 2})
    found = bill_of(template=firewall)
    assert not any(name.startswith("waf") or name == "sms" for name in found.total)
    assert found.firewall["waf_acl"] == 1
    assert found.firewall["waf_request"] == found.total["cloudfront_request"]
    assert found.text_messages["sms"] == found.month.text_messages


def test_a_call_over_http_is_one_request_to_every_service_on_its_way() -> None:
    call = bill_of().calls["search"]
    assert call["api_request"] == call["cloudfront_request"] == call["lambda_request"] == 1
    assert call["trace"] == 1
    assert "api_request" not in bill_of().calls["entry"]


def test_the_heartbeats_metric_is_sent_all_month() -> None:
    silent = replace(TEMPLATE, snapshots_per_day=0)
    metrics = [bill_of(template=each).total["metric"] for each in (TEMPLATE, silent)]
    assert metrics[0] - metrics[1] == pytest.approx(1)


def test_functions_without_tracing_have_no_traces() -> None:
    untraced = {name: replace(each, traced=False) for name, each in TEMPLATE.functions.items()}
    found = bill_of(template=replace(TEMPLATE, functions=untraced))
    assert not found.total.get("trace", 0)


def test_a_search_pays_for_the_changes_since_the_last() -> None:
    def warm_reads(found: Bill) -> float:
        # Each search requests the marks, and every second one near misses.
        return found.parts["searches"]["table_read"] / found.month.actions["search"] - 1.5

    assert warm_reads(bill_of(300)) == 1
    assert warm_reads(bill_of(15_000)) > 1
    assert warm_reads(bill_of(300, search=replace(CALL, reads=7))) == 7, (
        "at least what was measured"
    )


def test_a_small_council_has_a_larger_share_of_cold_starts() -> None:
    few, many = bill_of(50), bill_of(15_000)
    assert few.starts["search"] / few.month.actions["search"] > 0.1
    assert many.starts["search"] / many.month.actions["search"] < 0.01


def test_storage_counts_all_years_of_the_log_and_its_index() -> None:
    found = bill_of().parts["storage"]
    changes = 3 * (600 * 365 + 300 * 0.1 * 12)
    assert found["table_gb"] == pytest.approx(changes * 2 * 1_700 / 1e9, rel=0.02)
    assert found["table_recovery_gb"] == found["table_gb"]
    without = bill_of(template=replace(TEMPLATE, index_count=0)).parts["storage"]
    assert without["table_gb"] == pytest.approx(found["table_gb"] / 2, rel=0.02)


def test_a_council_without_a_user_pool_pays_nothing_for_people() -> None:
    assert bill_of(template=replace(TEMPLATE, has_pool=False)).total["mau"] == 0


def test_quantities_are_added_by_name() -> None:
    assert added({"a": 1, "b": 2}, {"b": 3}) == {"a": 1, "b": 5}
    assert times({"a": 2}, 0.5) == {"a": 1}
