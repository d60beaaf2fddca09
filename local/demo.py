"""`python -m local.demo`: a whole stack on this machine, filled, and its story told."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from infra.settings import SettingsError
from local.assembly import SynthError
from local.deploy import DeployError
from local.process import EmulatorError
from local.seed import SeedError, bring_in, fictional_directory, real_directory, simulate, table_of
from local.stack import HERE, LocalStack, running
from local.story import TEAM, NotSeenError, Scene, tell
from shared.changes import everything
from shared.geo import Point, miles_between
from shared.vocabulary import ChangeKind

FOLDER: Final = HERE / "demo"
HOSPITAL: Final = "the Royal Devon and Exeter Hospital (Wonford)"
HOSPITAL_POSTCODE: Final = "EX2 5DW"
HOSPITAL_POINT: Final = Point(50.7167, -3.5062)
NEAR_MILES: Final = 9.5

Json = dict[str, Any]


def fill(stack: LocalStack, homes: Path | None, console: Console) -> None:
    """Bring a directory in and simulate its homes' vacancies. Raises SeedError."""
    name, content = real_directory(homes) if homes else fictional_directory()
    console.print(f"Import: {name} into s3://{stack.import_bucket}/directory/")
    began = time.monotonic()
    counts = bring_in(stack, name, content)["counts"]
    told = ", ".join(f"{count} {result}" for result, count in counts.items() if count)
    console.print(f"  report after {time.monotonic() - began:.1f} s: {told}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task("Vacancies, drawn from published occupancy figures", total=None)
        simulate(
            stack,
            datetime.now(UTC),
            lambda done, of: progress.update(task, completed=done, total=of),
        )


def scene(stack: LocalStack) -> Scene:
    """A hospital, and the nearest open home whose beds of some category are all occupied.

    Raises SeedError.
    """
    known = [each for each in everything(table_of(stack), ChangeKind.HOME) if each.get("beds")]
    if not known:
        raise SeedError("no home has any beds: is this a care directory of care homes?")
    postcode, point, hospital = HOSPITAL_POSTCODE, HOSPITAL_POINT, HOSPITAL
    if all(_miles(point, each) > NEAR_MILES for each in known):
        # A directory of another part of the country: search from where its homes are.
        first = min(known, key=lambda each: str(each["location_id"]))
        postcode, hospital = first["postcode"], f"a hospital at {first['postcode']}"
        point = Point(first["latitude"], first["longitude"])
    for home in sorted(known, key=lambda each: _miles(point, each)):
        for category, counts in home["beds"].items():
            full = counts["accepting"] == 0 and counts["occupied"] > 0
            if full and home["admission_status"]["status"] == "open":
                return Scene(hospital, postcode, home, category)
    raise SeedError("every home has a vacancy in every category; nothing could open")


def how_to_use(stack: LocalStack, told: Scene, team_token: str, staff_token: str) -> str:
    """What to type next."""
    postcode = told.postcode.replace(" ", "+")
    return f"""
It is all running now, and yours to try:

  the API     {stack.api_url}
  the bucket  s3://{stack.import_bucket} at {stack.endpoint_url}

  TEAM={team_token}
  curl -s -H "Authorization: Bearer $TEAM" \\
    "{stack.api_url}/vacancies?near={postcode}&radius_miles=5&beds=2"

  STAFF={staff_token}
  curl -s -X POST -H "Authorization: Bearer $STAFF" \\
    "{stack.api_url}/homes/{told.home["location_id"]}/vacancies/confirm"

Ctrl-C ends it and leaves nothing running.
"""


def show(homes: Path | None, console: Console, *, serve: bool) -> None:
    """The demo, from nothing to the last step. Raises what its steps raise."""
    began = time.monotonic()
    FOLDER.mkdir(parents=True, exist_ok=True)
    console.print("Bedboard, whole, on this machine. Council, homes and numbers are fictional.")
    with running(FOLDER, say=lambda text: console.print(f"  {text}", highlight=False)) as stack:
        console.print(f"  deployed: {stack.api_url}")
        fill(stack, homes, console)
        told = scene(stack)
        token = tell(stack, told, console)
        console.print(
            f"\n[bold green]Every step was seen to hold[/] ({time.monotonic() - began:.0f} s)."
        )
        if serve:
            staff = token(f"home:{told.home['location_id']}")
            console.print(
                how_to_use(stack, told, token(f"team:{TEAM}"), staff),
                highlight=False,
                soft_wrap=True,
            )
            _until_interrupted()


def main() -> None:
    """Exit status 0 only if every step was seen to hold."""
    parser = argparse.ArgumentParser(prog="python -m local.demo", description=__doc__)
    parser.add_argument("--check", action="store_true", help="end after the story")
    parser.add_argument("--homes", type=Path, help="a CQC care directory: .csv, .ods or .xlsx")
    arguments = parser.parse_args()
    console = Console()
    try:
        show(arguments.homes, console, serve=not arguments.check)
    except NotSeenError as unseen:
        sys.exit(f"not seen to hold: {unseen}")
    except (SettingsError, SynthError, EmulatorError, DeployError, SeedError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        console.print("\nended")


def _until_interrupted() -> None:
    while True:
        time.sleep(3600)


def _miles(point: Point, home: Json) -> float:
    return miles_between(point, Point(home["latitude"], home["longitude"]))


if __name__ == "__main__":
    main()
