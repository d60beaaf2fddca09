"""The steps of a proof, in their order."""

from collections.abc import Callable
from typing import Final, NamedTuple

from cli.prove import (
    codes,
    deployed,
    homes,
    numbers,
    operators,
    people,
    permissions,
    readers,
    site,
    story,
)
from cli.prove.proof import Proof


class Step(NamedTuple):
    """One step, and those without which it cannot look at much."""

    name: str
    run: Callable[[Proof], None]
    needs: tuple[str, ...] = ()


def _people(proof: Proof) -> None:
    people.people(proof)
    readers.invite_reader(proof)


STEPS: Final = (
    Step("preflight", deployed.preflight),
    Step("deployed", deployed.deployed),
    Step("permissions", permissions.permissions),
    Step("people", _people),
    Step("pages", site.pages),
    Step("import", homes.import_homes, ("people",)),
    Step("api", story.api, ("people", "import")),
    Step("errors", site.errors, ("people",)),
    Step("alert", story.alert, ("people", "import")),
    Step("codes", codes.codes),
    Step("operators", operators.operators),
    Step("dead letter", operators.dead_letter),
    Step("firewall", site.firewall),
    Step("restore", operators.restore),
    Step("numbers", numbers.numbers, ("people",)),
)
