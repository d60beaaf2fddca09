"""`python -m local.demo`: a whole stack on this machine, filled with homes, and its story."""

import argparse
import sys
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from claims.ledger import BrokenClaimError, Ledger
from claims.pages import check_configuration, check_pages, check_search
from claims.story import Scene
from infra.council.load import SettingsError
from local.demo.seed import (
    SeedError,
    bring_in,
    describe,
    fictional_directory,
    publish_searches,
    real_directory,
    simulate,
)
from local.demo.story import TEAM, tell
from local.emulator.assembly import SynthError
from local.emulator.deploy import DeployError
from local.emulator.people import PASSWORD, Person, create_people
from local.emulator.process import EmulatorError
from local.emulator.stack import HERE, LocalStack, running, table_of
from local.site.serve import serving
from shared.aws.import_keys import DIRECTORIES
from shared.domain.availability import beds_by_use
from shared.domain.geo import Point, miles_between
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import ChangeKind
from shared.store.scan import all_documents
from web.build import page_specs

FOLDER: Final = HERE / "demo"
HOSPITAL: Final = "the Royal Devon and Exeter Hospital (Wonford)"
HOSPITAL_POSTCODE: Final = "EX2 5DW"
HOSPITAL_POINT: Final = Point(50.7167, -3.5062)
NEAR_MILES: Final = 9.5
WEEKS: Final = 4
"""How far back the homes' simulated posts go, for the council's overview."""

Json = dict[str, Any]


def fill(stack: LocalStack, homes: Path | None, console: Console) -> None:
    """Import a care directory and simulate what its homes post. Raises SeedError."""
    name, content = real_directory(homes) if homes else fictional_directory()
    console.print(f"Import of {name} (s3://{stack.import_bucket}/{DIRECTORIES})")
    began = time.monotonic()
    counts = bring_in(stack, name, content)["counts"]
    summary = ", ".join(f"{count} {result}" for result, count in counts.items() if count)
    console.print(f"  done in {time.monotonic() - began:.1f} s: {summary}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task(
            "Vacancies, simulated from published occupancy figures", total=None
        )
        simulate(
            stack,
            datetime.now(UTC),
            lambda done, of: progress.update(task, completed=done, total=of),
            weeks=WEEKS,
        )
    if declared := describe(stack, uk_day(datetime.now(UTC))):
        console.print(f"  {declared} of the fictional homes say whom they take")
        weeks = publish_searches(stack, datetime.now(UTC))
        console.print(f"  {weeks} weeks of what fictional teams searched for are published")


def choose_scene(stack: LocalStack) -> Scene:
    """Choose a hospital, and the nearest open home whose beds of some category are all occupied.

    Raises SeedError.
    """
    homes = [each for each in all_documents(table_of(stack), ChangeKind.HOME) if each.get("beds")]
    if not homes:
        raise SeedError(
            "no home in the directory has any beds: check that the file lists care homes"
        )
    postcode, point, hospital = HOSPITAL_POSTCODE, HOSPITAL_POINT, HOSPITAL
    if all(_miles(point, each) > NEAR_MILES for each in homes):
        # A directory of another part of the country: search from where its homes are.
        first = min(homes, key=lambda each: str(each["location_id"]))
        postcode, hospital = first["postcode"], f"a hospital at {first['postcode']}"
        point = Point(first["latitude"], first["longitude"])
    for home in sorted(homes, key=lambda each: _miles(point, each)):
        free = beds_by_use(home)
        for category, counts in home["beds"].items():
            # Not found either as a bed of another category that may serve as this one.
            full = not free.get(category) and counts["occupied"] > 0
            if full and home["admission_status"]["status"] == "open":
                return Scene(hospital, postcode, home, category, TEAM)
    raise SeedError("every home has a vacancy in every category, so no bed can become free")


