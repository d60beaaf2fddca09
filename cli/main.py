"""The command line `bedboard`: its commands, and the way in which each of them ends."""

import os
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli import target
from cli.dead_letters.command import commands as dead_letters
from cli.doctor.command import doctor
from cli.errors import BUGS, EXIT_PROBLEM, EXPECTED_ERRORS, UsageError, describe
from cli.export.command import export
from cli.homes.command import commands as homes
from cli.output import print_message
from cli.people.command import commands as people
from cli.preflight.command import preflight
from cli.prove.command import prove
from cli.restore.command import commands as restore
from cli.target import Target

_COUNCIL_OPTION = "--council"
_LOCAL_OPTION = "--local"


class BedboardGroup(TyperGroup):
    """The root command: accepts --council and --local anywhere, and ends without a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own type
        """Parse the command line with the options of the root command moved to its start."""
        return super().parse_args(ctx, move_stack_options_first(args))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Click's own signature
        """Return the commands in the order in which --help lists them."""
        return sorted(self.commands)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Click's own signature
        """Run the command; print an error as one message and end with its exit status."""
        try:
            return super().invoke(ctx)
        except EXPECTED_ERRORS as error:
            if isinstance(error, BrokenPipeError):
                raise
            failure = describe(error)
            print_message(f"bedboard: {failure.message}")
            raise typer.Exit(failure.exit_status) from None
        except BUGS as error:
            if "BEDBOARD_DEBUG" in os.environ:
                raise
            print_message(
                f"bedboard: This is a fault in bedboard itself ({error!r})."
                " Run the same command with BEDBOARD_DEBUG=1 to see where, and report it."
            )
            raise typer.Exit(EXIT_PROBLEM) from None


def move_stack_options_first(args: Sequence[str]) -> list[str]:
    """Move --council and --local before everything else; arguments after `--` stay as they are."""
    stack_options: list[str] = []
    other: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            other += [word, *words]
        elif word == _COUNCIL_OPTION:
            value = next(words, None)
            stack_options += [word] if value is None else [word, value]
        elif word.startswith(f"{_COUNCIL_OPTION}=") or word == _LOCAL_OPTION:
            stack_options.append(word)
        else:
            other.append(word)
    return stack_options + other


app = typer.Typer(
    cls=BedboardGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def select_stack(
    context: typer.Context,
    council: Annotated[
        str | None,
        typer.Option(
            _COUNCIL_OPTION,
            envvar="BEDBOARD_COUNCIL",
            metavar="NAME",
            help="Use the stack of councils/NAME.toml on AWS, with the AWS credentials in use.",
        ),
    ] = None,
    local: Annotated[
        bool,
        typer.Option(
            _LOCAL_OPTION, help="Use the stack on this machine (make up). This is the default."
        ),
    ] = False,
) -> None:
    """Operate a council's Bedboard: its care homes, its people, failed events and data.

    Every command works on one stack: the one of --council NAME on AWS, or the local one.

    Exit status: 0 all is well; 1 something is wrong, and a message says what; 2 the command line,
    the settings or the sign-in must change first, and nothing was done.

    Examples:

    - `bedboard doctor --council devon`

    - `bedboard homes import directory.csv --council devon`

    - `bedboard homes list --not-heard-from 31`

    - `bedboard people add jo@example.org team:exeter-discharge`
    """
    if context.obj is not None:
        return
    source = context.get_parameter_source("council")
    if council and local and source and source.name == "COMMANDLINE":
        raise UsageError("--council and --local are two different stacks. Use one of them.")

    def find_stack() -> Target:
        if council and not local:
            return target.council_stack(council)
        return target.stack_on_this_machine()

    # Called only by a command that needs the stack, so that --help works without one.
    context.obj = find_stack


app.add_typer(homes, name="homes")
app.add_typer(people, name="people")
app.add_typer(dead_letters, name="dead-letters")
app.command(name="export")(export)
app.add_typer(restore, name="restore")
app.command(name="doctor")(doctor)
app.command(name="preflight")(preflight)
app.command(name="prove")(prove)
