"""Every row has one result, and homes are closed only if the file is plausible."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from import_homes.directory import Row
from import_homes.plan import ImportPlan, Result, plan_import
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.vocabulary import BedCategory, Registration
from tests.import_homes.directories import location, locations
from tests.support.builders import counts


def plan(
    rows: Iterable[dict[str, str]],
    existing: Iterable[Document] = (),
    authorities: Iterable[str] = (),
) -> ImportPlan:
    return plan_import(
        [Row(number, cells, is_whole=True) for number, cells in enumerate(rows, 2)],
        {document["location_id"]: document for document in existing},
        frozenset(authorities),
        lambda _: None,
    )


def imported(rows: Iterable[dict[str, str]]) -> list[Document]:
    """Return the homes as an import of these rows writes them."""
    return [write.document for write in plan(rows).writes]


def results(plan: ImportPlan) -> list[Result]:
    return [outcome.result for outcome in plan.outcomes]


def posted(document: Document) -> Document:
    """Return the home after its staff posted bed counts."""
    home = CareHome.from_document(document)
    beds = {BedCategory.GENERAL_NURSING: counts(2)}
    return replace(home, version=home.version + 1, beds=beds).to_document()


def test_a_new_home_starts_with_nothing_posted() -> None:
    planned = plan(locations(1))
    assert results(planned) == [Result.NEW]
    (home,) = (CareHome.from_document(write.document) for write in planned.writes)
    assert (home.version, home.beds, home.confirmed_at) == (1, {}, None)
    assert home.register.registration is Registration.ACTIVE


def test_a_second_import_of_the_same_rows_writes_nothing() -> None:
    rows = [*locations(3), location(4, DORMANT="Y"), location(5, CARE_HOME="N")]
    planned = plan(rows, map(posted, imported(rows)))
    assert results(planned) == [
        Result.UNCHANGED,
        Result.UNCHANGED,
        Result.UNCHANGED,
        Result.DORMANT,
        Result.NOT_A_CARE_HOME,
    ]
    assert planned.writes == []
    assert planned.closed == []


def test_a_changed_home_keeps_what_its_staff_posted() -> None:
    (before,) = map(posted, imported(locations(1)))
    planned = plan([location(RATING="Outstanding", BEDS="28")], [before])
    assert results(planned) == [Result.CHANGED]
    (after,) = (write.document for write in planned.writes)
    assert after == before | {"version": 3, "rating": "Outstanding", "registered_beds": 28}


def test_a_new_dormant_home_is_not_imported_and_an_existing_one_becomes_dormant() -> None:
    dormant = location(DORMANT="Y")
    assert results(plan([dormant])) == [Result.DORMANT]
    assert plan([dormant]).writes == []
    (before,) = imported(locations(1))
    planned = plan([dormant], [before])
    assert results(planned) == [Result.DORMANT]
    (after,) = (write.document for write in planned.writes)
    assert after["registration"] == Registration.DORMANT
    assert plan([dormant], [after]).writes == []


def test_a_home_that_left_the_register_is_closed_and_reopened_when_it_returns() -> None:
    first, second = map(posted, imported(locations(2)))
    planned = plan(locations(1), [first, second])
    assert results(planned) == [Result.UNCHANGED]
    assert planned.closed == [second["location_id"]]
    (gone,) = (write.document for write in planned.writes)
    assert gone == second | {"version": 3, "registration": Registration.DEREGISTERED}
    assert plan(locations(1), [first, gone]).writes == []

    back = plan(locations(2), [first, gone])
    assert results(back) == [Result.UNCHANGED, Result.CHANGED]
    assert [write.document for write in back.writes] == [
        gone | {"version": 4, "registration": Registration.ACTIVE}
    ]


def test_a_dormant_home_that_left_the_register_is_closed() -> None:
    (before,) = imported(locations(1))
    dormant = before | {"registration": Registration.DORMANT}
    assert plan([location(2)], [dormant]).closed == [before["location_id"]]


def test_a_home_that_is_no_longer_a_care_home_is_closed() -> None:
    (before,) = imported(locations(1))
    planned = plan([location(1, CARE_HOME="N"), location(2)], [before])
    assert results(planned) == [Result.NOT_A_CARE_HOME, Result.NEW]
    assert planned.closed == [before["location_id"]]


def test_only_homes_of_the_councils_authorities_are_imported() -> None:
    ours, theirs = location(1), location(2, LOCAL_AUTHORITY="Elsewhere")
    assert results(plan([ours, theirs], authorities=["EXAMPLESHIRE"])) == [
        Result.NEW,
        Result.OUTSIDE,
    ]
    assert results(plan([location(LOCAL_AUTHORITY="")], authorities=["Exampleshire"])) == [
        Result.UNREADABLE
    ]


def test_a_home_missing_from_the_file_is_closed_whatever_its_authority() -> None:
    ours, theirs = location(1), location(2, LOCAL_AUTHORITY="Elsewhere")
    planned = plan([location(3)], imported([ours, theirs]), ["Exampleshire"])
    assert planned.closed == [ours["Location ID"], theirs["Location ID"]]
    assert planned.active_before == 2


def test_an_existing_home_that_moves_to_another_authority_is_updated() -> None:
    moved = location(LOCAL_AUTHORITY="Elsewhere", DORMANT="Y")
    planned = plan([moved], imported(locations(1)), ["Exampleshire"])
    assert results(planned) == [Result.DORMANT]
    assert planned.newly_dormant == ["1-9000000001"]
    assert planned.closed == []


def test_an_unreadable_row_gives_its_reason_and_leaves_its_home_unchanged() -> None:
    planned = plan([location(POSTCODE="nowhere")], imported(locations(1)))
    (outcome,) = planned.outcomes
    assert outcome.result is Result.UNREADABLE
    assert outcome.why == "Location Postal Code must be a full postcode, such as EX2 5DW"
    assert outcome.location_id == "1-9000000001"
    assert planned.writes == []


def test_a_repeated_id_is_reported_with_its_first_row() -> None:
    planned = plan([location(1), location(2), location(1, NAME="Another")])
    assert results(planned) == [Result.NEW, Result.NEW, Result.UNREADABLE]
    assert planned.outcomes[2].why == "Location ID must be in one row only, but is in row 2 too"
    assert len(planned.writes) == 2


def test_the_report_does_not_repeat_an_invalid_id() -> None:
    (outcome,) = plan([location(LOCATION_ID="Mrs Secret")]).outcomes
    assert outcome.location_id is None
    assert "Secret" not in str(outcome)


def test_an_incomplete_row_is_unreadable_but_does_not_close_its_home() -> None:
    existing = {each["location_id"]: each for each in imported(locations(1))}
    planned = plan_import(
        [Row(2, location(), is_whole=False)], existing, frozenset(), lambda _: None
    )
    assert results(planned) == [Result.UNREADABLE]
    assert planned.writes == []


@pytest.mark.parametrize(
    ("homes", "gone", "too_many"),
    [(5, 5, False), (6, 6, True), (40, 5, False), (40, 6, True), (100, 10, False), (100, 11, True)],
)
def test_losing_more_than_five_homes_and_a_tenth_of_them_is_too_many(
    homes: int, gone: int, too_many: bool
) -> None:
    here = imported(locations(homes))
    missing = plan([*locations(homes)[gone:], location(999)], here)
    assert len(missing.closed) == gone
    assert missing.closes_too_many is too_many
    asleep = locations(homes)
    asleep[:gone] = locations(gone, DORMANT="Y")
    dormant = plan(asleep, here)
    assert len(dormant.newly_dormant) == gone
    assert dormant.closes_too_many is too_many
