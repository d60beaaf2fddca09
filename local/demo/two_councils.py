"""`python -m local.demo.two_councils COUNCIL...`: the story of each council, in one account.

After each story it checks that nothing changed in the stacks of the other councils. In the end it
updates each council, deletes what the council can lose, and makes it again around the data.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import boto3
import httpx
from rich.console import Console

from claims.ledger import BrokenClaimError, Ledger
from claims.story import Scene
from infra.council.load import COUNCILS, SettingsError, load_council
from infra.council.stack_names import app_stack_name
from local.demo.run import FOLDER, check_site, choose_scene, fill
from local.demo.seed import SeedError
from local.demo.story import TEAM, tell
from local.emulator.assembly import SynthError
from local.emulator.deploy import DeployError, destroy_stack
from local.emulator.process import EmulatorError
from local.emulator.stack import LocalStack, running, start
from local.site.serve import serving
from shared.store import keys

_MOST_NAMED: Final = 3
_MOST_SHOWN: Final = 200
_ANOTHER: Final = "change_retention_days = 1000"
"""A setting that no council of the demo has; functions that write to the change log read it."""


def contents(stack: LocalStack) -> dict[str, Any]:
    """Read everything that a stack stores: items, files, members of topics and people."""
    sns = boto3.client("sns", **stack.connection)
    s3 = boto3.client("s3", **stack.connection)
    pool = boto3.client("cognito-idp", **stack.connection)
    return {
        "items": _items(stack),
        "files": sorted(
            (each["Key"], each["ETag"])
            for page in s3.get_paginator("list_objects_v2").paginate(Bucket=stack.import_bucket)
            for each in page.get("Contents", [])
        ),
        "members": sorted(
            (each["TopicArn"], each["Endpoint"])
            for page in sns.get_paginator("list_subscriptions").paginate()
            for each in page["Subscriptions"]
            if each["TopicArn"].startswith(stack.team_topic_prefix)
        ),
        "people": sorted(
            each["Username"]
            for page in pool.get_paginator("list_users").paginate(UserPoolId=stack.user_pool_id)
            for each in page["Users"]
        ),
    }


def _items(stack: LocalStack) -> dict[tuple[str, str], Any]:
    table = boto3.client("dynamodb", **stack.connection)
    return {
        (each[keys.PARTITION]["S"], each[keys.SORT]["S"]): each
        for page in table.get_paginator("scan").paginate(TableName=stack.table_name)
        for each in page["Items"]
        if not _is_written_by_itself(each)
    }


def _is_written_by_itself(item: dict[str, Any]) -> bool:
    """Tell whether an item may come at any time, although nobody does anything.

    `notify` may work through the stream after the last step: it notes whom it told, and republishes
    what the demo posted in the name of earlier weeks. Heartbeats and snapshots come by the clock.
    """
    partition, sort = item[keys.PARTITION]["S"], item[keys.SORT]["S"]
    return (
        partition.startswith((keys.sent(""), keys.snapshot("")))
        or keys.REPUBLISHED in item
        or keys.is_beat(sort)
    )


def check_unchanged(stack: LocalStack, before: dict[str, Any]) -> None:
    """Raise BrokenClaimError where the contents of a stack are not what they were before."""
    after, ledger = contents(stack), Ledger(stops_at_first=True)
    for kind, things in before.items():
        ledger.check(
            f"{stack.table_name}: its {kind} are as they were",
            after[kind] == things,
            _differences(things, after[kind]),
        )


def _differences(before: Any, after: Any) -> str:  # noqa: ANN401 - lists, or items by their keys
    """Name the first few things that are there on one side only, or that are others there."""
    if isinstance(before, dict):
        before, after = list(before.items()), list(after.items())
    different = [*(each for each in before if each not in after)]
    different += [each for each in after if each not in before]
    return "; ".join(str(each)[:_MOST_SHOWN] for each in different[:_MOST_NAMED])


def check_refuses(stack: LocalStack, token: str) -> None:
    """Raise BrokenClaimError where a stack accepts the token of another council."""
    bearer = {"Authorization": f"Bearer {token}"}
    response = httpx.get(f"{stack.api_url}/alerts", headers=bearer, timeout=30)
    Ledger(stops_at_first=True).check(
        f"{stack.api_url} refuses another council's token",
        response.status_code == httpx.codes.UNAUTHORIZED,
        response.status_code,
    )


def tell_each(councils: Sequence[str], folder: Path, console: Console) -> None:
    """Run the story of each council, and check the others after it.

    Raises BrokenClaimError, and the errors that `main` reports.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def say(text: str) -> None:
        console.print(f"  {text}", highlight=False)

    first, *more = councils
    with running(folder, first, say=say) as stack:
        stacks = {first: stack, **{each: start(folder, each, say=say) for each in more}}
        for each in stacks.values():
            fill(each, None, console)
        for council, each in stacks.items():
            console.print(f"\n[bold]{load_council(council).name}[/bold]")
            scene = choose_scene(each)
            others = [other for other in stacks.values() if other is not each]
            token = tell_alone(each, scene, others, console)
            with serving(each, council, port=0) as site:
                check_site(site, each, scene, token(f"team:{TEAM}"))
        for council, each in stacks.items():
            others = [other for other in stacks.values() if other is not each]
            update(council, each, others, console)
            rebuild(council, each, others, console)


