"""From what was measured to a month's bill."""

from dataclasses import replace

import pytest

from benchmarks.cost.bill import Bill, Meter, cost
from benchmarks.cost.prices import prices
from benchmarks.cost.runs import added, billed_ms, cold_share, times
from benchmarks.cost.taken import Taken, mean, text_parts
from benchmarks.cost.template import DAYS_A_MONTH, Standing
from benchmarks.cost.usage import Assumption, usage
from tests.benchmarks.cost.invented import CALL, ONCE, STANDING, measured

USAGE = usage()


def bill(homes: int = 300, standing: Standing = STANDING, **actions: Taken) -> Bill:
    return Meter(measured(homes, **actions), ONCE, USAGE, standing).bill()


def test_half_a_processor_takes_twice_as_long() -> None:
    assert billed_ms(Taken(cpu_ms=10), 1769, USAGE) == pytest.approx(10)
    assert billed_ms(Taken(cpu_ms=10), 884, USAGE) == pytest.approx(20, rel=0.01)
    assert billed_ms(Taken(cpu_ms=10), 3538, USAGE) == pytest.approx(10), "one thread: one CPU"


def test_waiting_for_others_is_billed_too() -> None:
    waits = {"dynamodb.Query": 2.0, "dynamodb.TransactWriteItems": 1.0, "sns.Publish": 1.0}
    found = billed_ms(Taken(requests=waits, bytes_read=2e6), 512, USAGE)
    assert found == pytest.approx(2 * 5 + 15 + 30 + 2 * 30)


def test_a_slower_machine_than_this_is_reckoned_with() -> None:
    slower = {**USAGE, "cpu_of_this_machine": Assumption(0.5, "measured")}
    assert billed_ms(Taken(cpu_ms=10), 1769, slower) == pytest.approx(20)


def test_calls_that_come_once_a_day_are_all_cold_and_many_hardly_ever() -> None:
    assert cold_share(0, USAGE) == 0
    assert cold_share(DAYS_A_MONTH, USAGE) == 1
    assert cold_share(1_000_000, USAGE) < 0.001


def test_the_parts_add_up_to_the_total() -> None:
    list_ = prices()
    found = bill()
    by_part = sum(cost(part, list_) for part in found.parts.values())
    assert found.usd(list_) == pytest.approx(by_part)


def test_text_messages_and_the_firewall_stand_beside_the_total() -> None:
    firewall = replace(STANDING, has_firewall=True, quantities={"waf_acl": 1, "waf_rule": 2})
    found = bill(standing=firewall)
    assert not any(name.startswith("waf") or name == "sms" for name in found.everything)
    assert found.firewall["waf_acl"] == 1
    assert found.firewall["waf_request"] == found.everything["cloudfront_request"]
    assert found.text_messages["sms"] == found.month.text_messages


def test_every_call_over_http_is_one_request_to_each_that_it_passes() -> None:
    call = bill().per_call["search"]
    assert call["api_request"] == call["cloudfront_request"] == call["lambda_request"] == 1
    assert call["trace"] == 1
    assert "api_request" not in bill().per_call["entry"]


def test_functions_that_are_not_traced_have_no_traces() -> None:
    untraced = {name: replace(each, traced=False) for name, each in STANDING.functions.items()}
    found = bill(standing=replace(STANDING, functions=untraced))
    assert found.everything.get("trace", 0) <= USAGE["imports_per_month"].value


def test_a_search_pays_for_what_was_changed_since_the_last() -> None:
    def warm_reads(found: Bill) -> float:
        return found.parts["searches"]["table_read"] / found.month.actions["search"]

    assert warm_reads(bill(300)) == 1
    assert warm_reads(bill(15_000)) > 1
    assert warm_reads(bill(300, search=replace(CALL, reads=7))) == 7, "at least what was measured"


def test_the_few_calls_of_a_small_council_are_colder() -> None:
    few, many = bill(50), bill(15_000)
    assert few.starts["search"] / few.month.actions["search"] > 0.1
    assert many.starts["search"] / many.month.actions["search"] < 0.01


def test_the_years_that_the_log_is_kept_are_stored_twice_for_its_index_and_recoverable() -> None:
    found = bill().parts["storage"]
    changes = 3 * (600 * 365 + 300 * 0.1 * 12)
    assert found["table_gb"] == pytest.approx(changes * 2 * 1_700 / 1e9, rel=0.02)
    assert found["table_recovery_gb"] == found["table_gb"]
    without = bill(standing=replace(STANDING, index_count=0)).parts["storage"]
    assert without["table_gb"] == pytest.approx(found["table_gb"] / 2, rel=0.02)


def test_a_council_with_an_issuer_of_its_own_pays_nothing_for_people() -> None:
    assert bill(standing=replace(STANDING, has_pool=False)).everything["mau"] == 0


def test_quantities_are_added_by_name() -> None:
    assert added({"a": 1, "b": 2}, {"b": 3}) == {"a": 1, "b": 5}
    assert times({"a": 2}, 0.5) == {"a": 1}


def test_what_a_first_call_took_more_is_never_less_than_nothing() -> None:
    first = Taken(cpu_ms=1, reads=58, requests={"dynamodb.Query": 1})
    assert first.beyond(CALL) == Taken(cpu_ms=0, reads=57, requests={"dynamodb.Query": 0})


def test_of_calls_the_mean_but_of_their_time_the_median() -> None:
    calls = [Taken(cpu_ms=each, reads=each) for each in (1, 2, 9)]
    assert (mean(calls).cpu_ms, mean(calls).reads) == (2, 4)


def test_a_text_is_paid_by_its_parts() -> None:
    assert [text_parts(length) for length in (0, 160, 161, 306, 307)] == [0, 1, 2, 2, 3]
