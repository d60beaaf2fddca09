"""`bedboard prove` goes to its end on the emulator, says what it could not see, and tidies up."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import boto3
import pytest
from typer.testing import CliRunner

from claims.ledger import BrokenClaimError, Claim, Outcome
from cli.main import app
from cli.prove import command, record
from cli.prove.homes import LOCATION_IDS
from cli.prove.numbers import FORCED, set_environment
from cli.prove.people import DOMAIN
from cli.prove.probe import function_of
from cli.prove.proof import MARK, Proof
from cli.prove.steps import STEPS, Step
from cli.target import Target
from infra.deployed import Deployed
from local.emulator.deploy import ACCOUNT
from local.emulator.stack import LocalStack, table_of
from shared.store import keys
from tests.support.contracts import all_contracts

MAIL, PHONE = "jo.bloggs@mail.example.org", "+447700900123"
Prove = Callable[..., "Proven"]


class Proven(NamedTuple):
    """How a proof ended: its status, its record, and its events."""

    status: int
    printed: str
    record: dict[str, Any]
    text: str
    """The record and every event, as they are written."""
    events: dict[str, Any]

    def outcomes(self, step: str) -> dict[str, str]:
        """Return the outcomes of a step's claims, by their text."""
        (found,) = [each for each in self.record["steps"] if each["step"] == step]
        return {each["claim"]: each["outcome"] for each in found["claims"]}


