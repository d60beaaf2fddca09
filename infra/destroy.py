"""`python -m infra.destroy COUNCIL [OPTIONS]` deletes everything of a council but its data."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from infra.council.load import ROOT, SettingsError, load_council
from infra.council.model import Council
from infra.council.stack_names import app_stack_name, data_stack_name

_WHAT_STAYS: Final = """
{app} is deleted: pages, API, functions, alarms. Its addresses will not come back.
{data} stays, with the table, the people, the uploaded files and the failed events, and
so do the topics of teams with their systems. `make deploy COUNCIL={name}` makes the rest
again around them. To delete the data for good, see docs/deploying.md, "Leaving".
"""


def destroy(name: str, council: Council, options: Sequence[str]) -> str:
    """Delete the stack that can be made again, and return what stays.

    The CDK asks first, and refuses where nobody can answer. Raises CalledProcessError if it fails;
    it has then printed why.
    """
    command = ["npx", "--no", "--", "cdk", "destroy", "App", "--exclusively"]
    subprocess.run([*command, "-c", f"council={name}", *options], cwd=ROOT, check=True)  # noqa: S603 - the operator's own options
    return _WHAT_STAYS.format(
        name=name, app=app_stack_name(council.slug), data=data_stack_name(council.slug)
    )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("name the council: python -m infra.destroy COUNCIL")
    try:
        print(destroy(sys.argv[1], load_council(sys.argv[1]), sys.argv[2:]))  # noqa: T201 - the operator reads it
    except SettingsError as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
