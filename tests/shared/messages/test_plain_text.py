"""Any name of a home can be put into an email's subject and a text message."""

import pytest

from shared.messages.plain_text import ascii_only, gsm, one_line


@pytest.mark.parametrize("text", ["a\r\nb", "a\tb", "a\u2028b", "a \x00 b"])
def test_characters_that_cannot_be_seen_become_one_space(text: str) -> None:
    assert one_line(text) == "a b"


def test_accents_are_removed_and_quotes_and_dashes_become_plain() -> None:
    assert ascii_only("St Mary’s – Café “Élan” 😀") == 'St Mary\'s - Cafe "Elan" '


def test_a_text_message_has_only_characters_of_the_gsm_alphabet() -> None:
    assert gsm("[Bed] ^ ~ {x} £5 & co.") == " Bed       x  5 & co."
