"""A local stack: the template that goes to AWS, deployed to the emulator."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import boto3

from infra.council.load import load_council
from local.emulator import process
from local.emulator.assembly import assembly
from local.emulator.deploy import ACCESS_KEY, Connection, connection_to, deploy
from local.emulator.process import ROOT
from local.site import background
from shared.store.table import Table

HERE: Final = ROOT / ".local"
COUNCIL: Final = "local"
_STACK: Final = "stack.json"

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class LocalStack:
    """A running stack: the outputs of CloudFormation, and how to reach it."""

    api_url: str
    """The address for an HTTP client: `f"{api_url}/vacancies"`."""
    endpoint_url: str
    region: str
    access_key_id: str
    secret_access_key: str
    table_name: str
    user_pool_id: str
    client_id: str
    import_bucket: str
    team_topic_prefix: str
    dead_letter_queue_url: str
    delivery_queue_url: str
    notify_function: str
    import_function: str
    site_host: str
    """The distribution's name, which requests to `endpoint_url` carry as their Host; or empty."""
    sends_emails: bool
    """Whether the council has a sender of emails."""
    pid: int
    folder: str

    @property
    def connection(self) -> Connection:
        """How boto3 reaches it, as the administrator: `boto3.client("s3", **stack.connection)`."""
        return connection_to(self.endpoint_url, self.region)

    def stop(self) -> None:
        """End the stack and its pages, and remove their data."""
        stop(Path(self.folder))


def start(
    folder: Path, council: str = COUNCIL, *, outlive: bool = False, say: Say = lambda _: None
) -> LocalStack:
    """Start an emulator that keeps its files in the folder, and deploy the council's stack to it.

    Where one runs there already, update its stack. The emulator ends with this process unless
    `outlive` is set. Raises SettingsError, SynthError, EmulatorError or DeployError, and stops what
    it started.
    """
    folder, settings = folder.resolve(), load_council(council)
    region = settings.region
    say("template: written anew only where something has changed")
    written = assembly(council)
    emulator = process.running(folder)
    started_here = emulator is None
    if emulator is None:
        say("emulator: starting")
        emulator = process.start(folder, region=region, outlive=outlive)
    try:
        say(f"stack: deploying to {emulator.endpoint_url}")
        connection = connection_to(emulator.endpoint_url, region)
        verify_sender(connection, settings.email_from)
        outputs = deploy(written, connection)
    except BaseException:
        if started_here:
            stop(folder)
        raise
    stack = LocalStack(
        # The address in the outputs needs a Host header that only the emulator understands.
        api_url=f"{emulator.endpoint_url}/_aws/execute-api/{outputs['ApiId']}",
        endpoint_url=emulator.endpoint_url,
        region=region,
        access_key_id=ACCESS_KEY,
        secret_access_key=ACCESS_KEY,
        table_name=outputs["TableName"],
        user_pool_id=outputs["UserPoolId"],
        client_id=outputs["ClientId"],
        import_bucket=outputs["ImportBucket"],
        team_topic_prefix=outputs["TeamTopicPrefix"],
        dead_letter_queue_url=outputs["DeadLetterQueueUrl"],
        delivery_queue_url=outputs["DeliveryQueueUrl"],
        notify_function=outputs["NotifyFunction"],
        import_function=outputs["ImportFunction"],
        site_host=outputs.get("DistributionDomainName", ""),
        sends_emails=bool(settings.email_from),
        pid=emulator.pid,
        folder=str(folder),
    )
    (folder / _STACK).write_text(json.dumps(asdict(stack), indent=2) + "\n", encoding="utf-8")
    return stack


def verify_sender(connection: Connection, email_from: str) -> None:
    """Have SES take the domain of the sender as verified, as the council's engineer does."""
    if email_from:
        ses = boto3.client("sesv2", **connection)
        with suppress(ses.exceptions.AlreadyExistsException):
            ses.create_email_identity(EmailIdentity=email_from.partition("@")[2])


def stack_in(folder: Path) -> LocalStack | None:
    """Return the stack that runs in this folder, whichever process started it."""
    if process.running(folder) is None:
        return None
    try:
        return LocalStack(**json.loads((folder / _STACK).read_text(encoding="utf-8")))
    except FileNotFoundError:  # it is starting
        return None


def stop(folder: Path) -> None:
    """End the folder's stack and its pages, if they run, and remove their data."""
    background.stop(folder)
    process.stop(folder)
    (folder / _STACK).unlink(missing_ok=True)


def table_of(stack: LocalStack) -> Table:
    """Return the stack's table, as the account's administrator reaches it."""
    return Table(boto3.client("dynamodb", **stack.connection), stack.table_name)


@contextmanager
def running(
    folder: Path, council: str = COUNCIL, *, say: Say = lambda _: None
) -> Iterator[LocalStack]:
    """Run a stack in the folder while the block runs."""
    stack = start(folder, council, say=say)
    try:
        yield stack
    finally:
        stop(folder)
