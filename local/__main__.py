"""`python -m local up`, `down` and `token`: what `make` calls."""

import argparse
import re
import sys
import time
from typing import Final

from infra.council.load import SettingsError
from local.emulator.assembly import SynthError
from local.emulator.deploy import DeployError
from local.emulator.process import EmulatorError
from local.emulator.stack import COUNCIL, HERE, stack_in, start, stop
from local.emulator.tokens import token
from local.site import background
from local.site.background import PagesError

_GROUP: Final = re.compile(r"council|home:1-\d{6,12}|team:[a-z0-9][a-z0-9-]*")


def up(council: str) -> None:
    """Start the stack, or update the one that runs, and print how to reach it."""
    before = stack_in(HERE)
    began = time.monotonic()
    stack = start(HERE, council, outlive=True, say=lambda text: print(f"  {text}", flush=True))
    try:
        site_url = background.start(HERE, council).site_url
    except BaseException:  # Ctrl-C included: leave nothing running that did not run before
        if before is None:
            stop(HERE)
        raise
    took = f"{time.monotonic() - began:.1f} s"
    print(f"it was running already; up to date in {took}" if before else f"started in {took}")
    print(f"  the pages    {site_url}/")
    print(f"  the API      {stack.api_url}")
    print("  a token      make token AS=team:exeter-discharge")
    print(f"  details      {HERE.name}/stack.json, {HERE.name}/{background.RECORD}")
    print("  stop it      make down")


def down() -> None:
    """Stop the stack, if one runs."""
    print("stopped" if stack_in(HERE) else "no stack was running")
    stop(HERE)


def print_token(groups: str) -> None:
    """Print a bearer token for groups separated by commas, and nothing else."""
    requested = [group.strip() for group in groups.split(",")]
    for group in requested:
        if not _GROUP.fullmatch(group):
            sys.exit(
                f"AS={group!r} is not a group: expected home:1-1000587219, team:exeter-discharge"
                " or council, or several, separated by commas"
            )
    stack = stack_in(HERE)
    if stack is None:
        sys.exit("no stack is running here; start one with `make up`")
    print(token(stack, requested))


def main() -> None:
    """Run the command; a failure ends it with one message."""
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("up").add_argument("--council", default=COUNCIL)
    commands.add_parser("down")
    commands.add_parser("token").add_argument("groups")
    arguments = parser.parse_args()
    try:
        match arguments.command:
            case "up":
                up(arguments.council)
            case "down":
                down()
            case "token":
                print_token(arguments.groups)
    except (SettingsError, SynthError, EmulatorError, DeployError, PagesError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("interrupted")


if __name__ == "__main__":
    main()
