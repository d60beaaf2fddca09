"""Documents are written the same everywhere: compact JSON, moments in UTC."""

from datetime import UTC, datetime, timedelta, timezone

from shared.domain.documents import timestamp, to_json


def test_json_is_compact_and_keeps_letters_and_order() -> None:
    assert to_json({"name": "Tŷ Gwyn", "beds": {"a": 1}}) == '{"name":"Tŷ Gwyn","beds":{"a":1}}'


def test_moments_are_written_in_utc_and_rounded_down_to_milliseconds() -> None:
    moment = datetime(2026, 1, 5, 12, 0, 0, 999_999, tzinfo=UTC)
    assert timestamp(moment) == "2026-01-05T12:00:00.999Z"
    in_summer = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert timestamp(in_summer) == "2026-07-01T08:30:00.000Z"
