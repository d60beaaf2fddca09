"""A message fits SNS and one text message, and keeps what its reader needs most."""

import json

from shared.messages.sns import LONGEST_SMS, LONGEST_SUBJECT, fit_sms, sns_message

PHONE = ": 1 general nursing bed free. Phone 01632960001."


def test_each_protocol_gets_its_own_text_and_others_get_json() -> None:
    message = sns_message("Vacancy", email="One bed.\n", sms="1 bed", event={"beds": 1})
    texts = message.text_by_protocol
    assert json.loads(texts.pop("default")) == {"beds": 1}
    assert texts == {"email": "One bed.\n", "sms": "1 bed"}


def test_a_subject_is_short_and_ascii() -> None:
    message = sns_message("Tŷ Môr – " * 30, email="", sms="", event={})
    assert message.subject.startswith("Ty Mor - ")
    assert len(message.subject) <= LONGEST_SUBJECT


def test_a_text_message_with_room_has_all_its_parts() -> None:
    assert fit_sms("Tŷ Môr", PHONE, " Alert 1") == f"Ty Mor{PHONE} Alert 1"


def test_a_long_name_is_shortened_and_the_rest_stays() -> None:
    text = fit_sms("Larkrise " * 20, PHONE, " Alert 1")
    assert len(text) == LONGEST_SMS
    assert text.endswith(f"{PHONE} Alert 1")


def test_the_ending_is_left_out_before_the_text_is_shortened() -> None:
    long = "x" * 120 + PHONE[-30:]
    assert fit_sms("Larkrise", long, " Alert 1") == long
