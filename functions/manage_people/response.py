"""People as they are answered: with their roles, and the homes of those by name."""

import re
from typing import Any

from manage_people import membership
from manage_people.role import checked, home_of
from shared.aws.user_pool import Found, Person, Pool
from shared.domain.documents import Document
from shared.domain.errors import NotFoundError, Problem, RefusedError
from shared.store import homes
from shared.store.table import Table

_PERSON_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def known_person_id(text: str) -> str:
    """The id itself, if it has the form of one: no address gets through. Raises NotFoundError."""
    if not _PERSON_ID.fullmatch(text):
        raise NotFoundError("there is no such person")
    return text


class People:
    """Of one request: each home is looked up once."""

    def __init__(self, people: Pool, table: Table) -> None:
        self._pool = people
        self._table = table
        self._names: dict[str, str | None] = {}

    def listed(self, found: Found) -> Document:
        """A page of people; `after` asks for the next."""
        return {"people": [self.shown(each) for each in found.people], "after": found.after}

    def shown(self, person: Person) -> Document:
        """The person with their roles. Raises NotFoundError, BusyError."""
        roles = membership.roles_of(self._pool, person.person_id)
        return {**person.to_document(), "roles": [self._role(each) for each in roles]}

    def role_to_give(self, text: str) -> str:
        """The role, if it is one that can be given. Raises RefusedError, BusyError."""
        role = checked(text)
        home = home_of(role)
        if home is not None and self._name(home) is None:
            raise RefusedError(Problem("role", f"a home that was imported: {home} was not"))
        return role

    def _role(self, role: str) -> dict[str, Any]:
        home = home_of(role)
        name = self._name(home) if home else None
        return {"role": role, **({"home": name} if name else {})}

    def _name(self, home: str) -> str | None:
        if home not in self._names:
            try:
                self._names[home] = homes.load(self._table, home)["name"]
            except NotFoundError:
                self._names[home] = None
        return self._names[home]
