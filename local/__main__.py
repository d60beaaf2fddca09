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
    """Start the stack, or bring the one that runs up to date, and say how to reach it."""
    before = stack_in(HERE)
    began = time.monotonic()
    stack = start(HERE, council, outlive=True, say=lambda text: print(f"  {text}", flush=True))
    try:
        site_url = background.start(HERE, council).site_url
    except BaseException:  # Ctrl-C, too, leaves nothing running that did not run before
        if before is None:
            stop(HERE)
        raise
    took = f"{time.monotonic() - began:.1f} s"
    print(f"already up; checked in {took}" if before else f"up in {took}")
    print(f"  the pages    {site_url}/")
    print(f"  the API      {stack.api_url}")
    print("  a token      make token AS=team:exeter-discharge")
    print(f"  everything   {HERE.name}/stack.json, {HERE.name}/{background.RECORD}")
    print("  stop it      make down")


def down() -> None:
    """Stop the stack; one that does not run is fine."""
    print("down" if stack_in(HERE) else "it was not up")
    stop(HERE)


def print_token(groups: str) -> None:
    """Print a bearer token for groups separated by commas, and nothing else."""
    asked = [group.strip() for group in groups.split(",")]
    for group in asked:
        if not _GROUP.fullmatch(group):
            sys.exit(
                f"AS={group!r}: expected home:1-1000587219, team:exeter-discharge or council,"
                " several separated by commas"
            )
    stack = stack_in(HERE)
    if stack is None:
        sys.exit("no stack is up here; `make up` starts one")
    print(token(stack, asked))


def main() -> None:
    """Do what the command line says; a failure is told in one message."""
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
