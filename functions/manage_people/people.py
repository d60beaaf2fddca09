"""People as the API shows them: with their roles, and the names of the homes they work at."""

from typing import Any

from shared.aws.user_pool import PeoplePage, PoolUser, UserPool
from shared.domain.availability import is_registered
from shared.domain.documents import Document, HomeDocument
from shared.domain.errors import NotFoundError, Problem, RefusedError
from shared.domain.identifiers import is_uuid
from shared.http.roles import home_of_role, is_role, parse_role
from shared.store import homes
from shared.store.table import Table


def parse_person_id(text: str) -> str:
    """Return the id, if it has the form of one, which an address has not. Raises NotFoundError."""
    if not is_uuid(text):
        raise NotFoundError("person_id: there is no person with this id.")
    return text


class People:
    """The people and homes of one request, in which each home is loaded once."""

    def __init__(self, pool: UserPool, table: Table) -> None:
        self._pool = pool
        self._table = table
        self._homes: dict[str, HomeDocument | None] = {}

    def page_document(self, page: PeoplePage) -> Document:
        """Return a page of people; `after` is the cursor of the next."""
        people = [self.person_document(person) for person in page.people]
        return {"people": people, "after": page.cursor}

    def person_document(self, person: PoolUser) -> Document:
        """Return the person with their roles. Raises NotFoundError, BusyError."""
        groups = self._pool.groups_of(person.person_id)
        roles = sorted(group for group in groups if is_role(group))
        return {
            **person.to_document(),
            "second_step": self._has_second_step(person),
            "roles": [self._role_document(role) for role in roles],
        }

    def _has_second_step(self, person: PoolUser) -> bool:
        if person.has_second_step is None and not person.is_invited:
            person = self._pool.person(person.person_id)
        return bool(person.has_second_step)

    def parse_grantable_role(self, text: str) -> str:
        """Return the role, if it can be given to people. Raises RefusedError, BusyError."""
        role = parse_role(text)
        location_id = home_of_role(role)
        if location_id is not None and self._home(location_id) is None:
            expected = f"a care home of this council's directory, which {location_id} is not"
            raise RefusedError(Problem("role", expected))
        return role

    def _role_document(self, role: str) -> dict[str, Any]:
        location_id = home_of_role(role)
        home = self._home(location_id) if location_id else None
        if home is None:
            return {"role": role}
        # The council sees who still works with an id under which no search shows a home.
        registration = {} if is_registered(home) else {"registration": home["registration"]}
        return {"role": role, "home": home["name"], **registration}

    def _home(self, location_id: str) -> HomeDocument | None:
        if location_id not in self._homes:
            try:
                self._homes[location_id] = homes.load(self._table, location_id)
            except NotFoundError:
                self._homes[location_id] = None
        return self._homes[location_id]
