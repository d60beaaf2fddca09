"""Two registrations of one building are found; neighbours are not taken for one."""

from dataclasses import replace

import pytest

from import_homes.directory import read_rows
from import_homes.plan import plan_import
from import_homes.same_place import Pair, find_successors, find_twins
from shared.domain.care_home import Register
from tests.support.builders import NOON, REGISTER
from tests.support.shared_data import CARE_DIRECTORY, shared_data

OLD, NEW, OTHER = "1-9000000001", "1-9000000002", "1-9000000003"


def at(name: str, address: str = "Example Lane, Exeter", postcode: str = "EX2 5DW") -> Register:
    return replace(REGISTER, name=name, address=address, postcode=postcode)


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (at("Larkrise House"), at("Larkrise House"), "name"),
        (at("Deer Park Care Home"), at("Deer Park Nursing Home"), "name"),
        (at("LARKRISE"), at("Larkrise House Limited"), "name"),
        (at("Larkrise", "1 Example Lane, Exeter"), at("Skylark", "1 Example Lane"), "address"),
        (at("Larkrise", "243a Berrow Rd."), at("Larkrise", "243A Berrow Rd"), "name and address"),
    ],
)
def test_the_same_postcode_and_name_or_address_is_one_building(
    one: Register, other: Register, because: str
) -> None:
    expected = [Pair(OLD, NEW, f"the same postcode and {because}")]
    assert find_twins({NEW: other, OLD: one}) == expected
    assert find_successors({OLD: one}, {NEW: other}) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at("Larkrise"), at("Skylark")),
        (at("Larkrise"), at("Larkrise", postcode="EX2 5DX")),
        (at("Choice Care Home", "Cary Avenue"), at("Southbourne Care Home", "Cary Avenue")),
        (at("Bluebell House", "47 Atlantic Way"), at("Primrose House", "45 Atlantic Way")),
        (at("The Care Home"), at("The Nursing Home")),
    ],
)
def test_neighbours_are_not_one_building(one: Register, other: Register) -> None:
    assert find_twins({OLD: one, NEW: other}) == []
    assert find_successors({OLD: one}, {NEW: other}) == []


def test_three_registrations_of_a_building_are_three_pairs() -> None:
    homes = dict.fromkeys((OLD, NEW, OTHER), at("Larkrise"))
    pairs = [(pair.one, pair.other) for pair in find_twins(homes)]
    assert pairs == [(OLD, NEW), (OLD, OTHER), (NEW, OTHER)]


def test_the_register_of_a_region_has_few_twins() -> None:
    content = shared_data(CARE_DIRECTORY).read_bytes()
    plan = plan_import(read_rows(content), {}, frozenset(), lambda _: None, NOON.date())
    twins = find_twins({write.location_id: write.register for write in plan.writes})
    names = {
        write.register.name
        for write in plan.writes
        for twin in twins
        if write.location_id in (twin.one, twin.other)
    }
    assert {"Gracewell of Frome", "Stafford Lodge", "Wembdon Rise"} <= names
    assert len(twins) < 12
