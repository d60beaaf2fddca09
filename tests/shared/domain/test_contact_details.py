"""Contact details are read alike wherever people type or paste them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.contact_details import (
    email_address,
    email_beginning,
    is_internet_host,
    mobile_number,
    phone_number,
    spaced_phone,
    web_address,
)
from tests.support import pasted


@pytest.mark.parametrize("text", pasted.EMAILS)
def test_a_pasted_email_address_is_read(text: str) -> None:
    assert email_address(text) == pasted.EMAIL


@pytest.mark.parametrize("text", pasted.APOSTROPHE_EMAILS)
def test_an_apostrophe_that_was_made_curly_is_read(text: str) -> None:
    assert email_address(text) == pasted.APOSTROPHE_EMAIL


@pytest.mark.parametrize("text", pasted.NOT_EMAILS)
def test_text_with_no_address_or_two_is_not_an_email_address(text: str) -> None:
    assert email_address(text) is None


@pytest.mark.parametrize("text", pasted.PHONES)
def test_a_pasted_phone_number_is_read(text: str) -> None:
    assert phone_number(text) == pasted.PHONE


@pytest.mark.parametrize("text", pasted.MOBILES)
def test_a_pasted_mobile_number_is_read(text: str) -> None:
    assert mobile_number(text) == pasted.MOBILE


@pytest.mark.parametrize("text", pasted.NOT_PHONES)
def test_a_part_of_a_text_is_never_taken_for_its_number(text: str) -> None:
    assert phone_number(text) is None


@pytest.mark.parametrize("text", pasted.WEBSITES)
def test_a_pasted_website_is_read(text: str) -> None:
    assert web_address(text) == pasted.WEBSITE


def test_an_email_address_pasted_to_search_for_is_read() -> None:
    for text in pasted.EMAILS:
        assert email_beginning(text) == pasted.EMAIL
    assert email_beginning("a.o\u2019ca\u200brer") == "a.o'carer"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ward.7@example.nhs.uk", "ward.7@example.nhs.uk"),
        (" Ward.7+beds@Example.NHS.uk ", "ward.7+beds@example.nhs.uk"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("\u200bward@example.org\u00a0", "ward@example.org"),
    ],
)
def test_an_email_address_is_read_in_lower_case_without_invisible_characters(
    text: str, address: str
) -> None:
    assert email_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ward",
        "ward@",
        "@example.org",
        "ward@example",
        "ward@127.0.0.1",
        "ward@[127.0.0.1]",
        "a@b@example.org",
        "a..b@example.org",
        "ward 7@example.org",
        "ward@example.org,sister@example.org",
        "ward@-example.org",
        "wärd@example.org",
        "ward@example.org\nBcc: other@example.org",
        "a" * 65 + "@example.org",
        "ward@" + "a." * 130 + "org",
    ],
)
def test_other_text_is_not_an_email_address(text: str) -> None:
    assert email_address(text) is None


def test_an_email_beginning_holds_nothing_that_ends_a_filter() -> None:
    assert email_beginning(" A.Care") == "a.care"
    assert email_beginning("a.carer@exa") == "a.carer@exa"
    for text in ("", 'a" or email ^= "', "a b", "a\\", "é", "a" * 255):
        assert email_beginning(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "01632960001",
        "01632 960 001",
        "(01632) 960-001",
        "01632.960.001",
        "01632 960\u2011001",
        "\u202a01632\u00a0960001\u202c",
        "+44 1632 960001",
        "+44 (0)1632 960001",
        "+4401632960001",
        "0044 1632 960001",
    ],
)
def test_a_phone_number_is_stored_as_digits(text: str) -> None:
    assert phone_number(text) == "01632960001"


@pytest.mark.parametrize("text", ["0800 111 222", "0808 157 0192", "020 7946 0018", "03069 990001"])
def test_numbers_of_every_kind_that_a_home_may_have_are_read(text: str) -> None:
    assert phone_number(text) == text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "999",
        "see website",
        "manager@larkrise.example",
        "1632 960001",
        "01632 9600",
        "01632 960001 960002",
        "01632 960001 ext 2",
        "0909 879 0001",
        "070 1234 5678",
        "+1 500 555 0006",
        "+353 20 910 0001",
        "٠١٦٣٢٩٦٠٠٠١",
        "0" + "1" * 300,
    ],
)
def test_other_text_is_not_a_uk_phone_number(text: str) -> None:
    assert phone_number(text) is None


@pytest.mark.parametrize(
    ("stored", "spaced"),
    [
        ("01632960001", "01632 960001"),
        ("07700900123", "07700 900123"),
        ("0169772345", "01697 72345"),
        ("01632 960 001", "01632 960 001"),
        ("+15005550006", "+15005550006"),
        ("999", "999"),
    ],
)
def test_stored_phone_numbers_are_spaced_for_reading(stored: str, spaced: str) -> None:
    assert spaced_phone(stored) == spaced


@pytest.mark.parametrize(
    "text", ["+447700900123", "07700 900123", "+44 7700-900123", "+44 (0)7700 900123"]
)
def test_a_mobile_number_is_international(text: str) -> None:
    assert mobile_number(text) == "+447700900123"


@pytest.mark.parametrize(
    "text",
    ["01632 960001", "+15005550006", "+447012345678", "+447612345678", "0770090012", "7700900123"],
)
def test_only_a_uk_mobile_can_get_text_messages(text: str) -> None:
    assert mobile_number(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://www.example.org/home", "https://www.example.org/home"),
        ("HTTP://Larkrise.Example/Home_1?a=b#top", "http://larkrise.example/Home_1?a=b#top"),
        (" www.larkrise.example ", "https://www.larkrise.example"),
        ("larkrise.example/", "https://larkrise.example/"),
    ],
)
def test_a_website_gets_a_scheme(text: str, address: str) -> None:
    assert web_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "none",
        "javascript:alert(1)",
        "manager@larkrise.example",
        "https://manager@larkrise.example",
        "https://larkrise.example:8443/",
        "https://larkrise..example",
        "https://-larkrise.example",
        "https://127.0.0.1/",
        "https://printer.local/",
        "https://localhost/",
        "www.larkrise.example/<script>",
        'www.larkrise.example/"onclick',
        "www.larkrise.example/a b",
        "www.larkrise.example, www.other.example",
        "www." + "x" * 300 + ".example",
        "www.larkrise.example/" + "x" * 200,
    ],
)
def test_other_text_is_not_a_web_address(text: str) -> None:
    assert web_address(text) is None


def test_a_host_on_the_internet_has_a_name_and_no_private_ending() -> None:
    assert is_internet_host("discharge.example.nhs.uk")
    inside = ("intranet", "api.localhost", "server.internal", "169.254.169.254", "0x7f.1", "")
    assert not any(map(is_internet_host, inside))


@pytest.mark.parametrize("reader", [email_address, phone_number, mobile_number, web_address])
@given(text=st.text(max_size=60))
def test_a_normal_form_is_plain_text_that_is_read_as_itself(
    reader: Callable[[str], str | None], text: str
) -> None:
    for candidate in (text, f"https://{text}", f"{text}@example.org", f"+44{text}", f"0{text}"):
        value = reader(candidate)
        if value is not None:
            assert value.isascii()
            assert value.isprintable()
            assert reader(value) == value
