"""Homes are listed for someone who phones those that have not confirmed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cli.homes.listing import HomeFilter, list_homes
from shared.domain.chance import USUALLY_WRONG
from shared.domain.documents import Document
from shared.domain.vocabulary import Registration
from tests.support.builders import NOON, REGISTER, home, unposted

NOW = NOON + timedelta(hours=2)

NEVER = unposted("1-9000000003").to_document()
OLD: Document = {
    **home("1-9000000002").to_document(),
    "confirmed_at": "2025-12-01T12:00:00.000Z",
}
FRESH = home("1-9000000001").to_document()


def with_register(location_id: str, **register: Any) -> Document:
    return home(location_id, register=replace(REGISTER, **register)).to_document()


def ids(documents: list[Document], home_filter: HomeFilter) -> list[str]:
    return [line.location_id for line in list_homes(documents, home_filter, NOW, USUALLY_WRONG)]


def test_the_longest_unconfirmed_home_comes_first() -> None:
    lines = list_homes([FRESH, OLD, NEVER], HomeFilter(), NOW, USUALLY_WRONG)
    assert [(line.location_id, line.age) for line in lines] == [
        ("1-9000000003", "never confirmed"),
        ("1-9000000002", "confirmed 35 days ago"),
        ("1-9000000001", "confirmed 2 hours ago"),
    ]


def test_homes_that_are_not_heard_from_have_confirmed_nothing_for_so_many_days() -> None:
    silent = HomeFilter(not_heard_from_days=31)
    assert ids([FRESH, OLD, NEVER], silent) == ["1-9000000003", "1-9000000002"]
    assert ids([FRESH, OLD, NEVER], HomeFilter(not_heard_from_days=36)) == ["1-9000000003"]


def test_unsure_homes_list_a_bed_that_may_have_gone() -> None:
    weeks_later = NOON + timedelta(days=40)
    single, many = home("1-9000000001", accepting=1), home("1-9000000002", accepting=9)
    homes = [single.to_document(), many.to_document(), NEVER]
    lines = list_homes(homes, HomeFilter(unsure=True), weeks_later, USUALLY_WRONG)
    assert [(line.location_id, line.likelihood) for line in lines] == [
        ("1-9000000001", "uncertain")
    ]


def test_each_condition_of_the_filter_must_hold() -> None:
    closed: Document = {
        **home("1-9000000002").to_document(),
        "admission_status": {"status": "closed", "reason": "outbreak"},
    }
    elsewhere = with_register("1-9000000003", local_authority="Otherton")
    deregistered = with_register("1-9000000004", registration=Registration.DEREGISTERED)
    homes = [FRESH, closed, elsewhere, deregistered]
    assert ids(homes, HomeFilter(closed=True)) == ["1-9000000002"]
    assert ids(homes, HomeFilter(authorities=("OTHERTON",))) == ["1-9000000003"]
    assert ids(homes, HomeFilter(closed=True, authorities=("Otherton",))) == []


def test_deregistered_homes_are_listed_only_on_request() -> None:
    deregistered = with_register("1-9000000004", registration=Registration.DEREGISTERED)
    assert ids([FRESH, deregistered], HomeFilter()) == ["1-9000000001"]
    assert ids([FRESH, deregistered], HomeFilter(deregistered=True)) == ["1-9000000004"]
