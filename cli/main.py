"""The command line `bedboard`: its groups of commands, and how each of them ends."""

import os
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli import target
from cli.dead_letters.command import alerts
from cli.doctor.command import doctor
from cli.errors import BUGS, EXPECTED, PROBLEM, UsageError, told
from cli.export.command import export
from cli.homes.command import commands as homes
from cli.output import say
from cli.people.command import commands as people
from cli.restore.command import commands as restore
from cli.target import Target

_WITH_VALUE = "--council"
_FLAGS = ("--local",)


class Root(TyperGroup):
    """Takes --council and --local wherever they stand; tells failures without a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own type
        return super().parse_args(ctx, which_stack_first(args))

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            if isinstance(error, BrokenPipeError):
                raise
            message, status = told(error)
            say(f"bedboard: {message}")
            raise typer.Exit(status) from None
        except BUGS as error:
            if "BEDBOARD_DEBUG" in os.environ:
                raise
            say(f"bedboard: a fault of its own ({error!r}); with BEDBOARD_DEBUG=1 it says where")
            raise typer.Exit(PROBLEM) from None


def which_stack_first(args: Sequence[str]) -> list[str]:
    """The command line with the choice of a stack before everything else."""
    first: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == _WITH_VALUE:
            first += [word, *(value for value in [next(words, None)] if value is not None)]
        elif word.startswith(f"{_WITH_VALUE}=") or word in _FLAGS:
            first.append(word)
        else:
            rest.append(word)
    return first + rest


app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def choose(
    context: typer.Context,
    council: Annotated[
        str | None,
        typer.Option(
            "--council",
            envvar="BEDBOARD_COUNCIL",
            metavar="NAME",
            help="The council of councils/NAME.toml, on AWS, with the AWS credentials in use.",
        ),
    ] = None,
    local: Annotated[
        bool, typer.Option("--local", help="The stack on this machine (make up): the default.")
    ] = False,
) -> None:
    """Look after a council's Bedboard: its homes, its people, its alerts and its data.

    Every command works on one stack: that of --council NAME on AWS, or the local one.

    Exit status: 0 all is well, 1 something is wrong (it says what), 2 asked wrongly.

    Examples:

    - `bedboard doctor --council devon`

    - `bedboard homes import directory.csv --council devon`

    - `bedboard homes list --stale`

    - `bedboard people add jo@example.org team:exeter-discharge`
    """
    if context.obj is not None:
        return
    source = context.get_parameter_source("council")
    if council and local and source and source.name == "COMMANDLINE":
        raise UsageError("--council and --local are two different stacks: name one")
    # Found only when a command needs it, so that --help needs no stack.
    context.obj = _Chosen(None if local else council)


class _Chosen:
    """A stack that is looked for when it is first asked for."""

    def __init__(self, council: str | None) -> None:
        self._council = council

    def __call__(self) -> Target:
        return target.named(self._council) if self._council else target.here()


app.add_typer(homes, name="homes")
app.add_typer(people, name="people")
app.add_typer(alerts, name="alerts")
app.command(name="export")(export)
app.add_typer(restore, name="restore")
app.command(name="doctor")(doctor)
