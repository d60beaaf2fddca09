"""A reminder says which home it is for, how old its vacancies are and where to update them."""

from typing import Any

from deliver.reminder_message import reminder_message
from shared.domain.link_secret import Secret
from shared.store.posting_links import LinkSecrets

SITE = "https://d111111abcdef8.cloudfront.example/"
PAGE = f"{SITE}update.html?home=1-9000000001"
LINK = LinkSecrets(Secret("Ab3-_" + "x" * 17), Secret("7KQ2M9XW4D"))
LINK_PAGE = f"{SITE}y#Ab3-_{'x' * 17}"


def event(name: str = "Larkrise House", confirmed_at: str | None = "2026-01-05T12:00:00Z") -> Any:
    return {
        "event": "check_vacancies",
        "location_id": "1-9000000001",
        "name": name,
        "confirmed_at": confirmed_at,
        "sent_at": "2026-01-07T13:00:00Z",
    }


def test_people_read_the_home_the_age_and_the_address_of_the_update_page() -> None:
    reminder = reminder_message(event(), SITE, None)
    assert reminder.subject == "Please check your vacancies: Larkrise House"
    for part in ("Larkrise House", "confirmed 2 days ago", PAGE):
        assert part in reminder.email
    assert reminder.sms == (
        f"Larkrise House: please check your vacancies: {PAGE} They were confirmed 2 days ago."
    )


def test_a_home_that_never_posted_reads_never_confirmed() -> None:
    text = reminder_message(event(confirmed_at=None), SITE, None).email
    assert "The vacancies of Larkrise House were never confirmed." in text


def test_a_long_name_is_shortened_to_fit_one_text_message() -> None:
    text = reminder_message(event("Très Long — " * 30), SITE, None).sms
    assert len(text) <= 160
    assert text.startswith("Très Long - ")
    assert text.endswith(PAGE)


def test_a_name_cannot_break_a_line_or_the_subject() -> None:
    reminder = reminder_message(event("Lark\r\nBcc: x@example.org ’" + "é" * 200), SITE, None)
    assert reminder.subject.isprintable()
    assert "Lark Bcc" in reminder.email


def test_a_link_of_ones_own_leads_to_its_page_and_a_code_stands_in_for_it() -> None:
    reminder = reminder_message(event(), SITE, LINK)
    for part in (LINK_PAGE, f"go to {SITE}y and enter the code 7KQ2M-9XW4D", PAGE):
        assert part in reminder.email
    assert reminder.sms == (
        f"Larkrise House: please check your vacancies: {LINK_PAGE} Code 7KQ2M-9XW4D"
        " They were confirmed 2 days ago."
    )


def test_a_text_with_a_link_is_one_text_whatever_the_name() -> None:
    text = reminder_message(event("Très Long — " * 30), SITE, LINK).sms
    assert len(text) <= 160
    assert LINK_PAGE in text
