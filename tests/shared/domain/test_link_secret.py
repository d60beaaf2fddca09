"""The code that stands in for a link is easy to type, and hard to guess."""

import pytest

from shared.domain.link_secret import Secret


def test_a_code_is_read_however_it_is_typed() -> None:
    assert Secret.typed("7kq2m-9xw4d") == Secret("7KQ2M9XW4D")
    assert Secret.typed(" 7KQ2M 9XW4D ") == Secret("7KQ2M9XW4D")
    assert Secret.typed("oil2m-9xw4d") == Secret("0112M9XW4D")


@pytest.mark.parametrize("text", ["", "7KQ2M9XW4", "7KQ2M9XW4DD", "7KQ2M9XW4U", "７KQ2M9XW4D"])
def test_what_is_no_code_is_not_read(text: str) -> None:
    assert Secret.typed(text) is None


def test_a_drawn_code_is_read_as_itself() -> None:
    for _ in range(100):
        code = Secret.link_code()
        assert Secret.typed(code.spaced) == code


def test_the_digest_of_a_code_depends_on_the_key() -> None:
    code = Secret("7KQ2M9XW4D")
    assert code.keyed_digest(b"one") != code.keyed_digest(b"other")
    assert code.keyed_digest(b"one") != code.digest
