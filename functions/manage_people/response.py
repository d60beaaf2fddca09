"""People as they are answered: with their roles, and the homes of those by name."""

import re
from typing import Any

from shared.aws.user_pool import PeoplePage, Person, UserPool
from shared.domain.documents import Document
from shared.domain.errors import NotFoundError, Problem, RefusedError
from shared.http.roles import home_of_role, is_role, parse_role
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

    def __init__(self, pool: UserPool, table: Table) -> None:
        self._pool = pool
        self._table = table
        self._names: dict[str, str | None] = {}

    def listed(self, page: PeoplePage) -> Document:
        """A page of people; `after` asks for the next."""
        return {"people": [self.shown(person) for person in page.people], "after": page.cursor}

    def shown(self, person: Person) -> Document:
        """The person with their roles. Raises NotFoundError, BusyError."""
        groups = self._pool.groups_of(person.person_id)
        roles = sorted(group for group in groups if is_role(group))
        return {**person.to_document(), "roles": [self._role(role) for role in roles]}

    def role_to_give(self, text: str) -> str:
        """The role, if it is one that can be given. Raises RefusedError, BusyError."""
        role = parse_role(text)
        home = home_of_role(role)
        if home is not None and self._name(home) is None:
            raise RefusedError(Problem("role", f"a home that was imported: {home} was not"))
        return role

    def _role(self, role: str) -> dict[str, Any]:
        home = home_of_role(role)
        name = self._name(home) if home else None
        return {"role": role, **({"home": name} if name else {})}

    def _name(self, home: str) -> str | None:
        if home not in self._names:
            try:
                self._names[home] = homes.load(self._table, home)["name"]
            except NotFoundError:
                self._names[home] = None
        return self._names[home]
