"""The command line reads an email address as the pages do."""

import pytest

from cli.errors import UsageError
from cli.people.command import _parse_email
from tests.support import pasted


@pytest.mark.parametrize("text", pasted.EMAILS)
def test_a_pasted_email_address_is_read(text: str) -> None:
    assert _parse_email(text).lower() == pasted.EMAIL


@pytest.mark.parametrize("text", pasted.NOT_EMAILS)
def test_text_with_no_address_or_two_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        _parse_email(text)
