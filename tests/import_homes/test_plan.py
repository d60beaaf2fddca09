"""Every row has one result, and homes are closed only if the file is plausible."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from import_homes.columns import OptionalColumn
from import_homes.directory import Row
from import_homes.plan import ImportPlan, Result, plan_import
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.vocabulary import BedCategory, Registration
from tests.import_homes.directories import location, locations
from tests.support.builders import NOON, counts


def plan_for(
    rows: Iterable[dict[str, str]],
    existing: Iterable[Document] = (),
    authorities: Iterable[str] = (),
) -> ImportPlan:
    return plan_import(
        [Row(number, cells, is_whole=True) for number, cells in enumerate(rows, 2)],
        {document["location_id"]: document for document in existing},
        frozenset(authorities),
        lambda _: None,
        NOON.date(),
    )


def homes_from(rows: Iterable[dict[str, str]]) -> list[Document]:
    """Return the homes as an import of these rows writes them."""
    return [write.document for write in plan_for(rows).writes]


def results(plan: ImportPlan) -> list[Result]:
    return [outcome.result for outcome in plan.outcomes]


def with_counts(document: Document) -> Document:
    """Return the home after its staff posted bed counts."""
    home = CareHome.from_document(document)
    beds = {BedCategory.GENERAL_NURSING: counts(2)}
    return replace(home, version=home.version + 1, beds=beds).to_document()


def test_a_new_home_starts_with_nothing_posted() -> None:
    plan = plan_for(locations(1))
    assert results(plan) == [Result.NEW]
    (home,) = (CareHome.from_document(write.document) for write in plan.writes)
    assert (home.version, home.beds, home.confirmed_at) == (1, {}, None)
    assert home.register.registration is Registration.ACTIVE


def test_a_second_import_of_the_same_rows_writes_nothing() -> None:
    rows = [*locations(3), location(4, DORMANT="Y"), location(5, CARE_HOME="N")]
    plan = plan_for(rows, map(with_counts, homes_from(rows)))
    assert results(plan) == [
        Result.UNCHANGED,
        Result.UNCHANGED,
        Result.UNCHANGED,
        Result.DORMANT,
        Result.NOT_A_CARE_HOME,
    ]
    assert plan.writes == []
    assert plan.closed == []


def test_a_changed_home_keeps_what_its_staff_posted() -> None:
    (before,) = map(with_counts, homes_from(locations(1)))
    plan = plan_for([location(RATING="Outstanding", BEDS="28")], [before])
    assert results(plan) == [Result.CHANGED]
    (after,) = (write.document for write in plan.writes)
    assert after == before | {"version": 3, "rating": "Outstanding", "registered_beds": 28}


def test_a_new_dormant_home_is_not_imported_and_an_existing_one_becomes_dormant() -> None:
    dormant = location(DORMANT="Y")
    assert results(plan_for([dormant])) == [Result.DORMANT]
    assert plan_for([dormant]).writes == []
    (before,) = homes_from(locations(1))
    plan = plan_for([dormant], [before])
    assert results(plan) == [Result.DORMANT]
    (after,) = (write.document for write in plan.writes)
    assert after["registration"] == Registration.DORMANT
    assert plan_for([dormant], [after]).writes == []


def test_a_home_that_left_the_register_is_closed_and_reopened_when_it_returns() -> None:
    first, second = map(with_counts, homes_from(locations(2)))
    plan = plan_for(locations(1), [first, second])
    assert results(plan) == [Result.UNCHANGED]
    assert plan.closed == [second["location_id"]]
    (gone,) = (write.document for write in plan.writes)
    assert gone == second | {"version": 3, "registration": Registration.DEREGISTERED}
    assert plan_for(locations(1), [first, gone]).writes == []

    back = plan_for(locations(2), [first, gone])
    assert results(back) == [Result.UNCHANGED, Result.CHANGED]
    assert [write.document for write in back.writes] == [
        gone | {"version": 4, "registration": Registration.ACTIVE}
    ]


def test_a_dormant_home_that_left_the_register_is_closed() -> None:
    (before,) = homes_from(locations(1))
    dormant = before | {"registration": Registration.DORMANT}
    assert plan_for([location(2)], [dormant]).closed == [before["location_id"]]


def test_a_home_that_is_no_longer_a_care_home_is_closed() -> None:
    (before,) = homes_from(locations(1))
    plan = plan_for([location(1, CARE_HOME="N"), location(2)], [before])
    assert results(plan) == [Result.NOT_A_CARE_HOME, Result.NEW]
    assert plan.closed == [before["location_id"]]


STATUS, END_DATE = "Location Status", "Location HSCA End Date"
PAST, TO_COME = "04/01/2026", "06/01/2026"


@pytest.mark.parametrize(
    "cells",
    [
        {STATUS: "Deregistered"},
        {STATUS: "De-activated", END_DATE: ""},
        {STATUS: "INACTIVE", END_DATE: PAST},
        {END_DATE: PAST},
        {END_DATE: "2026-01-05"},
        {STATUS: "", END_DATE: "2024-03-31 00:00:00"},
        {STATUS: "-", END_DATE: "31 March 2024"},
    ],
)
def test_a_row_that_says_its_home_left_the_register_is_no_home(cells: dict[str, str]) -> None:
    """The other columns need not be readable: some of them are empty in such rows."""
    left = location(2, POSTCODE="", BEDS="") | cells
    assert results(plan_for([location(1), left])) == [Result.NEW, Result.DEREGISTERED]
    assert len(plan_for([location(1), left]).writes) == 1

    plan = plan_for([location(1), left], homes_from(locations(2)))
    assert results(plan) == [Result.UNCHANGED, Result.DEREGISTERED]
    assert plan.closed == ["1-9000000002"]
    (after,) = (write.document for write in plan.writes)
    assert after["registration"] == Registration.DEREGISTERED
    assert plan_for([location(1), left], [*homes_from(locations(1)), after]).writes == []


@pytest.mark.parametrize(
    "cells",
    [
        {STATUS: "Registered"},
        {STATUS: "Active", END_DATE: ""},
        {STATUS: "", END_DATE: "-"},
        {STATUS: "Registered", END_DATE: TO_COME},
        {END_DATE: TO_COME},
    ],
)
def test_a_home_is_active_until_the_day_on_which_it_leaves(cells: dict[str, str]) -> None:
    plan = plan_for([location() | cells])
    assert results(plan) == [Result.NEW]
    (home,) = (write.document for write in plan.writes)
    assert home["registration"] == Registration.ACTIVE


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({STATUS: "Registered", END_DATE: PAST}, STATUS),
        ({STATUS: "Deregistered", END_DATE: TO_COME}, STATUS),
        ({STATUS: "Mrs Secret"}, STATUS),
        ({END_DATE: "Mrs Secret"}, END_DATE),
        ({END_DATE: "45382"}, END_DATE),
    ],
)
def test_a_row_that_contradicts_itself_is_unreadable_and_changes_nothing(
    cells: dict[str, str], column: str
) -> None:
    plan = plan_for([location() | cells], homes_from(locations(1)))
    (outcome,) = plan.outcomes
    assert outcome.result is Result.UNREADABLE
    assert outcome.why is not None
    assert outcome.why.startswith(column)
    assert "Secret" not in outcome.why
    assert plan.writes == []


@pytest.mark.parametrize("order", [1, -1])
def test_two_rows_of_one_id_that_contradict_each_other_close_no_home(order: int) -> None:
    rows = [location(), location() | {STATUS: "Deregistered"}][::order]
    plan = plan_for([*rows, location(2)], homes_from(locations(2)))
    assert results(plan)[1] is Result.UNREADABLE
    assert plan.closed == []
    assert plan.writes == []


def test_only_homes_of_the_councils_authorities_are_imported() -> None:
    ours, theirs = location(1), location(2, LOCAL_AUTHORITY="Elsewhere")
    assert results(plan_for([ours, theirs], authorities=["EXAMPLESHIRE"])) == [
        Result.NEW,
        Result.OUTSIDE,
    ]
    assert results(plan_for([location(LOCAL_AUTHORITY="")], authorities=["Exampleshire"])) == [
        Result.UNREADABLE
    ]


def test_a_home_missing_from_the_file_is_closed_whatever_its_authority() -> None:
    ours, theirs = location(1), location(2, LOCAL_AUTHORITY="Elsewhere")
    plan = plan_for([location(3)], homes_from([ours, theirs]), ["Exampleshire"])
    assert plan.closed == [ours["Location ID"], theirs["Location ID"]]
    assert plan.active_before == 2


def test_an_existing_home_that_moves_to_another_authority_is_updated() -> None:
    moved = location(LOCAL_AUTHORITY="Elsewhere", DORMANT="Y")
    plan = plan_for([moved], homes_from(locations(1)), ["Exampleshire"])
    assert results(plan) == [Result.DORMANT]
    assert plan.newly_dormant == ["1-9000000001"]
    assert plan.closed == []


def test_an_unreadable_row_gives_its_reason_and_leaves_its_home_unchanged() -> None:
    plan = plan_for([location(POSTCODE="nowhere")], homes_from(locations(1)))
    (outcome,) = plan.outcomes
    assert outcome.result is Result.UNREADABLE
    assert outcome.why == "Location Postal Code must be a full postcode, such as EX2 5DW"
    assert outcome.location_id == "1-9000000001"
    assert plan.writes == []


def test_a_repeated_id_is_reported_with_its_first_row() -> None:
    plan = plan_for([location(1), location(2), location(1, NAME="Another")])
    assert results(plan) == [Result.NEW, Result.NEW, Result.UNREADABLE]
    assert plan.outcomes[2].why == "Location ID must be in one row only, but is in row 2 too"
    assert len(plan.writes) == 2


def test_an_id_of_digits_alone_is_of_its_home_and_never_of_a_new_one() -> None:
    here = homes_from([location(LOCATION_ID="1-10000812939"), location(2)])
    plan = plan_for([location(LOCATION_ID="10000812939", BEDS="28"), location(2)], here)
    assert results(plan) == [Result.CHANGED, Result.UNCHANGED]
    assert plan.outcomes[0].note == "Location ID was read as 1-10000812939"
    assert plan.closed == []
    unknown = plan_for([location(LOCATION_ID="10000812940"), location(2)], here)
    assert results(unknown) == [Result.UNREADABLE, Result.UNCHANGED]
    assert unknown.closed == []
    assert unknown.writes == []


def test_what_is_read_otherwise_is_noted_on_its_row() -> None:
    plan = plan_for([location(1, PHONE="01632 960001 ext 2"), location(2)])
    assert [bool(outcome.note) for outcome in plan.outcomes] == [True, False]


def test_the_report_does_not_repeat_an_invalid_id() -> None:
    (outcome,) = plan_for([location(LOCATION_ID="Mrs Secret")]).outcomes
    assert outcome.location_id is None
    assert "Secret" not in str(outcome)


def test_an_incomplete_row_is_unreadable_but_does_not_close_its_home() -> None:
    existing = {each["location_id"]: each for each in homes_from(locations(1))}
    plan = plan_import(
        [Row(2, location(), is_whole=False)], existing, frozenset(), lambda _: None, NOON.date()
    )
    assert results(plan) == [Result.UNREADABLE]
    assert plan.writes == []


@pytest.mark.parametrize("homes", [1, 2, 5, 6, 40])
def test_a_file_without_a_readable_row_of_a_council_closes_none_of_its_homes(homes: int) -> None:
    here = homes_from(locations(homes))
    unnamed = [row | {"Location ID": "see overleaf"} for row in locations(homes)]
    elsewhere = [location(100 + each, LOCAL_AUTHORITY="Elsewhere") for each in range(homes)]
    not_homes = [location(100 + each, CARE_HOME="N") for each in range(homes)]
    unreadable = [location(100 + each, POSTCODE="nowhere") for each in range(homes)]
    gone = [location(100 + each) | {OptionalColumn.STATUS: "Deregistered"} for each in range(homes)]
    for rows in (unnamed, elsewhere, not_homes, unreadable, gone):
        for authorities in ([], ["Exampleshire"]):
            plan = plan_for(rows, here, authorities)
            assert plan.closed == []
            assert plan.kept.location_ids == [home["location_id"] for home in here]
            (note,) = plan.kept.notes()
            assert "Exampleshire" in note


def test_a_row_without_a_readable_id_closes_no_home_that_it_may_be_of() -> None:
    here = homes_from([location(1), location(2), location(3), location(4, POSTCODE="EX4 4QJ")])
    rows = [location(1), location(2, LOCATION_ID="1-", POSTCODE="EX2 5DW", NAME="As it was")]
    plan = plan_for(rows, here)
    assert plan.closed == ["1-9000000004"]
    assert plan.kept.location_ids == ["1-9000000002", "1-9000000003"]
    (note,) = plan.kept.notes()
    assert note.startswith("2 homes are not in this file under a location id")
    assert note.endswith("may be theirs: 3.")
    renumbered = location(4, LOCATION_ID="?", POSTCODE="EX1 1AA")
    assert plan_for([*locations(3), renumbered], here).closed == []
    assert plan_for([*locations(3), location(9, LOCATION_ID="", POSTCODE="")], here).closed == []


def test_a_home_closes_by_its_own_row_or_by_a_row_of_its_council() -> None:
    here = homes_from([location(1), location(2, LOCAL_AUTHORITY="Elsewhere")])
    assert plan_for([location(1, CARE_HOME="N")], here).closed == ["1-9000000001"]
    assert plan_for([location(3, LOCAL_AUTHORITY="ELSEWHERE")], here).closed == ["1-9000000002"]
    respelt = [location(1, LOCAL_AUTHORITY="County of Exampleshire")]
    assert plan_for(respelt, homes_from(locations(2))).closed == ["1-9000000002"]


def test_a_blank_cell_does_not_say_that_a_home_is_no_longer_a_care_home() -> None:
    plan = plan_for([location(1, CARE_HOME=""), location(2)], homes_from(locations(2)))
    assert results(plan) == [Result.UNREADABLE, Result.UNCHANGED]
    assert plan.closed == []


@pytest.mark.parametrize(
    ("homes", "gone", "too_many"),
    [(5, 5, False), (6, 6, True), (40, 5, False), (40, 6, True), (100, 10, False), (100, 11, True)],
)
def test_losing_more_than_five_homes_and_a_tenth_of_them_is_too_many(
    homes: int, gone: int, too_many: bool
) -> None:
    here = homes_from(locations(homes))
    missing = plan_for([*locations(homes)[gone:], location(999)], here)
    assert len(missing.closed) == gone
    assert missing.closes_too_many is too_many
    asleep = locations(homes)
    asleep[:gone] = locations(gone, DORMANT="Y")
    dormant = plan_for(asleep, here)
    assert len(dormant.newly_dormant) == gone
    assert dormant.closes_too_many is too_many
