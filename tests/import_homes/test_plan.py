"""Every row comes to one thing, and homes close only where the file can be believed."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from import_homes.directory import Row
from import_homes.plan import Plan, Result, plan
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.vocabulary import BedCategory, Registration
from tests.import_homes.directories import location, locations
from tests.support.builders import counts


def planned(
    rows: Iterable[dict[str, str]],
    existing: Iterable[Document] = (),
    authorities: Iterable[str] = (),
) -> Plan:
    return plan(
        [Row(number, cells, is_whole=True) for number, cells in enumerate(rows, 2)],
        {document["location_id"]: document for document in existing},
        frozenset(authorities),
        lambda _: None,
    )


def imported(rows: Iterable[dict[str, str]]) -> list[Document]:
    """The homes as an import of these rows leaves them."""
    return [writing.document for writing in planned(rows).writings]


def results(made: Plan) -> list[Result]:
    return [outcome.result for outcome in made.outcomes]


def posted(document: Document) -> Document:
    """The home after its staff posted something."""
    home = CareHome.from_document(document)
    beds = {BedCategory.GENERAL_NURSING: counts(2)}
    return replace(home, version=home.version + 1, beds=beds).to_document()


def test_a_new_home_starts_with_nothing_posted() -> None:
    made = planned(locations(1))
    assert results(made) == [Result.NEW]
    (home,) = (CareHome.from_document(writing.document) for writing in made.writings)
    assert (home.version, home.beds, home.confirmed_at) == (1, {}, None)
    assert home.register.registration is Registration.ACTIVE


def test_the_same_again_writes_nothing() -> None:
    rows = [*locations(3), location(4, DORMANT="Y"), location(5, CARE_HOME="N")]
    made = planned(rows, map(posted, imported(rows)))
    assert results(made) == [
        Result.UNCHANGED,
        Result.UNCHANGED,
        Result.UNCHANGED,
        Result.DORMANT,
        Result.NOT_A_CARE_HOME,
    ]
    assert made.writings == []
    assert made.closed == []


def test_a_change_leaves_what_was_posted_as_it_was() -> None:
    (was,) = map(posted, imported(locations(1)))
    made = planned([location(RATING="Outstanding", BEDS="28")], [was])
    assert results(made) == [Result.CHANGED]
    (becomes,) = (writing.document for writing in made.writings)
    assert becomes == was | {"version": 3, "rating": "Outstanding", "registered_beds": 28}


def test_a_dormant_home_is_not_brought_in_and_one_that_is_here_becomes_dormant() -> None:
    dormant = location(DORMANT="Y")
    assert results(planned([dormant])) == [Result.DORMANT]
    assert planned([dormant]).writings == []
    (was,) = imported(locations(1))
    made = planned([dormant], [was])
    assert results(made) == [Result.DORMANT]
    (becomes,) = (writing.document for writing in made.writings)
    assert becomes["registration"] == Registration.DORMANT
    assert planned([dormant], [becomes]).writings == []


def test_a_home_that_left_the_register_is_closed_and_comes_back_active() -> None:
    first, second = map(posted, imported(locations(2)))
    made = planned(locations(1), [first, second])
    assert results(made) == [Result.UNCHANGED]
    assert made.closed == [second["location_id"]]
    (gone,) = (writing.document for writing in made.writings)
    assert gone == second | {"version": 3, "registration": Registration.DEREGISTERED}
    assert planned(locations(1), [first, gone]).writings == []

    back = planned(locations(2), [first, gone])
    assert results(back) == [Result.UNCHANGED, Result.CHANGED]
    assert [writing.document for writing in back.writings] == [
        gone | {"version": 4, "registration": Registration.ACTIVE}
    ]


def test_a_dormant_home_that_left_the_register_is_closed_too() -> None:
    (was,) = imported(locations(1))
    dormant = was | {"registration": Registration.DORMANT}
    assert planned([location(2)], [dormant]).closed == [was["location_id"]]


def test_a_home_that_is_no_care_home_any_more_is_closed() -> None:
    (was,) = imported(locations(1))
    made = planned([location(1, CARE_HOME="N"), location(2)], [was])
    assert results(made) == [Result.NOT_A_CARE_HOME, Result.NEW]
    assert made.closed == [was["location_id"]]


def test_only_the_councils_authorities_are_taken_in() -> None:
    ours, theirs = location(1), location(2, LOCAL_AUTHORITY="Elsewhere")
    assert results(planned([ours, theirs], authorities=["EXAMPLESHIRE"])) == [
        Result.NEW,
        Result.OUTSIDE,
    ]
    assert results(planned([location(LOCAL_AUTHORITY="")], authorities=["Exampleshire"])) == [
        Result.UNREADABLE
    ]


def test_a_home_that_is_not_in_the_file_is_closed_wherever_it_was() -> None:
    ours, theirs = location(1), location(2, LOCAL_AUTHORITY="Elsewhere")
    made = planned([location(3)], imported([ours, theirs]), ["Exampleshire"])
    assert made.closed == [ours["Location ID"], theirs["Location ID"]]
    assert made.were_active == 2


def test_a_home_known_here_is_followed_when_its_row_moves_to_another_authority() -> None:
    moved = location(LOCAL_AUTHORITY="Elsewhere", DORMANT="Y")
    made = planned([moved], imported(locations(1)), ["Exampleshire"])
    assert results(made) == [Result.DORMANT]
    assert made.newly_dormant == ["1-9000000001"]
    assert made.closed == []


def test_an_unreadable_row_says_why_and_leaves_its_home_as_it_is() -> None:
    made = planned([location(POSTCODE="nowhere")], imported(locations(1)))
    (outcome,) = made.outcomes
    assert outcome.result is Result.UNREADABLE
    assert outcome.why == "Location Postal Code: a full postcode, such as EX2 5DW"
    assert outcome.location_id == "1-9000000001"
    assert made.writings == []


def test_an_id_that_is_there_twice_names_its_first_row() -> None:
    made = planned([location(1), location(2), location(1, NAME="Another")])
    assert results(made) == [Result.NEW, Result.NEW, Result.UNREADABLE]
    assert made.outcomes[2].why == "Location ID: once in the file: row 2 has it"
    assert len(made.writings) == 2


def test_what_is_no_id_is_not_repeated() -> None:
    (outcome,) = planned([location(LOCATION_ID="Mrs Secret")]).outcomes
    assert outcome.location_id is None
    assert "Secret" not in str(outcome)


def test_a_row_that_is_not_whole_is_unreadable_but_its_home_is_not_gone() -> None:
    existing = {each["location_id"]: each for each in imported(locations(1))}
    made = plan([Row(2, location(), is_whole=False)], existing, frozenset(), lambda _: None)
    assert results(made) == [Result.UNREADABLE]
    assert made.writings == []


@pytest.mark.parametrize(
    ("homes", "gone", "too_many"),
    [(5, 5, False), (6, 6, True), (40, 5, False), (40, 6, True), (100, 10, False), (100, 11, True)],
)
def test_more_than_five_and_a_tenth_of_the_homes_do_not_go_at_once(
    homes: int, gone: int, too_many: bool
) -> None:
    here = imported(locations(homes))
    missing = planned([*locations(homes)[gone:], location(999)], here)
    assert len(missing.closed) == gone
    assert missing.takes_away_too_many is too_many
    asleep = locations(homes)
    asleep[:gone] = locations(gone, DORMANT="Y")
    dormant = planned(asleep, here)
    assert len(dormant.newly_dormant) == gone
    assert dormant.takes_away_too_many is too_many