def tell_alone(
    stack: LocalStack, scene: Scene, others: Sequence[LocalStack], console: Console
) -> Callable[[str], str]:
    """Run one council's story, check that no other stack changed, and return its tokens.

    Raises BrokenClaimError.
    """
    contents_before = [contents(each) for each in others]
    token = tell(stack, scene, console)
    for other, before in zip(others, contents_before, strict=True):
        check_unchanged(other, before)
        check_refuses(other, token(f"team:{TEAM}"))
        console.print(f"  [green]checked:[/] nothing changed in {other.table_name}")
    return token


def update(council: str, stack: LocalStack, others: Sequence[LocalStack], console: Console) -> None:
    """Deploy a council's stacks again with a setting that changes its functions.

    Raises BrokenClaimError where nothing was updated, or where that changed the council's data or
    anything of another council.
    """
    before = {each.table_name: contents(each) for each in (stack, *others)}
    cloudformation = boto3.client("cloudformation", **stack.connection)
    start(Path(stack.folder), str(_with_another_setting(council, Path(stack.folder))))
    name = app_stack_name(load_council(council).slug)
    status = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    updated = Ledger(stops_at_first=True)
    updated.check(f"{name} was updated", status == "UPDATE_COMPLETE", status)
    for each in (stack, *others):
        check_unchanged(each, before[each.table_name])
    console.print(f"  [green]checked:[/] {council} was updated around its data")


def _with_another_setting(council: str, folder: Path) -> Path:
    """Write a council's settings with another time that changes are kept, and return the file."""
    settings = (COUNCILS / f"{council}.toml").read_text("utf-8").splitlines()
    kept = [each for each in settings if not each.startswith(_ANOTHER.partition("=")[0])]
    file = folder / f"{council}-updated.toml"
    file.write_text("\n".join([*kept, _ANOTHER, ""]), "utf-8")
    return file


def rebuild(
    council: str, stack: LocalStack, others: Sequence[LocalStack], console: Console
) -> LocalStack:
    """Delete a council's stack that can be made again, and make it again.

    Raises BrokenClaimError where that changed the council's data, or anything of another council.
    """
    before = {each.table_name: contents(each) for each in (stack, *others)}
    destroy_stack(app_stack_name(load_council(council).slug), stack.connection)
    for each in (stack, *others):
        check_unchanged(each, before[each.table_name])
    again = start(Path(stack.folder), council)
    for each in (again, *others):
        check_unchanged(each, before[each.table_name])
    console.print(f"  [green]checked:[/] {council} was deleted and made again around its data")
    return again


def main() -> None:
    """Run every story; the exit status is 0 only if every step worked."""
    parser = argparse.ArgumentParser(prog="python -m local.demo.two_councils", description=__doc__)
    parser.add_argument("councils", nargs="+", metavar="COUNCIL")
    console = Console()
    try:
        tell_each(parser.parse_args().councils, FOLDER, console)
    except BrokenClaimError as failed:
        sys.exit(f"A step of the demo failed: {failed}")
    except (SettingsError, SynthError, EmulatorError, DeployError, SeedError) as error:
        sys.exit(str(error))
    console.print("\n[bold green]Every step worked, and no council saw anything of another.[/]")


if __name__ == "__main__":
    main()
