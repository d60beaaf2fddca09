"""Read the parameters of a query string strictly, and name everything wrong with them at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Final, TypeVar

from shared.domain.errors import Problem, RefusedError
from shared.domain.uk_time import uk_moment, uk_time

_DECIMAL: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?", re.ASCII)
_INTEGER: Final = re.compile(r"[0-9]{1,8}", re.ASCII)
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class QueryParams:
    """The parameters of one query string, and the problems found in them so far.

    A reading of a parameter that is missing or wrong returns its default. Call `check` after the
    last reading: it raises what is wrong.
    """

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._values = values
        self.problems: list[Problem] = []

    def __contains__(self, name: str) -> bool:
        return name in self._values

    @property
    def values(self) -> Mapping[str, Sequence[str]]:
        """Return every parameter with its values, as they were sent."""
        return self._values

    def check(self) -> None:
        """Raise RefusedError with every problem found, if there is any."""
        if self.problems:
            raise RefusedError(*self.problems)

    def required(self, name: str, read: Callable[[str], T | None], expected: str) -> T | None:
        """Return the parameter as `read` returns it; None is what cannot be read, a problem."""
        values = self._values.get(name, [])
        try:
            value = read(values[0]) if len(values) == 1 else None
        except RefusedError as refused:
            self.problems += refused.problems
            return None
        if value is None:
            self.problems.append(Problem(name, f"{expected}, given once"))
        return value

    def text(self, name: str) -> str | None:
        """Return the text of a parameter that may be missing."""
        return self.required(name, str, "a text") if name in self else None

    def decimal(self, name: str, default: float, maximum: float) -> float:
        """Return a decimal number above 0."""

        def read(text: str) -> float | None:
            number = float(text) if _DECIMAL.fullmatch(text) else 0.0
            return number if 0 < number <= maximum else None

        if name not in self:
            return default
        return self.required(name, read, f"a number above 0, at most {maximum:g}") or default

    def integer(self, name: str, default: int, maximum: int, *, minimum: int = 1) -> int:
        """Return a whole number from `minimum` to `maximum`."""

        def read(text: str) -> int | None:
            number = int(text) if _INTEGER.fullmatch(text) else None
            return number if number is not None and minimum <= number <= maximum else None

        if name not in self:
            return default
        number = self.required(name, read, f"a whole number from {minimum} to {maximum}")
        return default if number is None else number

    def day(self, name: str, earliest: date, latest: date) -> date | None:
        """Return a day from `earliest` to `latest`."""
        if name not in self:
            return None
        expected = f"a day from {earliest} to {latest}"
        return self.required(name, lambda text: read_day(text, earliest, latest), expected)

    def moment(self, name: str, earliest: datetime, latest: datetime) -> datetime | None:
        """Return a moment from `earliest` to `latest`; without an offset it is London's time."""

        def read(text: str) -> datetime | None:
            moment = _moment(text)
            return moment if moment and earliest <= moment <= latest else None

        if name not in self:
            return None
        first, last = (f"{uk_time(each):%Y-%m-%dT%H:%M}" for each in (earliest, latest))
        return self.required(name, read, f"a day and time from {first} to {last}, London time")

    def names(self, name: str, known: Callable[[str], bool], expected: str) -> tuple[str, ...]:
        """Return names of a closed list, repeated or separated by commas, each once."""
        if name not in self:
            return ()
        texts = self._texts(name)
        if all(map(known, texts)):  # as pages and systems send them
            return tuple(dict.fromkeys(texts))
        names = [_normalised(text).replace(" ", "_") for text in texts]
        if unknown := [each for each in names if not known(each)]:
            self.problems.append(Problem(name, f"{expected}; not {unknown[0][:40]!r}"))
        return tuple(dict.fromkeys(each for each in names if known(each)))

    def ids(
        self, name: str, is_id: Callable[[str], bool], expected: str, most: int
    ) -> tuple[str, ...]:
        """Return one to so many ids, repeated or separated by commas, each once."""
        ids = tuple(dict.fromkeys(self._texts(name))) if name in self else ()
        if not 1 <= len(ids) <= most or not all(map(is_id, ids)):
            self.problems.append(Problem(name, f"1 to {most} of {expected}"))
        return ids

    def choice(self, name: str, choices: Mapping[str, T]) -> T:
        """Return what the given choice stands for; the first choice is the default."""
        default = next(iter(choices.values()))
        if name not in self:
            return default
        value = self.required(name, choices.get, " or ".join(choices))
        return default if value is None else value

    def members(self, name: str, kind: type[E], *, once: bool = False) -> tuple[E, ...]:
        """Return members of an enumeration, repeated or separated by commas; `once` allows one.

        Capital letters do not matter, and underscores may stand for spaces.
        """
        if name not in self:
            return ()
        members = [_members_by_text(kind).get(_normalised(text)) for text in self._texts(name)]
        if None in members or (once and len(members) > 1):
            expected = "one of " + "; ".join(kind)
            self.problems.append(Problem(name, f"{expected}, given once" if once else expected))
        return tuple(dict.fromkeys(each for each in members if each))

    def _texts(self, name: str) -> list[str]:
        return [text for value in self._values[name] for text in value.split(",")]


def read_day(text: str, earliest: date, latest: date) -> date | None:
    """Return the day of a text such as `2026-11-22`, or None if it is no day of that time."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and earliest <= day <= latest else None


def _moment(text: str) -> datetime | None:
    """Read a moment such as `2026-11-28T16:00`, or with an offset such as `+00:00` or `Z`."""
    match = _MOMENT.fullmatch(text)
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(text)
        clock = moment.hour * 60 + moment.minute
        return moment if match["offset"] else uk_moment(moment.date(), clock)
    except (ValueError, OverflowError):
        return None


@cache
def _members_by_text(kind: type[E]) -> dict[str, E]:
    return {_normalised(each): each for each in kind}


def _normalised(text: str) -> str:
    return text.strip().lower().replace("_", " ")
