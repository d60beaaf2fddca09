"""Only addresses that SNS can notify are accepted, and none is shown in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import RefusedError
from shared.domain.member import Protocol
from subscribe.address import Address
from tests.support import pasted

QUEUE = "arn:aws:sqs:eu-west-2:123456789012:vacancies"


@pytest.mark.parametrize(
    ("protocol", "text", "endpoint"),
    [
        ("email", "ward.7@example.nhs.uk", "ward.7@example.nhs.uk"),
        ("email", " Ward.7+beds@Example.NHS.uk ", "ward.7+beds@example.nhs.uk"),
        ("email", "o'brien@example.org", "o'brien@example.org"),
        ("sms", "+447700900123", "+447700900123"),
        ("sms", "07700 900123", "+447700900123"),
        ("sms", "+44 7700-900123", "+447700900123"),
        ("https", "https://discharge.example.nhs.uk/vacancies?token=a1", None),
        ("https", "https://example.org", None),
        ("https", "https://example.org:443/", None),
        ("sqs", QUEUE, None),
    ],
)
def test_an_address_is_stored_in_its_normal_form(
    protocol: str, text: str, endpoint: str | None
) -> None:
    address = Address.parse(Protocol(protocol), text)
    assert address == Address(Protocol(protocol), endpoint or text)


@pytest.mark.parametrize(
    ("protocol", "texts", "endpoint"),
    [
        ("email", pasted.EMAILS, pasted.EMAIL),
        ("email", pasted.APOSTROPHE_EMAILS, pasted.APOSTROPHE_EMAIL),
        ("sms", pasted.MOBILES, pasted.MOBILE),
    ],
)
def test_a_pasted_address_is_read(protocol: str, texts: tuple[str, ...], endpoint: str) -> None:
    for text in texts:
        assert Address.parse(Protocol(protocol), text).endpoint == endpoint, text


def test_an_endpoint_for_machines_is_read_without_invisible_characters() -> None:
    url = "https://discharge.example.nhs.uk/vacancies"
    assert Address.parse(Protocol.HTTPS, f"\ufeff{url}\u200b").endpoint == url
    assert Address.parse(Protocol.SQS, f"{QUEUE}\u200b").endpoint == QUEUE


@pytest.mark.parametrize(
    ("protocol", "text"),
    [
        ("email", ""),
        ("email", "ward"),
        ("email", "ward@"),
        ("email", "@example.org"),
        ("email", "ward@example"),
        ("email", "ward@localhost"),
        ("email", "ward@127.0.0.1"),
        ("email", "ward@[127.0.0.1]"),
        ("email", "a@b@example.org"),
        ("email", "a..b@example.org"),
        ("email", "ward 7@example.org"),
        ("email", "ward@example.org\nBcc: other@example.org"),
        ("email", "ward@-example.org"),
        ("email", "wärd@example.org"),
        ("email", "a" * 65 + "@example.org"),
        ("email", "ward@" + "a." * 130 + "org"),
        ("sms", "+15005550006"),
        ("sms", "+441392000000"),
        ("sms", "+447012345678"),
        ("sms", "+447612345678"),
        ("sms", "+44770090012"),
        ("sms", "+4477009001234"),
        ("sms", "7700900123"),
        ("sms", "+٤٤٧٧٠٠٩٠٠١٢٣"),
        ("https", "http://example.org/"),
        ("https", "ftp://example.org/"),
        ("https", "https://"),
        ("https", "https:///path"),
        ("https", "https://localhost/"),
        ("https", "https://api.localhost/"),
        ("https", "https://intranet/"),
        ("https", "https://server.internal/"),
        ("https", "https://127.0.0.1/"),
        ("https", "https://2130706433/"),
        ("https", "https://0x7f.1/"),
        ("https", "https://[::1]/"),
        ("https", "https://169.254.169.254/latest/meta-data/"),
        ("https", "https://user:secret@example.org/"),
        ("https", "https://example.org:8443/"),
        ("https", "https://example.org:x/"),
        ("https", "https://example.org/a b"),
        ("https", "https://example.org/#fragment"),
        ("https", "https://example.org\\@127.0.0.1/"),
        ("https", "https://example.org/" + "a" * 500),
        ("sqs", "vacancies"),
        ("sqs", "https://sqs.eu-west-2.amazonaws.com/123456789012/vacancies"),
        ("sqs", "arn:aws:sns:eu-west-2:123456789012:vacancies"),
        ("sqs", "arn:aws:sqs:eu-west-2:12345:vacancies"),
        ("sqs", QUEUE + ".fifo"),
        ("sqs", QUEUE + ":more"),
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(protocol: str, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        Address.parse(Protocol(protocol), text)
    (problem,) = refused.value.problems
    assert problem.field == "address"
    with pytest.raises(RefusedError) as refused_alike:
        Address.parse(Protocol(protocol), "?")
    assert refused_alike.value.problems == (problem,)


@given(st.sampled_from(Protocol), st.text(max_size=60))
def test_any_text_is_either_refused_or_a_valid_address(protocol: Protocol, text: str) -> None:
    for candidate in (text, f"https://{text}", f"{text}@example.org", f"+44{text}"):
        try:
            endpoint = Address.parse(protocol, candidate).endpoint
        except RefusedError:
            continue
        assert endpoint.isascii()
        assert endpoint.isprintable()


@pytest.mark.parametrize(
    ("protocol", "text", "masked"),
    [
        ("email", "ward.7@example.nhs.uk", "w***@example.nhs.uk"),
        ("sms", "+447700900123", "+44*******123"),
        ("https", "https://discharge.example.nhs.uk/vacancies?token=a1", None),
        ("sqs", QUEUE, "vacancies"),
    ],
)
def test_a_masked_address_is_recognised_only_by_its_owner(
    protocol: str, text: str, masked: str | None
) -> None:
    address = Address.parse(Protocol(protocol), text)
    assert address.masked == (masked or "https://discharge.example.nhs.uk/***")
    assert address.endpoint not in address.masked
