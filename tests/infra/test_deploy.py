"""Deploying goes stack by stack, and protects the data once all of it has worked."""

import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra import deploy, rollback
from infra.council.model import Council
from tests.infra.stack_template import StackTemplate

DATA, APP = "bedboard-ours-data", "bedboard-ours"
EMAIL = {"alarm_email": "us@example.org"}
FIRST_PASS = ["synth without protection", "Data", "App"]

Npx = Callable[[str | None], list[str]]


class Stacks:
    """What AWS answers about the stacks that exist, and about their alarms."""

    def __init__(self, **statuses: str) -> None:
        self.statuses = {DATA: statuses.get("data"), APP: statuses.get("app")}
        self.protected = "protected" in statuses
        self.alarms = statuses.get("alarms", "OK")

    def client(self, _: str) -> "Stacks":
        return self

    def describe_alarms(self, *, AlarmNames: list[str]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        alarms = [
            {"AlarmName": name, "AlarmArn": f"arn:{name}", "StateValue": self.alarms}
            for name in AlarmNames
            if name.rsplit("-", 1)[-1] in {"errors", "faults"}
        ]
        return {"MetricAlarms": alarms}

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:  # noqa: N803 - botocore's
        status = self.statuses[StackName]
        if status is None:
            message = f"Stack with id {StackName} does not exist"
            raise ClientError({"Error": {"Message": message}}, "DescribeStacks")
        protection = StackName == DATA and self.protected
        return {"Stacks": [{"StackStatus": status, "EnableTerminationProtection": protection}]}


NONE = Stacks()
WATCHED = (
    "App --rollback-trigger-alarm-arns arn:bedboard-ours-api-errors"
    " --rollback-trigger-alarm-arns arn:bedboard-ours-faults --monitoring-time-minutes 10"
)
UNWATCHED = "App --rollback-trigger-alarm-arns none"
ALL = Stacks(data="UPDATE_COMPLETE", app="UPDATE_COMPLETE", protected="yes")


@pytest.fixture
def npx(monkeypatch: pytest.MonkeyPatch) -> Npx:
    """Return a function that starts a list of what `npx` is asked, where one stack may fail."""

    def record(failing: str | None = None) -> list[str]:
        runs: list[str] = []

        def run(command: list[str], **_: Any) -> None:
            assert command[:4] == ["npx", "--no", "--", "cdk"]
            verb, *options = command[4:]
            if verb == "synth":
                protection = "with" if "protection=on" in options else "without"
                assert options[3:5] == ["-c", "council=ours"]
                runs.append(f"synth {protection} protection")
                return
            stack, exclusively, app, folder, *more = options
            assert (verb, exclusively, app) == ("deploy", "--exclusively", "--app")
            assert (folder, more[-1]) == ("cdk.out", "--yes")
            runs.append(" ".join([stack, *more[:-1]]))
            if stack == failing:
                raise subprocess.CalledProcessError(1, command)

        monkeypatch.setattr("infra.deploy.subprocess.run", run)
        return runs

    return record


def run_deploy(stacks: Stacks, **settings: Any) -> None:
    council = Council.model_validate({"slug": "ours", "name": "Our Council", **settings})
    deploy.deploy("ours", council, ["--yes"], stacks)  # type: ignore[arg-type]  # a stand-in


def test_the_first_deployment_protects_the_data_after_everything_worked(npx: Npx) -> None:
    runs = npx(None)
    run_deploy(NONE)
    assert runs == [*FIRST_PASS, "synth with protection", "Data"]


def test_a_later_deployment_leaves_the_data_protected(npx: Npx) -> None:
    runs = npx(None)
    run_deploy(ALL)
    assert runs == ["synth with protection", "Data", WATCHED]


def test_an_update_is_undone_if_an_alarm_is_raised_within_ten_minutes(
    npx: Npx, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = npx(None)
    run_deploy(ALL)
    assert runs[-1] == WATCHED
    told = capsys.readouterr().err
    assert "watches 2 alarms for 10 minutes" in told
    assert "bedboard-ours-update-crashes is not there yet" in told


def test_a_raised_alarm_does_not_undo_the_deployment_that_solves_its_cause(
    npx: Npx, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = npx(None)
    run_deploy(Stacks(data="UPDATE_COMPLETE", app="UPDATE_COMPLETE", alarms="ALARM"))
    assert runs[-1] == UNWATCHED
    assert "bedboard-ours-faults is raised already" in capsys.readouterr().err


def test_an_operator_can_deploy_without_waiting_for_alarms(npx: Npx) -> None:
    runs = npx(None)
    council = Council.model_validate({"slug": "ours", "name": "Our Council"})
    deploy.deploy("ours", council, ["--yes"], ALL, is_watched=False)  # type: ignore[arg-type]  # a stand-in
    assert runs[-1] == UNWATCHED


def test_every_alarm_that_undoes_a_deployment_exists(template: StackTemplate) -> None:
    names = {
        each["Properties"]["AlarmName"] for each in template.resources("CloudWatch::Alarm").values()
    }
    assert {f"bedboard-ours-{alarm}" for alarm in rollback.ALARMS} <= names
    assert len(rollback.ALARMS) <= 5


@pytest.mark.parametrize(
    ("stacks", "is_first"),
    [
        pytest.param(Stacks(data="ROLLBACK_COMPLETE"), True, id="the data failed"),
        pytest.param(Stacks(data="CREATE_COMPLETE"), True, id="the data alone"),
        pytest.param(
            Stacks(data="CREATE_COMPLETE", app="ROLLBACK_COMPLETE"), True, id="the rest failed"
        ),
        pytest.param(
            Stacks(data="CREATE_COMPLETE", app="CREATE_COMPLETE"), False, id="protecting failed"
        ),
        pytest.param(
            Stacks(data="UPDATE_COMPLETE", app="UPDATE_ROLLBACK_COMPLETE", protected="yes"),
            False,
            id="an update failed",
        ),
        pytest.param(
            Stacks(data="UPDATE_COMPLETE", protected="yes"), False, id="the rest was deleted"
        ),
    ],
)
def test_protection_once_on_is_never_switched_off(npx: Npx, stacks: Stacks, is_first: bool) -> None:
    runs = npx(None)
    run_deploy(stacks)
    assert ("synth without protection" in runs) is is_first
    assert "synth with protection" in runs


@pytest.mark.parametrize("failing", ["Data", "App", "Firewall"])
def test_a_failed_first_deployment_protects_nothing_and_says_to_run_it_again(
    npx: Npx, failing: str
) -> None:
    runs = npx(failing)
    with pytest.raises(deploy.DeployError, match="run the same command again") as failed:
        run_deploy(NONE, waf=True)
    assert runs[-1] == failing
    assert "synth with protection" not in runs
    assert "Nothing is lost" in str(failed.value)


def test_a_failed_upgrade_says_that_the_data_are_as_they_were(npx: Npx) -> None:
    npx("App")
    with pytest.raises(deploy.DeployError, match="the data are as they were"):
        run_deploy(ALL)


def test_the_firewall_comes_before_the_site_that_uses_it(npx: Npx) -> None:
    runs = npx(None)
    run_deploy(ALL, waf=True)
    assert runs == ["synth with protection", "Data", "Firewall", WATCHED]


def test_a_budget_that_is_refused_stops_nothing_else(
    npx: Npx, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = npx("Budget")
    run_deploy(NONE, monthly_budget_usd=25, **EMAIL)
    assert runs == [*FIRST_PASS, "synth with protection", "Data", "Budget"]
    assert "Warning: the budget could not be deployed" in capsys.readouterr().err


def test_not_being_told_what_is_deployed_stops_before_anything_changes(npx: Npx) -> None:
    runs = npx(None)

    class Refusing(Stacks):
        def describe_stacks(self, **_: Any) -> dict[str, Any]:
            raise ClientError({"Error": {"Message": "AccessDenied"}}, "DescribeStacks")

    with pytest.raises(ClientError):
        run_deploy(Refusing())
    assert runs == []
