"""`python -m infra.deploy COUNCIL [--unwatched] [OPTIONS]` deploys a council's stacks in order.

The first deployment may fail for many reasons that lie in the account. So nothing is protected from
deletion until all of it has worked once, and whatever failed can be deployed again.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.council.load import ROOT, SettingsError, load_council
from infra.council.model import Council
from infra.council.stack_names import app_stack_name, data_stack_name
from infra.deployed import Deployed, reading_session
from infra.rollback import WATCHED_MINUTES, rollback_options, rollback_triggers

ASSEMBLY: Final = "cdk.out"

_UNWATCHED: Final = "--unwatched"

_FIRST_FAILED: Final = """
The first deployment of {council} did not end well; the reason is above. Nothing is lost, because
nothing was in it yet. CloudFormation has undone the stack that failed; what was finished before
stays and is used again. Solve the cause, then run the same command again.
See docs/deploying.md, "When the first deployment fails".
"""

_LATER_FAILED: Final = """
This deployment of {council} did not end well; the reason is above. CloudFormation has gone back to
what was there before, and the data are as they were. Solve the cause, then run the same command
again. See docs/deploying.md, "Upgrade".
"""

_NO_BUDGET: Final = """
Warning: the budget could not be deployed; the reason is above. Everything else is deployed. An
account that belongs to an AWS organisation may have to ask its owner for budgets, and a new account
may have to wait a day. Run the same command again later, or set monthly_budget_usd = 0.
"""


class DeployError(Exception):
    """A deployment failed. The message says what it left behind and what to do."""


def deploy(
    name: str,
    council: Council,
    options: Sequence[str],
    session: boto3.Session,
    *,
    is_watched: bool = True,
) -> None:
    """Deploy the stacks, passing the options to the CDK's command line.

    The session is used to look at what is there. `is_watched` has CloudFormation go back if an
    alarm is raised within minutes after an update. Raises botocore's errors before anything
    changes, and DeployError if a stack other than the budget's fails; the CDK has then printed why.
    """
    cloudformation = session.client("cloudformation")
    data = Deployed.read(cloudformation, data_stack_name(council.slug))
    app = Deployed.read(cloudformation, app_stack_name(council.slug))
    # No deployment has ended well yet.
    is_first = not (data.is_protected or (data.is_settled and app.is_settled))
    watching = _watching(session, council, is_watched=is_watched) if app.is_settled else []
    try:
        _synthesise(name, protected=not is_first)
        _deploy("Data", options)
        if council.waf:
            _deploy("Firewall", options)
        _deploy("App", [*watching, *options])
        if is_first:
            _say("Everything worked. Now the data are protected from being deleted.")
            _synthesise(name, protected=True)
            _deploy("Data", options)
    except subprocess.CalledProcessError as error:
        message = _FIRST_FAILED if is_first else _LATER_FAILED
        raise DeployError(message.format(council=council.name)) from error
    if council.monthly_budget_usd:
        try:
            _deploy("Budget", options)
        except subprocess.CalledProcessError:
            _say(_NO_BUDGET)


def _watching(session: boto3.Session, council: Council, *, is_watched: bool) -> list[str]:
    """Return the options with which CloudFormation watches the alarms of a stack that is there."""
    if not is_watched:
        return rollback_options([])
    arns, notes = rollback_triggers(session.client("cloudwatch"), council.slug)
    for note in notes:
        _say(f"Note: {note}.")
    if arns:
        _say(
            f"After the update CloudFormation watches {len(arns)} alarms for {WATCHED_MINUTES}"
            " minutes, and goes back if one is raised. (UNWATCHED=1 leaves that out.)"
        )
    return rollback_options(arns)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the operator reads it


def _synthesise(name: str, *, protected: bool) -> None:
    """Write the templates once for all stacks, so that they belong together."""
    protection = f"protection={'on' if protected else 'off'}"
    _cdk("synth", "--quiet", "--output", ASSEMBLY, "-c", f"council={name}", "-c", protection)


def _deploy(stack: str, options: Sequence[str]) -> None:
    _cdk("deploy", stack, "--exclusively", "--app", ASSEMBLY, *options)


def _cdk(*arguments: str) -> None:
    command = ["npx", "--no", "--", "cdk", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - the operator's own options


def main(arguments: Sequence[str]) -> None:
    """Deploy the council that the first argument names; exit with a message where that fails."""
    if not arguments:
        sys.exit("name the council: python -m infra.deploy COUNCIL")
    name, *options = arguments
    cdk_options = [option for option in options if option != _UNWATCHED]
    try:
        council = load_council(name)
        session = boto3.Session(region_name=council.region)
        # Who deploys may have no rights of their own but to take the CDK's roles.
        session = reading_session(session) or session
        deploy(name, council, cdk_options, session, is_watched=_UNWATCHED not in options)
    except (SettingsError, DeployError) as error:
        sys.exit(str(error))
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"AWS did not say what is deployed: {error}\nAre you signed in to the account?")


if __name__ == "__main__":
    main(sys.argv[1:])
