"""The age of a home's last confirmation, also in words."""

from datetime import datetime, timedelta

from shared.domain.documents import HomeDocument


def age_of_home(home: HomeDocument, now: datetime) -> timedelta | None:
    """Return the time since the home's last confirmation; None if it was never confirmed."""
    return confirmation_age(confirmed_at(home), now)


def confirmed_at(home: HomeDocument) -> datetime | None:
    """Return when the home last confirmed its counts; None if it never did.

    Raises ValueError if it is not a moment: without a time zone it cannot be compared with any.
    """
    text = home.get("confirmed_at")
    moment = datetime.fromisoformat(text) if text else None
    if moment and moment.utcoffset() is None:
        raise ValueError("confirmed_at has no time zone")
    return moment


def confirmation_age(moment: datetime | None, now: datetime) -> timedelta | None:
    """Return the time since a confirmation; None stands for never confirmed."""
    return now - moment if moment else None


def age_in_words(age: timedelta | None) -> str:
    """Write the age in whole units, rounded down, such as "confirmed 3 days ago".

    None stands for never confirmed. A confirmation that seems to lie in the future, because clocks
    differ a little, counts as just now.
    """
    if age is None:
        return "never confirmed"
    for unit, length in _UNITS:
        if count := max(age, timedelta(0)) // length:
            return f"confirmed {count} {unit}{'s' * (count > 1)} ago"
    return "confirmed just now"


_UNITS = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)
