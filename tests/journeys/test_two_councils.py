"""Two councils in one account: neither sees anything of the other."""

from dataclasses import asdict
from datetime import UTC, datetime

import httpx
import pytest
from rich.console import Console

from claims.ledger import BrokenClaimError
from claims.story import Scene
from local.demo.two_councils import check_refuses, check_unchanged, contents, tell_alone
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import BedCategory
from tests.support.builders import REGISTER, counts, save

SHARED = {
    "endpoint_url",
    "region",
    "access_key_id",
    "secret_access_key",
    "pid",
    "folder",
    "sends_emails",
}
"""Outputs of the emulator and the account, the same for both."""

CATEGORY = BedCategory.GENERAL_NURSING


def full_home(stack: LocalStack, location_id: str) -> Scene:
    """Save a home without vacancies in this stack, and return a scene of the story there."""
    now = datetime.now(UTC)
    home = CareHome(location_id, 1, REGISTER, beds={CATEGORY: counts(0)}, confirmed_at=now)
    save(table_of(stack), home)
    return Scene("a hospital", REGISTER.postcode, home.to_document(), CATEGORY, "exeter-discharge")


def test_councils_share_no_names(councils: dict[str, LocalStack]) -> None:
    one, other = (asdict(each) for each in councils.values())
    assert {name for name in one if one[name] == other[name]} == SHARED


@pytest.mark.parametrize("council", ["example", "second"])
def test_the_story_of_one_council_changes_nothing_in_the_other(
    councils: dict[str, LocalStack], council: str
) -> None:
    others = [each for name, each in councils.items() if name != council]
    # The same home in both, as at the border of two counties.
    location_id = f"1-71000000{10 + list(councils).index(council)}"
    (scene, *_) = [full_home(each, location_id) for each in (councils[council], *others)]
    tell_alone(councils[council], scene, others, Console(quiet=True))


def test_a_home_of_one_council_is_not_found_in_the_other(councils: dict[str, LocalStack]) -> None:
    full_home(councils["example"], "1-7100000002")
    for name, status in ("example", 200), ("second", 404):
        stack = councils[name]
        bearer = {"Authorization": f"Bearer {token(stack, ['council'])}"}
        response = httpx.get(f"{stack.api_url}/homes/1-7100000002", headers=bearer, timeout=30)
        assert response.status_code == status


def test_a_change_in_the_other_council_would_be_noticed(councils: dict[str, LocalStack]) -> None:
    before = contents(councils["second"])
    check_unchanged(councils["second"], before)
    full_home(councils["second"], "1-7100000003")
    with pytest.raises(BrokenClaimError, match="its items are as they were"):
        check_unchanged(councils["second"], before)
    with pytest.raises(BrokenClaimError, match="refuses another council's token"):
        check_refuses(councils["second"], token(councils["second"], ["team:exeter-discharge"]))
