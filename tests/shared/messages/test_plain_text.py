"""Whatever a home is called, its name can be put into a subject and a text message."""

import pytest

from shared.messages.plain_text import ascii_only, gsm, one_line


@pytest.mark.parametrize("text", ["a\r\nb", "a\tb", "a\u2028b", "a \x00 b"])
def test_what_cannot_be_seen_becomes_one_space(text: str) -> None:
    assert one_line(text) == "a b"


def test_accents_go_and_quotes_and_dashes_become_plain() -> None:
    assert ascii_only("St Mary’s – Café “Élan” 😀") == 'St Mary\'s - Cafe "Elan" '


def test_a_text_message_holds_nothing_that_would_halve_its_length() -> None:
    assert gsm("[Bed] ^ ~ {x} £5 & co.") == " Bed       x  5 & co."
