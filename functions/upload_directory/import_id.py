"""What an import is called, and what its file and its report are called in the bucket."""

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from shared.domain.errors import NotFoundError

DIRECTORIES: Final = "directory/"
REPORTS: Final = "reports/"

_CONFIRMED: Final = "confirmed/"
"""Folder of files whose closures the council has looked at."""

_FORM = re.compile(r"([0-9]{8}T[0-9]{6}Z)-[0-9a-f]{12}(-confirmed)?", re.ASCII)
_MOMENT: Final = "%Y%m%dT%H%M%SZ"


class ImportId(NamedTuple):
    """`20261122T093000Z-3f9c0d1e8a72`, with `-confirmed` where closures are; sorts as time does."""

    text: str

    @classmethod
    def new(cls, now: datetime, token: str, *, confirmed: bool) -> "ImportId":
        """Of an import that begins now; the token is 12 hexadecimal digits."""
        ending = "-confirmed" if confirmed else ""
        return cls(f"{now.astimezone(UTC).strftime(_MOMENT)}-{token}{ending}")

    @classmethod
    def known(cls, text: str) -> "ImportId":
        """The id itself, if it has the form of one. Raises NotFoundError."""
        if cls.of_report(f"{REPORTS}{text}.") is None:
            raise NotFoundError("there is no such import")
        return cls(text)

    @classmethod
    def of_report(cls, key: str) -> "ImportId | None":
        """Whose report it is; None where the file did not come through the pages."""
        text = key.removeprefix(REPORTS).removeprefix(_CONFIRMED).partition(".")[0]
        found = _FORM.fullmatch(text)
        try:
            return cls(text) if found and datetime.strptime(found[1], _MOMENT) else None  # noqa: DTZ007
        except ValueError:
            return None

    @property
    def begun_at(self) -> datetime:
        moment = datetime.strptime(self.text.partition("-")[0], _MOMENT)  # noqa: DTZ007
        return moment.replace(tzinfo=UTC)

    @property
    def is_confirmed(self) -> bool:
        return self.text.endswith("-confirmed")

    def file_key(self, ending: str) -> str:
        """Where its file goes: `directory/<id>.csv`."""
        return f"{DIRECTORIES}{self._folder}{self.text}.{ending}"

    @property
    def report_prefix(self) -> str:
        """How the key of its report begins: what follows is the file's ending and its version."""
        return f"{REPORTS}{self._folder}{self.text}."

    @property
    def _folder(self) -> str:
        return _CONFIRMED if self.is_confirmed else ""