@pytest.fixture
def prove(target: Target, tmp_path: Path) -> Prove:
    """Return a function that runs `bedboard prove` on the tests' stack."""

    def run(*words: str) -> Proven:
        result = CliRunner().invoke(
            app,
            ["prove", "--to", str(tmp_path), "--contracts", str(tmp_path / "contracts"), *words],
            obj=lambda: target,
            env={"BEDBOARD_DEBUG": "1"},
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        written = max(tmp_path.glob("*.json"), key=lambda each: each.stat().st_mtime_ns)
        texts = {each.stem: each.read_text("utf-8") for each in tmp_path.glob("contracts/*.json")}
        record = written.read_text("utf-8")
        return Proven(
            result.exit_code,
            result.output,
            json.loads(record),
            record + "".join(texts.values()),
            {name: json.loads(text) for name, text in texts.items()},
        )

    return run


def traces(stack: LocalStack) -> list[str]:
    """Name everything in the account that has the mark of a proof, but for the change log."""

    def client(service: str) -> Any:
        make: Any = boto3.client
        return make(service, **stack.connection)

    pool = {"UserPoolId": stack.user_pool_id}
    table = table_of(stack)
    api = stack.api_url.rpartition("/")[2]
    items = table.client.scan(TableName=table.name)["Items"]
    names = [
        *(str(each["Attributes"]) for each in client("cognito-idp").list_users(**pool)["Users"]),
        *(each["GroupName"] for each in client("cognito-idp").list_groups(**pool)["Groups"]),
        *client("sqs").list_queues().get("QueueUrls", []),
        *(each["TopicArn"] for each in client("sns").list_topics()["Topics"]),
        *(each["Endpoint"] for each in client("sns").list_subscriptions()["Subscriptions"]),
        *(each["FunctionName"] for each in client("lambda").list_functions()["Functions"]),
        *(each["Name"] for each in client("events").list_rules()["Rules"]),
        *(each["RouteKey"] for each in client("apigatewayv2").get_routes(ApiId=api)["Items"]),
        *(
            f"{each[keys.PARTITION]['S']} {each[keys.SORT]['S']}"
            for each in items
            if each[keys.PARTITION]["S"] == keys.HOMES
            or (each[keys.PARTITION]["S"] == keys.ALERTS and keys.EXPIRES not in each)
            or each[keys.PARTITION]["S"].startswith(keys.members(""))
        ),
    ]
    marks = (MARK, DOMAIN, MAIL, PHONE, *LOCATION_IDS)
    return [name for name in names if any(mark in name for mark in marks)]


def test_a_proof_goes_to_its_end_and_leaves_nothing(stack: LocalStack, prove: Prove) -> None:
    proven = prove("--record", "--mail", MAIL, "--phone", PHONE)
    broken = [
        (step["step"], claim)
        for step in proven.record["steps"]
        for claim in [*step["claims"], {"outcome": "held", **step}]
        if claim["outcome"] == Outcome.BROKEN or claim.get("ended_by")
    ]
    assert broken == []
    assert proven.status == 0
    assert [each["step"] for each in proven.record["steps"]] == [step.name for step in STEPS]
    assert proven.record["where"] == "the emulator of this repository, not AWS"
    assert proven.record["left"] == []
    assert traces(stack) == []
    _check_what_was_seen(proven)
    _check_redaction(proven)


def _check_what_was_seen(proven: Proven) -> None:
    held = {
        "permissions": "every route of the API may invoke its function",
        "people": "an officer with an authenticator app gets the council's role",
        "import": "an uploaded directory is reported on within a minute",
        "api": "an unknown path is answered with 404, as a problem document",
        "alert": "the alert comes within 60 seconds after the update was saved",
        "operators": "every alarm of the stack is there",
    }
    for step, claim in held.items():
        assert proven.outcomes(step)[claim] == Outcome.HELD
    near_miss = "each near miss gives up one thing: its home says yes to all the rest"
    assert proven.outcomes("alert")[near_miss] == Outcome.HELD
    # What an emulator would say of these is worth nothing, so it is not asked.
    unseen = {
        "deployed": "functions run on arm64",
        "permissions": "each function's role may not touch another partition of the table",
        "people": "a renewed sign-in keeps the groups",
        "errors": "the next request after it is 200",
        "dead letter": "a change that cannot be read becomes a dead letter",
        "firewall": "a known attack is refused",
        "restore": "AWS makes a copy of the table as it was",
        "numbers": "10 cold starts are measured",
    }
    for step, claim in unseen.items():
        assert proven.outcomes(step)[claim] == Outcome.UNSEEN


def _check_redaction(proven: Proven) -> None:
    # Under the names that the tests of what AWS sends know.
    assert set(proven.events) == {
        "http_api_request",
        "dynamodb_stream_record",
        "eventbridge_object_created",
        "error_transaction_cancelled",
        "error_topic_not_found",
        "error_user_not_found",
    }
    assert set(proven.events) <= {each.name for each in all_contracts()}
    for event in proven.events.values():
        assert set(event) == {"provenance", "event"}
        assert "which is not AWS" in event["provenance"]["source"]
    request = proven.events["http_api_request"]["event"]
    assert request["pathParameters"] == {"item": "1-1000587219"}
    assert MARK in request["requestContext"]["authorizer"]["jwt"]["claims"]["cognito:groups"]
    for secret in (ACCOUNT, "eyJ", f"@{DOMAIN}", "Signature=A", MAIL, PHONE):
        assert secret not in proven.text


def test_events_of_an_emulator_are_not_kept_as_contracts(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "CONTRACTS", tmp_path / "contracts")

    def keep(proof: Proof) -> None:
        proof.keep_event("http_api_request", {"version": "2.0"})

    monkeypatch.setattr(command, "STEPS", (Step("api", keep),))
    words = ["prove", "--record", "--to", str(tmp_path)]
    result = CliRunner().invoke(app, words, obj=lambda: target)
    assert result.exit_code == 0
    assert "What an emulator sends is no contract" in result.stderr
    assert not (tmp_path / "contracts").exists()


def test_a_permission_that_was_taken_away_breaks_a_claim(stack: LocalStack, prove: Prove) -> None:
    lambdas = boto3.client("lambda", **stack.connection)
    (name,) = [
        each["FunctionName"]
        for each in lambdas.list_functions()["Functions"]
        if "ShowHome" in each["FunctionName"]
    ]
    (default,) = [
        each
        for each in json.loads(lambdas.get_policy(FunctionName=name)["Policy"])["Statement"]
        if each["Condition"]["ArnLike"]["AWS:SourceArn"].endswith("/$default")
    ]
    lambdas.remove_permission(FunctionName=name, StatementId=default["Sid"])
    try:
        proven = prove("--only", "permissions", "--only", "api")
    finally:
        lambdas.add_permission(
            FunctionName=name,
            StatementId=default["Sid"],
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=default["Condition"]["ArnLike"]["AWS:SourceArn"],
        )
    assert proven.status == 1
    permissions, api = proven.outcomes("permissions"), proven.outcomes("api")
    assert permissions["every route of the API may invoke its function"] == Outcome.BROKEN
    unknown_path = "an unknown path is answered with 404, as a problem document"
    assert api[unknown_path] == Outcome.BROKEN
    assert prove("--only", "permissions").status == 0


def test_ctrl_c_removes_what_was_made_and_still_writes_the_record(
    stack: LocalStack, prove: Prove, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: Proof) -> None:
        assert traces(stack) != []
        raise KeyboardInterrupt

    steps = [step for step in STEPS if step.name in {"people", "import"}]
    monkeypatch.setattr(command, "STEPS", (*steps, Step("alert", interrupt)))
    proven = prove()
    assert proven.status == command.EXIT_INTERRUPTED
    assert [each["step"] for each in proven.record["steps"]] == ["people", "import"]
    assert "the test homes" in proven.record["removed"]
    assert traces(stack) == []


def test_a_broken_claim_and_an_error_of_aws_fail_the_proof_and_the_others_still_run(
    prove: Prove, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(proof: Proof) -> None:
        proof.ledger.check("the moon is cheese", False, "it is rock")
        raise BrokenClaimError(Claim("x", Outcome.BROKEN))

    def refused(proof: Proof) -> None:
        proof.stack.client("sqs").get_queue_url(QueueName="no-such-queue")

    def misunderstood(_: Proof) -> None:
        raise KeyError("an answer that nobody has seen")

    def held(proof: Proof) -> None:
        proof.ledger.check("water is wet", True)

    runs = (broken, refused, misunderstood, held)
    steps = tuple(Step(str(number), run) for number, run in enumerate(runs))
    monkeypatch.setattr(command, "STEPS", steps)
    proven = prove()
    assert proven.status == 1
    assert [each["outcome"] for each in proven.record["steps"]] == [
        *["broken"] * 3,
        "held",
    ]
    assert "GetQueueUrl" in proven.record["steps"][1]["ended_by"]
    assert "a fault in bedboard itself: KeyError" in proven.record["steps"][2]["ended_by"]
    assert "it is rock" in proven.printed


def test_what_a_killed_proof_left_is_removed_by_the_next(
    stack: LocalStack, target: Target, prove: Prove, monkeypatch: pytest.MonkeyPatch
) -> None:
    lambdas, table = boto3.client("lambda", **stack.connection), target.table
    overview, search = function_of(target, "CouncilOverview"), function_of(target, "Search")
    settings: Any = lambdas.get_function_configuration(FunctionName=search)
    variables = settings["Environment"]["Variables"]

    def vanish(proof: Proof) -> None:
        proof.cleanup._removals.clear()
        # As a step leaves them that is killed in its middle.
        lambdas.put_function_concurrency(FunctionName=overview, ReservedConcurrentExecutions=0)
        set_environment(lambdas, search, {**variables, FORCED: "1"})
        key: Any = {keys.PARTITION: {"S": keys.change_day(datetime.now(UTC))}}
        key[keys.SORT] = {"S": "2026#home#x#1"}
        item = {**key, keys.OF_HOME: {"S": f"{MARK}-1"}}
        table.client.put_item(TableName=table.name, Item=item)

    names = {"people", "import", "api", "alert", "operators"}
    steps = [step for step in STEPS if step.name in names]
    monkeypatch.setattr(command, "STEPS", (*steps, Step("gone", vanish)))
    prove("--mail", MAIL)
    assert len(traces(stack)) > 5
    result = CliRunner().invoke(app, ["prove", "--tidy"], obj=lambda: target)
    assert result.exit_code == 0, result.output
    for what in ("the test homes", "the halt of one function", "the settings of search"):
        assert f"removed, left by an earlier proof: {what}\n" in result.stderr
    assert "an unreadable change" in result.stderr
    assert traces(stack) == []
    settings = lambdas.get_function_configuration(FunctionName=search)
    assert settings["Environment"]["Variables"] == variables
    assert "Reserved" not in str(lambdas.get_function_concurrency(FunctionName=overview))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--only", "everything"), "There is no step everything"),
        (("--mail", "nobody"), "not an email address"),
        (("--phone", "07700900123"), "a number with its country"),
    ],
)
def test_a_wrong_option_stops_it_before_anything_is_done(
    target: Target, words: tuple[str, ...], message: str
) -> None:
    result = CliRunner().invoke(app, ["prove", *words], obj=lambda: target)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("status", "message"),
    [("UPDATE_IN_PROGRESS", "Wait until that deployment"), ("", "There is no stack")],
)
def test_a_deployment_under_way_is_not_disturbed(
    target: Target, monkeypatch: pytest.MonkeyPatch, status: str, message: str
) -> None:
    monkeypatch.setattr(Deployed, "read", lambda *_: Deployed(status))
    result = CliRunner().invoke(app, ["prove"], obj=lambda: target)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_step_brings_those_that_it_needs() -> None:
    chosen = [step.name for step in command._chosen(["alert"])]
    assert chosen == ["people", "import", "alert"]
