"""A reminder says which home it is for, how old its vacancies are and where to update them."""

from typing import Any

from deliver.reminder_message import reminder_message

SITE = "https://d111111abcdef8.cloudfront.example/"
PAGE = f"{SITE}update.html?home=1-9000000001"


def event(name: str = "Larkrise House", confirmed_at: str | None = "2026-01-05T12:00:00Z") -> Any:
    return {
        "event": "check_vacancies",
        "location_id": "1-9000000001",
        "name": name,
        "confirmed_at": confirmed_at,
        "sent_at": "2026-01-07T13:00:00Z",
    }


def test_people_read_the_home_the_age_and_the_address_of_the_update_page() -> None:
    reminder = reminder_message(event(), SITE)
    assert reminder.subject == "Please check your vacancies: Larkrise House"
    for part in ("Larkrise House", "confirmed 2 days ago", PAGE):
        assert part in reminder.email
    assert reminder.sms == (
        f"Larkrise House: please check your vacancies: {PAGE} They were confirmed 2 days ago."
    )


def test_a_home_that_never_posted_reads_never_confirmed() -> None:
    text = reminder_message(event(confirmed_at=None), SITE).email
    assert "The vacancies of Larkrise House were never confirmed." in text


def test_a_long_name_is_shortened_to_fit_one_text_message() -> None:
    text = reminder_message(event("Très Long — " * 30), SITE).sms
    assert len(text) <= 160
    assert text.startswith("Très Long - ")
    assert text.endswith(PAGE)


def test_a_name_cannot_break_a_line_or_the_subject() -> None:
    reminder = reminder_message(event("Lark\r\nBcc: x@example.org ’" + "é" * 200), SITE)
    assert reminder.subject.isprintable()
    assert "Lark Bcc" in reminder.email
