"""The demo checks its pages, and says how to sign in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.ledger import BrokenClaimError
from claims.story import Scene
from local.demo.run import check_site, how_to_use
from local.emulator.people import PASSWORD, Person
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from local.site.serve import serving
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import BedCategory
from tests.support.builders import REGISTER, counts, save

LOCATION_ID = "1-7000000001"
SCENE = Scene(
    "a hospital",
    REGISTER.postcode,
    {"location_id": LOCATION_ID, "name": "Larkrise House"},
    "general_nursing",
    "exeter-discharge",
)


@pytest.fixture(scope="module")
def site(stack: LocalStack) -> Iterator[str]:
    beds = {BedCategory.GENERAL_NURSING: counts(1)}
    home = CareHome(LOCATION_ID, 1, REGISTER, beds=beds, confirmed_at=datetime.now(UTC))
    save(table_of(stack), home)
    with serving(stack, port=0) as url:
        yield url


def test_every_page_and_a_search_are_checked(site: str, stack: LocalStack) -> None:
    assert check_site(site, stack, SCENE, token(stack, ["team:exeter-discharge"])) >= 2


@pytest.mark.parametrize(
    ("client_id", "location_id", "message"),
    [("another", LOCATION_ID, "configuration"), ("", "1-7999999999", "1-7999999999 is not in")],
)
def test_a_faulty_page_or_search_fails_the_step(
    site: str, stack: LocalStack, client_id: str, location_id: str, message: str
) -> None:
    expected = replace(stack, client_id=client_id or stack.client_id)
    scene = replace(SCENE, home={**SCENE.home, "location_id": location_id})
    with pytest.raises(BrokenClaimError, match=message):
        check_site(site, expected, scene, token(stack, ["team:exeter-discharge"]))


def test_sign_ins_are_printed_before_the_curl_commands(
    stack: LocalStack,
) -> None:
    carer = Person("a carer", "carer@example.org", (f"home:{LOCATION_ID}",))
    text = how_to_use(stack, "http://localhost:8000", [carer], SCENE, "TOKEN-1", "TOKEN-2")
    assert "carer@example.org         a carer of Larkrise House\n" in text
    assert text.index("http://localhost:8000/") < text.index(PASSWORD) < text.index("curl")
    assert "stack on this machine" in text