def check_site(site: str, stack: LocalStack, scene: Scene, team_token: str) -> int:
    """Check every page, and a search through the pages' address; return how many pages there are.

    Raises BrokenClaimError at the first claim that does not hold.
    """
    pages, ledger = ["", *sorted(page_specs())], Ledger(stops_at_first=True)
    with httpx.Client(timeout=30) as client:
        check_pages(client, site, pages, ledger)
        check_configuration(client, site, {"client_id": stack.client_id}, ledger)
        check_search(client, site, scene.near, scene.home["location_id"], team_token, ledger)
    return len(pages)


def how_to_use(
    stack: LocalStack,
    site: str,
    people: Collection[Person],
    scene: Scene,
    team_token: str,
    staff_token: str,
) -> str:
    """Return what a person can open and type next."""
    postcode = scene.near.replace(" ", "+")
    places = {f"home:{scene.home['location_id']}": f" of {scene.home['name']}"}
    sign_ins = "\n".join(
        f"    {each.username:26}{each.role}{places.get(each.groups[0], '')}" for each in people
    )
    return f"""
Everything is running now. Try it:

  the pages   {site}/

  Sign in as one of these fictional people. They and their password exist only in the
  stack on this machine, and end with it. Do not use the password anywhere else.

{sign_ins}
    {"password for all":26}{PASSWORD}

  the API     {stack.api_url}
  the bucket  s3://{stack.import_bucket} at {stack.endpoint_url}

  TEAM={team_token}
  curl -s -H "Authorization: Bearer $TEAM" \\
    "{stack.api_url}/vacancies?near={postcode}&radius_miles=5&beds=2"

  STAFF={staff_token}
  curl -s -X POST -H "Authorization: Bearer $STAFF" \\
    "{stack.api_url}/homes/{scene.home["location_id"]}/vacancies/confirm"

Press Ctrl-C to stop everything.
"""


def show(homes: Path | None, console: Console, *, serve: bool) -> None:
    """Run the demo from nothing to the last step. Raises what its steps raise."""
    began = time.monotonic()
    FOLDER.mkdir(parents=True, exist_ok=True)
    console.print("Bedboard on this machine. The council, its homes and vacancies are fictional.")
    with running(FOLDER, say=lambda text: console.print(f"  {text}", highlight=False)) as stack:
        console.print(f"  deployed: {stack.api_url}")
        fill(stack, homes, console)
        scene = choose_scene(stack)
        token = tell(stack, scene, console)
        with serving(stack) as site:
            team, staff = token(f"team:{TEAM}"), token(f"home:{scene.home['location_id']}")
            pages = check_site(site, stack, scene, team)
            console.print(f"\nAll {pages} pages work at {site}/, and so does the API beside them.")
            people = create_people(stack, scene.home["location_id"], TEAM)
            took = time.monotonic() - began
            console.print(f"\n[bold green]Every step worked[/] ({took:.0f} s).")
            if serve:
                text = how_to_use(stack, site, people, scene, team, staff)
                console.print(text, highlight=False, soft_wrap=True)
                _until_interrupted()


def main() -> None:
    """Run the demo; the exit status is 0 only if every step worked."""
    parser = argparse.ArgumentParser(prog="python -m local.demo", description=__doc__)
    parser.add_argument("--check", action="store_true", help="end after the story")
    parser.add_argument("--homes", type=Path, help="a CQC care directory: .csv, .ods or .xlsx")
    arguments = parser.parse_args()
    console = Console()
    try:
        show(arguments.homes, console, serve=not arguments.check)
    except BrokenClaimError as failed:
        sys.exit(f"A step of the demo failed: {failed}")
    except (SettingsError, SynthError, EmulatorError, DeployError, SeedError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        console.print("\nstopped")


def _until_interrupted() -> None:
    while True:
        time.sleep(3600)


def _miles(point: Point, home: Json) -> float:
    return miles_between(point, Point(home["latitude"], home["longitude"]))
