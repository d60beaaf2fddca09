"""The id of an import, and the keys of its directory and its report in the import bucket."""

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from shared.aws import import_keys
from shared.domain.errors import NotFoundError

_PATTERN: Final = re.compile(r"([0-9]{8}T[0-9]{6}Z)-[0-9a-f]{12}(-confirmed)?", re.ASCII)
_TIME: Final = "%Y%m%dT%H%M%SZ"
_CONFIRMED: Final = "-confirmed"


class ImportId(NamedTuple):
    """`20261122T093000Z-3f9c0d1e8a72`, with `-confirmed` where the closures are confirmed.

    Ids sort by the time at which their imports began.
    """

    text: str

    @classmethod
    def new(cls, now: datetime, token: str, *, closures_confirmed: bool) -> "ImportId":
        """Return the id of an import that begins now; the token is 12 hexadecimal digits."""
        suffix = _CONFIRMED if closures_confirmed else ""
        return cls(f"{now.astimezone(UTC).strftime(_TIME)}-{token}{suffix}")

    @classmethod
    def parse(cls, text: str) -> "ImportId":
        """Return the id that this text is. Raises NotFoundError."""
        match = _PATTERN.fullmatch(text)
        try:
            if match and datetime.strptime(match[1], _TIME):  # noqa: DTZ007 - only whether it is one
                return cls(text)
        except ValueError:
            pass
        raise NotFoundError("There is no import with this id.")

    @classmethod
    def of_report(cls, report_key: str) -> "ImportId | None":
        """Return the id of the import that a report is on, or None if it has no id.

        A directory that was put into the bucket by other means has a name of any kind.
        """
        try:
            return cls.parse(import_keys.file_name(report_key).partition(".")[0])
        except NotFoundError:
            return None

    @property
    def begun_at(self) -> datetime:
        """When the import began, to the second."""
        time = datetime.strptime(self.text.partition("-")[0], _TIME)  # noqa: DTZ007 - in UTC, as added below
        return time.replace(tzinfo=UTC)

    @property
    def closures_are_confirmed(self) -> bool:
        """Whether a council officer has confirmed the closures in the directory."""
        return self.text.endswith(_CONFIRMED)

    def directory_key(self, file_format: str) -> str:
        """Return the key of the import's directory: `directory/<id>.csv`."""
        return self._key(f"{self.text}.{file_format}")

    @property
    def report_prefix(self) -> str:
        """How the key of its report begins: the file's format and version follow."""
        return import_keys.report_prefix(self._key(self.text))

    def _key(self, file_name: str) -> str:
        return import_keys.directory_key(file_name, closures_confirmed=self.closures_are_confirmed)
