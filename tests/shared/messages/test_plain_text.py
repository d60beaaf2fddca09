"""Any name of a home can be put into a text message."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.messages.plain_text import gsm, one_line
from tests.support.gsm import GSM_ALPHABET


@pytest.mark.parametrize("text", ["a\r\nb", "a\tb", "a\u2028b", "a \x00 b"])
def test_characters_that_cannot_be_seen_become_one_space(text: str) -> None:
    assert one_line(text) == "a b"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Łódź House", "Lodz House"),
        ("Haus Straße", "Haus Straße"),
        ("Café Élan", "Café Élan"),
        ("Tŷ Môr", "Ty Mor"),
        ("Cafe\u0301", "Café"),
        ("Ærø Ðørþ Œuvre", "Ærø Dørth OEuvre"),
        ("Şişli Đorđe İzmir ı", "Sisli Dorde Izmir i"),
        ("Ñandú Übung", "Ñandu Übung"),
        ("№ 7 ½ ﬁr ™", "No 7 1/2 fir TM"),
        ("Αθήνα", "?????"),
        ("Rose 🌹 House", "Rose  House"),
    ],
)
def test_no_letter_of_a_name_is_lost(name: str, text: str) -> None:
    assert gsm(name) == text


@given(st.text())
def test_any_text_is_written_in_the_alphabet(text: str) -> None:
    assert set(gsm(text)) <= GSM_ALPHABET


@given(st.text(st.characters(categories=["L"])))
def test_every_letter_leaves_something(text: str) -> None:
    assert len(gsm(text)) >= len(unicodedata.normalize("NFC", text))


def test_what_cannot_be_seen_is_removed_from_a_line() -> None:
    assert one_line("Lark\u200brise\u00ad \u202aHouse\u00a0") == "Larkrise House"


def test_a_text_message_has_only_characters_of_the_gsm_alphabet() -> None:
    assert gsm("[Bed] ^ ~ {x} £5 & co.") == "(Bed) ' - (x) £5 & co."
