"""The question to a home whether a bed is still free that a team was told is gone."""

from datetime import timedelta

from deliver.reminder_message import still_free_message
from shared.domain.link_secret import Secret
from shared.domain.member import Protocol
from shared.store.posting_links import LinkSecrets
from tests.deliver.conftest import HOME, Deliver, Event

SITE = "https://d111111abcdef8.cloudfront.example/"
LINK = LinkSecrets(Secret("Ab3-_" + "x" * 17), Secret("7KQ2M9XW4D"))


def question(said_at: str = "2026-01-05T09:00:00.000Z") -> Event:
    """Return what `notify` sends."""
    return {
        "event": "still_free",
        "location_id": HOME.owner_id,
        "name": "Larkrise House",
        "category": "dementia_nursing",
        "said_at": said_at,
        "told_at": "2026-01-05T11:40:00.000Z",
        "sent_at": "2026-01-05T12:00:00.000Z",
    }


def test_the_message_says_which_bed_and_when_and_holds_a_link_of_ones_own() -> None:
    message = still_free_message(question(), SITE, LINK)
    assert message.subject == "Still free, or gone? Larkrise House"
    assert message.email.startswith(
        "A hospital team was told at 11:40 that the dementia nursing bed of Larkrise House has "
        "gone. Is it still free?"
    )
    assert f"{SITE}y#{LINK.token.text}" in message.email
    assert message.sms == (
        f"Larkrise House: still free, or gone? {SITE}y#{LINK.token.text} Code 7KQ2M-9XW4D"
    )


def test_the_time_is_that_of_the_united_kingdom() -> None:
    summer = {**question(), "told_at": "2026-07-05T11:40:00.000Z"}
    assert "told at 12:40" in still_free_message(summer, SITE, None).email


def test_while_links_are_stopped_it_leads_to_the_page_with_a_sign_in() -> None:
    message = still_free_message(question(), SITE, None)
    assert f"{SITE}update.html?home=1-9000000001" in message.email
    assert "/y" not in message.email + message.sms


def test_a_long_name_leaves_room_for_the_link() -> None:
    long = {**question(), "name": "The Extraordinarily Long Name " * 9}
    text = still_free_message(long, SITE, LINK).sms
    assert len(text) <= 160
    assert LINK.token.text in text


def test_each_person_of_the_home_is_asked_once_of_a_listing(deliver: Deliver) -> None:
    deliver.add(1, HOME)
    deliver.add(2, HOME, Protocol.SMS)
    deliver.send(question(), question())
    deliver.run()
    assert len(deliver.outbox.emails_sent) == 1
    assert len(deliver.outbox.texts_sent) == 1
    deliver.send(question("2026-01-05T11:00:00.000Z"))
    deliver.run()
    assert len(deliver.outbox.emails_sent) == 2


def test_a_question_that_comes_hours_late_is_not_asked(deliver: Deliver) -> None:
    deliver.add(1, HOME)
    deliver.time.advance(timedelta(hours=3))
    deliver.send(question())
    deliver.run()
    assert deliver.outbox.emails_sent == []
