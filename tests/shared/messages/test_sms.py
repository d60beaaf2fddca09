"""A text message is always one, and keeps what its reader needs most."""

from hypothesis import given
from hypothesis import strategies as st

from shared.messages.sms import LONGEST_SMS, fit_sms
from tests.support.gsm import GSM_ALPHABET

PHONE = ": 1 general nursing bed free. Phone 01632960001."


def test_a_text_message_with_room_has_all_its_parts() -> None:
    assert fit_sms("Tŷ Môr", PHONE, " Alert 1") == f"Ty Mor{PHONE} Alert 1"


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=200), max_size=4))
def test_a_text_message_is_always_one(name: str, text: str, endings: list[str]) -> None:
    written = fit_sms(name, text, *endings)
    assert len(written) <= LONGEST_SMS
    assert set(written) <= GSM_ALPHABET


def test_a_long_name_is_shortened_and_the_rest_stays() -> None:
    text = fit_sms("Larkrise " * 20, PHONE, " Alert 1")
    assert len(text) <= LONGEST_SMS
    assert text.startswith("Larkrise Larkrise")
    assert text.endswith(f"...{PHONE}")


def test_an_ending_without_room_is_left_out_and_the_next_one_may_follow() -> None:
    long = "x" * 130
    assert fit_sms("Larkrise", long, "y" * 30, " Alert 1") == f"Larkrise{long} Alert 1"
