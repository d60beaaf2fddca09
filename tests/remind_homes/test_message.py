"""A reminder says which home, how old its numbers are and where to say how it is: nothing else."""

import json
from dataclasses import replace
from datetime import timedelta

from remind_homes.message import compose
from shared.domain.documents import Document
from tests.support.builders import REGISTER, home

SITE = "https://d111111abcdef8.cloudfront.example/"
PAGE = f"{SITE}update.html?home=1-9000000001"
TWO_DAYS = timedelta(days=2)


def named(name: str) -> Document:
    return home(register=replace(REGISTER, name=name)).to_document()


def test_people_read_which_home_how_old_and_where_to_go() -> None:
    reminder = compose(named("Larkrise House"), TWO_DAYS, SITE)
    assert reminder.subject == "Please check your vacancies: Larkrise House"
    for protocol in ("email", "sms"):
        text = reminder.text_by_protocol[protocol]
        for part in ("Larkrise House", "confirmed 2 days ago", PAGE):
            assert part in text


def test_a_home_that_never_posted_is_told_so() -> None:
    text = compose(named("Larkrise House"), None, SITE).text_by_protocol["email"]
    assert "The vacancies of Larkrise House were never confirmed." in text


def test_machines_get_the_same_as_json() -> None:
    told = json.loads(compose(named("Larkrise House"), TWO_DAYS, SITE).text_by_protocol["default"])
    assert told == {
        "event": "numbers_are_old",
        "location_id": "1-9000000001",
        "name": "Larkrise House",
        "confirmed_at": "2026-01-05T12:00:00.000Z",
        "update_url": PAGE,
    }


def test_a_text_message_stays_one_and_keeps_the_address_whatever_the_name() -> None:
    text = compose(named("Très Long — " * 30), TWO_DAYS, SITE).text_by_protocol["sms"]
    assert len(text) <= 150
    assert text.isascii()
    assert text.endswith(PAGE)


def test_a_name_breaks_no_line_and_no_subject() -> None:
    reminder = compose(named("Lark\r\nBcc: x@example.org ’" + "é" * 200), TWO_DAYS, SITE)
    assert reminder.subject.isascii()
    assert reminder.subject.isprintable()
    assert len(reminder.subject) < 100
    assert "Lark Bcc" in reminder.text_by_protocol["email"]
