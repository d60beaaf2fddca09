"""The code in a message stands in for its link, and cannot be guessed."""

from datetime import timedelta

import pytest

from shared.aws.telemetry import logger
from shared.domain.posting_link import LINK_LIFETIME
from shared.http.request import DISTRIBUTION_PROOF, VIEWER
from shared.store.code_tries import MOST_OF_ADDRESS
from tests.post_by_link.conftest import Links, vacancies_of
from tests.shared.store.test_code_tries import write_tries
from tests.support.api_events import call

WRONG = {"code": "00000-00000"}


def test_a_code_does_what_its_link_does(links: Links) -> None:
    code = links.mint().code
    typed = f" {code.spaced.lower()} "
    shown = links.post("/links/look", {"code": typed}).body["home"]
    body = {"code": typed, "do": "confirm", "version": 1, "shown": vacancies_of(shown)}
    assert links.post("/links/act", body).status == 200
    undone = links.post("/links/act", {"code": typed, "do": "undo", "version": 1})
    assert undone.status == 200


def test_a_code_of_a_link_that_does_not_work_is_as_wrong_as_any(links: Links) -> None:
    code = links.mint().code.spaced
    links.time.advance(LINK_LIFETIME)
    ended, wrong = links.post("/links/look", {"code": code}), links.post("/links/look", WRONG)
    assert (ended.status, ended.body) == (404, wrong.body)


def test_an_address_rests_after_twenty_wrong_codes(links: Links) -> None:
    code = {"code": links.mint().code.text}
    for _ in range(MOST_OF_ADDRESS):
        assert links.post("/links/look", WRONG, "192.0.2.7").status == 404
    assert links.post("/links/look", code, "192.0.2.7").status == 409
    assert links.post("/links/look", code, "192.0.2.8").status == 200
    links.time.advance(timedelta(hours=1))
    assert links.post("/links/look", code, "192.0.2.7").status == 200


@pytest.mark.parametrize(
    "claimed",
    [
        {"x-forwarded-for": "192.0.2.{0}, 198.51.100.1"},
        {VIEWER: "192.0.2.{0}"},
        {VIEWER: "192.0.2.{0}", DISTRIBUTION_PROOF: ""},
        {VIEWER: "192.0.2.{0}", DISTRIBUTION_PROOF: "prööf-{0}\ud800"},
    ],
)
def test_who_calls_the_api_directly_cannot_claim_another_address(
    links: Links, claimed: dict[str, str]
) -> None:
    def try_code(code: str, number: int) -> int:
        headers = {name: value.format(number) for name, value in claimed.items()}
        body = {"code": code}
        return call(links.handler, "POST", "/links/look", body=body, headers=headers).status

    right = links.mint().code.text
    for number in range(MOST_OF_ADDRESS):
        assert try_code("00000-00000", number) == 404
    assert try_code(right, 99) == 409  # it gets no more tries
    assert links.post("/links/look", {"code": right}, "192.0.2.7").status == 200  # nor takes any


def test_all_addresses_of_one_line_count_together(links: Links) -> None:
    code = {"code": links.mint().code.text}
    for number in range(MOST_OF_ADDRESS):
        assert links.post("/links/look", WRONG, f"2001:db8:0:7::{number:x}").status == 404
    assert links.post("/links/look", code, "2001:db8:0:7:ffff::1").status == 409
    assert links.post("/links/look", code, "2001:db8:0:8::1").status == 200


def test_right_codes_do_not_count(links: Links) -> None:
    code = {"code": links.mint().code.text}
    for _ in range(MOST_OF_ADDRESS + 1):
        assert links.post("/links/look", code).status == 200


def test_all_codes_rest_after_a_thousand_and_an_alarm_hears_of_it(links: Links) -> None:
    secrets = links.mint()
    write_tries(links.table, 1000)
    response = links.post("/links/look", {"code": secrets.code.text})
    assert response.status == 409
    assert "next full hour" in response.body["detail"]
    assert links.metrics == {"CodesRest": 1}
    assert links.look(secrets.token.text).status == 200


def test_no_code_works_before_the_first_message(links: Links) -> None:
    assert links.post("/links/look", WRONG).status == 404


@pytest.mark.parametrize("code", ["7KQ2M", "x" * 64, "!!!!!-!!!!!"])
def test_what_is_no_code_counts_against_nobody(links: Links, code: str) -> None:
    secrets = links.mint()
    for _ in range(MOST_OF_ADDRESS + 1):
        assert links.post("/links/look", {"code": code}).status == 404
    assert links.post("/links/look", {"code": secrets.code.text}).status == 200


def test_an_address_is_in_no_item_and_no_log_line(
    links: Links, capsys: pytest.CaptureFixture[str]
) -> None:
    links.mint()
    links.post("/links/look", WRONG, "192.0.2.77")
    logger.info("the end")
    assert "192.0.2.77" not in capsys.readouterr().out
    assert "192.0.2.77" not in str(links.table.client.scan(TableName=links.table.name)["Items"])
