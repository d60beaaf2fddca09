"""Find and remove what an earlier proof left behind, because it was killed."""

from collections.abc import Iterator

from cli.prove.homes import LOCATION_IDS, remove_test_homes
from cli.prove.people import DOMAIN, delete_group
from cli.prove.probe import delete_probes
from cli.prove.proof import MARK
from cli.prove.recording import delete_rules
from cli.prove.story import delete_alerts, delete_queues, delete_topics
from cli.target import Target
from shared.domain.errors import NotFoundError
from shared.http.roles import HOME_PREFIX, TEAM_PREFIX
from shared.store import homes

_GROUPS = (f"{TEAM_PREFIX}{MARK}-", *(f"{HOME_PREFIX}{each}" for each in LOCATION_IDS))


def remove_leftovers(stack: Target) -> list[str]:
    """Remove what earlier proofs left, and say what it was.

    Everything that a proof makes has its mark in the name, and nothing else has.
    """
    return list(_remove(stack))


def _remove(stack: Target) -> Iterator[str]:
    pool = stack.user_pool
    if pool is not None:
        for person in pool.everyone():
            if person.email.endswith(f"@{DOMAIN}"):
                pool.delete(person.person_id)
                yield "a person"
        for group in pool.groups():
            if group.startswith(_GROUPS):
                delete_group(pool, group)
                yield f"the group {group}"
    for location_id in LOCATION_IDS:
        try:
            homes.load(stack.table, location_id)
        except NotFoundError:
            continue
        remove_test_homes(stack)
        yield "the test homes"
    delete_alerts(stack, f"{MARK}-")
    delete_topics(stack, f"{MARK}-")
    delete_queues(stack, f"{MARK}-")
    delete_rules(stack.client("events"), f"{MARK}-")
    delete_probes(stack)
