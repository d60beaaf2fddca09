"""A reminder says which home it is for, how old its vacancies are and where to update them."""

import json
from dataclasses import replace
from datetime import timedelta

from remind_homes.message import reminder_message
from shared.domain.documents import Document
from tests.support.builders import REGISTER, home

SITE = "https://d111111abcdef8.cloudfront.example/"
PAGE = f"{SITE}update.html?home=1-9000000001"
TWO_DAYS = timedelta(days=2)


def named(name: str) -> Document:
    return home(register=replace(REGISTER, name=name)).to_document()


def test_people_read_the_home_the_age_and_the_address_of_the_update_page() -> None:
    reminder = reminder_message(named("Larkrise House"), TWO_DAYS, SITE)
    assert reminder.subject == "Please check your vacancies: Larkrise House"
    for part in ("Larkrise House", "confirmed 2 days ago", PAGE):
        assert part in reminder.text_by_protocol["email"]
    assert reminder.text_by_protocol["sms"] == (
        f"Larkrise House: please check your vacancies: {PAGE} They were confirmed 2 days ago."
    )


def test_a_home_that_never_posted_reads_never_confirmed() -> None:
    text = reminder_message(named("Larkrise House"), None, SITE).text_by_protocol["email"]
    assert "The vacancies of Larkrise House were never confirmed." in text


def test_machines_get_json() -> None:
    message = json.loads(
        reminder_message(named("Larkrise House"), TWO_DAYS, SITE).text_by_protocol["default"]
    )
    assert message == {
        "event": "vacancies_are_old",
        "location_id": "1-9000000001",
        "name": "Larkrise House",
        "confirmed_at": "2026-01-05T12:00:00.000Z",
        "update_url": PAGE,
    }


def test_a_long_name_is_shortened_to_fit_one_text_message() -> None:
    text = reminder_message(named("Très Long — " * 30), TWO_DAYS, SITE).text_by_protocol["sms"]
    assert len(text) <= 150
    assert text.startswith("Très Long - ")
    assert text.endswith(PAGE)


def test_a_name_cannot_break_a_line_or_the_subject() -> None:
    reminder = reminder_message(named("Lark\r\nBcc: x@example.org ’" + "é" * 200), TWO_DAYS, SITE)
    assert reminder.subject.isascii()
    assert reminder.subject.isprintable()
    assert len(reminder.subject) < 100
    assert "Lark Bcc" in reminder.text_by_protocol["email"]
