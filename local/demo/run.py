"""`python -m local.demo`: a whole stack on this machine, filled, and its story told."""

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

from infra.council.load import SettingsError
from local.demo.seed import (
    SeedError,
    bring_in,
    fictional_directory,
    real_directory,
    simulate,
)
from local.demo.story import TEAM, NotSeenError, Scene, tell
from local.emulator.assembly import SynthError
from local.emulator.deploy import DeployError
from local.emulator.people import PASSWORD, Person, ready_made
from local.emulator.process import EmulatorError
from local.emulator.stack import HERE, LocalStack, running, table_of
from local.site.serve import serving
from shared.aws.import_keys import DIRECTORIES
from shared.domain.geo import Point, miles_between
from shared.domain.vocabulary import ChangeKind
from shared.store.scan import all_documents
from web.build import page_specs

FOLDER: Final = HERE / "demo"
HOSPITAL: Final = "the Royal Devon and Exeter Hospital (Wonford)"
HOSPITAL_POSTCODE: Final = "EX2 5DW"
HOSPITAL_POINT: Final = Point(50.7167, -3.5062)
NEAR_MILES: Final = 9.5
WEEKS: Final = 4
"""Of earlier posts: what the council's overview looks back on."""

Json = dict[str, Any]


def fill(stack: LocalStack, homes: Path | None, console: Console) -> None:
    """Bring a directory in and simulate its homes' vacancies. Raises SeedError."""
    name, content = real_directory(homes) if homes else fictional_directory()
    console.print(f"Import: {name} into s3://{stack.import_bucket}/{DIRECTORIES}")
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
            weeks=WEEKS,
        )


def scene(stack: LocalStack) -> Scene:
    """A hospital, and the nearest open home whose beds of some category are all occupied.

    Raises SeedError.
    """
    known = [each for each in all_documents(table_of(stack), ChangeKind.HOME) if each.get("beds")]
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


def check_pages(site: str, stack: LocalStack, told: Scene, team_token: str) -> int:
    """How many pages answer; with the API on their origin, which finds the home of the story.

    Raises NotSeenError.
    """

    def held(seen: bool, what: str, answer: httpx.Response) -> None:
        if not seen:
            raise NotSeenError(f"{what}: {answer.status_code} {answer.text[:200]}")

    pages = ["", *sorted(page_specs())]
    with httpx.Client(base_url=site, timeout=30) as client:
        for page in pages:
            answer = client.get(f"/{page}")
            held(answer.is_success and 'id="main"' in answer.text, f"the page /{page}", answer)
        answer = client.get("/config.json")
        told_of = answer.json()["sign_in"]["client_id"] if answer.is_success else None
        held(told_of == stack.client_id, "the pages' configuration", answer)
        asked = {"near": told.postcode, "radius_miles": "10", "limit": "100"}
        answer = client.get("/api/vacancies", params=asked)
        held(answer.status_code == httpx.codes.UNAUTHORIZED, "a search by nobody", answer)
        bearer = {"Authorization": f"Bearer {team_token}"}
        answer = client.get("/api/vacancies", params=asked, headers=bearer)
        held(answer.is_success, "a search through the pages' address", answer)
        found = {each["location_id"] for each in answer.json()["results"]}
        held(told.home["location_id"] in found, f"{told.home['name']} in what is found", answer)
    return len(pages)


def how_to_use(
    stack: LocalStack,
    site: str,
    people: Collection[Person],
    told: Scene,
    team_token: str,
    staff_token: str,
) -> str:
    """What to open and type next."""
    postcode = told.postcode.replace(" ", "+")
    places = {f"home:{told.home['location_id']}": f" of {told.home['name']}"}
    sign_ins = "\n".join(
        f"    {each.username:26}{each.role}{places.get(each.groups[0], '')}" for each in people
    )
    return f"""
It is all running now, and yours to try:

  the pages   {site}/

  Sign in there as any of these fictional people. They and their password are known only to the
  stack on this machine and end with it: never use them anywhere else.

{sign_ins}
    {"password, for each":26}{PASSWORD}

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
        with serving(stack) as site:
            team, staff = token(f"team:{TEAM}"), token(f"home:{told.home['location_id']}")
            pages = check_pages(site, stack, told, team)
            console.print(f"\n{pages} pages answer at {site}/, and the API beside them.")
            people = ready_made(stack, told.home["location_id"], TEAM)
            took = time.monotonic() - began
            console.print(f"\n[bold green]Every step was seen to hold[/] ({took:.0f} s).")
            if serve:
                said = how_to_use(stack, site, people, told, team, staff)
                console.print(said, highlight=False, soft_wrap=True)
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
