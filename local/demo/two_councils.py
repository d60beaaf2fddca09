"""`python -m local.demo.two_councils COUNCIL...`: run each council's story in one account.

None is seen to touch another.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import boto3
import httpx
from rich.console import Console

from infra.council.load import SettingsError, load_council
from local.demo.run import FOLDER, check_pages, fill, scene
from local.demo.seed import SeedError
from local.demo.story import TEAM, NotSeenError, Scene, tell
from local.emulator.assembly import SynthError
from local.emulator.deploy import DeployError
from local.emulator.process import EmulatorError
from local.emulator.stack import LocalStack, running, start
from local.site.serve import serving
from shared.store import keys

# Written after the message went out, so perhaps after the story's last step.
_LATE: Final = keys.sent("")


def held(stack: LocalStack) -> dict[str, Any]:
    """All that a stack holds of its homes, teams and people."""
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
        if not each[keys.PARTITION]["S"].startswith(_LATE)
    }


def untouched(stack: LocalStack, before: dict[str, Any]) -> None:
    """Raises NotSeenError where something came to it, or went, since `before`."""
    after = held(stack)
    for kind, things in before.items():
        if after[kind] != things:
            raise NotSeenError(f"{stack.table_name}: its {kind} changed in another's story")


def refused(stack: LocalStack, token: str) -> None:
    """Raises NotSeenError unless this stack takes another's token for nobody's."""
    bearer = {"Authorization": f"Bearer {token}"}
    answer = httpx.get(f"{stack.api_url}/alerts", headers=bearer, timeout=30)
    if answer.status_code != httpx.codes.UNAUTHORIZED:
        raise NotSeenError(f"{stack.api_url}: {answer.status_code} for another council's token")


def tell_each(councils: Sequence[str], folder: Path, console: Console) -> None:
    """Each one's story while the others are watched. Raises NotSeenError, and what is in `main`."""
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
            told = scene(each)
            token = tell_alone(each, told, [o for o in stacks.values() if o is not each], console)
            with serving(each, council, port=0) as site:
                check_pages(site, each, told, token(f"team:{TEAM}"))


def tell_alone(
    stack: LocalStack, told: Scene, others: Sequence[LocalStack], console: Console
) -> Callable[[str], str]:
    """One's story, and that it is nowhere in the others; the way to its tokens.

    Raises NotSeenError.
    """
    before = [held(each) for each in others]
    token = tell(stack, told, console)
    for other, was in zip(others, before, strict=True):
        untouched(other, was)
        refused(other, token(f"team:{TEAM}"))
        console.print(f"  [green]seen:[/] nothing of it reached {other.table_name}")
    return token


def main() -> None:
    """Exit status 0 only if every step of every story was seen to hold."""
    parser = argparse.ArgumentParser(prog="python -m local.demo.two_councils", description=__doc__)
    parser.add_argument("councils", nargs="+", metavar="COUNCIL")
    console = Console()
    try:
        tell_each(parser.parse_args().councils, FOLDER, console)
    except NotSeenError as unseen:
        sys.exit(f"not seen to hold: {unseen}")
    except (SettingsError, SynthError, EmulatorError, DeployError, SeedError) as error:
        sys.exit(str(error))
    console.print("\n[bold green]Every step was seen to hold, for each apart.[/]")


if __name__ == "__main__":
    main()
