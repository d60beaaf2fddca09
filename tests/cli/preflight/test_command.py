"""`bedboard preflight` runs to its end, says what it could not see, and changes nothing."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import httpx
import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.preflight import deployment_checks
from cli.preflight.account import Account
from cli.preflight.checks import CHECKS, Check, policy, run_check
from cli.preflight.deployment_checks import BOOTSTRAP_VERSION
from cli.preflight.finding import Level, ok
from infra.council.load import load_council
from local.emulator.assembly import assembly
from local.emulator.stack import LocalStack
from tests.cli.preflight.test_issuer import ISSUER, token

pytestmark = pytest.mark.usefixtures("aws_account")

EVERYTHING = """
email_from = "beds@example.gov.uk"
sms_sender_id = "Bedboard"
alarm_email = "us@example.gov.uk"
monthly_budget_usd = 25
waf = true
domain = "beds.example.gov.uk"
certificate_arn = "arn:aws:acm:us-east-1:000000000000:certificate/0a1b"
permissions_boundary = "arn:aws:iam::000000000000:policy/none"
"""


def settings(folder: Path, slug: str, more: str = "") -> str:
    path = folder / f"{slug}.toml"
    path.write_text(f'slug = "{slug}"\nname = "Example Council"\n{more}', encoding="utf-8")
    return str(path)


def preflight(council: str, *options: str, typed: str = "") -> Any:
    command = ["preflight", "--council", council, *options]
    result = CliRunner().invoke(app, command, input=typed, env={"BEDBOARD_DEBUG": "1"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_deployed_council_has_nothing_that_must_be_fixed(tmp_path: Path) -> None:
    result = preflight(settings(tmp_path, "local", 'sms_sender_id = "Bedboard"'), "--json")
    found = {(each["subject"], each["level"]) for each in json.loads(result.stdout)}
    assert result.exit_code == 0, result.stdout
    for subject in ("account", "bootstrap", "stack", "regions", "orphans", "Lambda", "sign-in"):
        assert (subject, Level.OK) in found
    # The emulator has no text messages, and no way to ask what a new account may have.
    assert ("texts", Level.UNSEEN) in found
    assert ("CloudFront", Level.UNSEEN) in found
    assert preflight(settings(tmp_path, "local"), "--strict").exit_code == 1


def test_a_council_that_asks_for_everything_is_told_what_is_missing(tmp_path: Path) -> None:
    result = preflight(settings(tmp_path, "devon", EVERYTHING))
    assert result.exit_code == 1
    for line in (
        "must fix    bootstrap: us-east-1 is not prepared for the CDK\n"
        "            npx --no -- cdk bootstrap aws://000000000000/us-east-1\n",
        "must fix    certificate: us-east-1 of this account has no certificate",
        "must fix    email: example.gov.uk is no identity in SES in eu-west-2",
        "must fix    boundary: there is no policy arn:aws:iam::000000000000:policy/none",
        "ok          sign-in: the address bedboard-devon-000000000000 is free",
        "ok          budget: this account pays for itself",
    ):
        assert line in result.stdout


def test_the_policy_names_every_call_that_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = settings(tmp_path, "devon", EVERYTHING)
    allowed = set(policy(load_council(council))["Statement"][0]["Action"])
    session = boto3.Session()
    calls: set[str] = set()

    def note(model: Any, **_: Any) -> None:
        calls.add(f"{model.service_model.signing_name}:{model.name}")

    session.events.register("before-call", note)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", session)
    preflight(council)
    calls = {call.replace("s3:ListBuckets", "s3:ListAllMyBuckets") for call in calls}
    # Where there is a stack its resources are read, and anybody may ask who they are.
    assert calls | {"cloudformation:ListStackResources"} == allowed | {"sts:GetCallerIdentity"}
    verbs = {action.partition(":")[2] for action in allowed}
    assert all(verb.startswith(("Get", "List", "Describe")) for verb in verbs)


def test_printing_the_policy_needs_no_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    result = preflight(settings(tmp_path, "devon"), "--policy")
    assert json.loads(result.stdout) == policy(load_council(settings(tmp_path, "devon")))


def test_a_token_is_read_from_standard_input_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (
        f'oidc_issuer = "{ISSUER}"\noidc_client_id = "bedboard"\noidc_groups_claim = "roles"\n'
        "site = true\n"
    )
    # Nothing but the token is looked at.
    monkeypatch.setattr("cli.preflight.command.CHECKS", ())
    pasted = token(aud="another")
    result = preflight(settings(tmp_path, "devon", own), "--issuer-token", typed=pasted)
    assert result.exit_code == 1
    assert "token: neither its aud nor" in result.stdout
    assert pasted not in result.output
    refused = preflight(settings(tmp_path, "local"), "--issuer-token", typed=pasted)
    assert refused.exit_code == 2


def test_a_council_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BEDBOARD_COUNCIL", raising=False)
    result = CliRunner().invoke(app, ["preflight"])
    assert result.exit_code == 2
    assert "Name the council" in result.stderr


def test_the_bootstrap_is_as_new_as_the_stacks_need() -> None:
    manifest = json.loads((assembly("local") / "manifest.json").read_text(encoding="utf-8"))
    needed = re.findall(r'"requiresBootstrapStackVersion": (\d+)', json.dumps(manifest))
    assert max(map(int, needed)) == BOOTSTRAP_VERSION


def account_without_rights(stack: LocalStack, council: str, *, reads: bool = False) -> Account:
    """Return the account as a user sees it who may do nothing, or only take the CDK's role."""
    iam = boto3.client("iam", **stack.connection)
    name = f"nobody-{uuid4()}"
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]

    class Powerless(Account):
        @property
        def as_reader(self) -> Account | None:
            return Account(self.council, self.account_id, "arn", self.http) if reads else None

        def client(self, service: str, region: str | None = None) -> Any:
            make: Any = boto3.client
            return make(
                service,
                region_name=region or self.council.region,
                endpoint_url=stack.endpoint_url,
                aws_access_key_id=key["AccessKeyId"],
                aws_secret_access_key=key["SecretAccessKey"],
            )

    return Powerless(load_council(council), "000000000000", "arn:aws:iam::0:user/x", httpx.Client())


def test_a_missing_right_is_named_and_not_taken_for_good_or_bad(
    stack: LocalStack, tmp_path: Path
) -> None:
    account = account_without_rights(stack, settings(tmp_path, "local"))
    by_name = {check.run: check for check in CHECKS}
    check = by_name[deployment_checks.bootstrap]
    (finding,) = run_check(check, account)
    assert finding.level is Level.UNSEEN
    assert finding.state == "these credentials may not ssm:GetParameter"
    assert "bedboard preflight --policy" in finding.action


def test_what_is_refused_is_looked_at_with_the_role_for_reading(
    stack: LocalStack, tmp_path: Path
) -> None:
    account = account_without_rights(stack, settings(tmp_path, "local"), reads=True)
    by_name = {check.run: check for check in CHECKS}
    (finding,) = run_check(by_name[deployment_checks.bootstrap], account)
    assert finding.level is Level.OK


def test_a_bug_in_a_check_is_not_hidden(stack: LocalStack, tmp_path: Path) -> None:
    def failing(_: Account) -> Any:
        yield ok("x", "the first thing is well")
        raise KeyError("x")

    council = load_council(settings(tmp_path, "devon"))
    account = Account(council, "000000000000", "arn", httpx.Client())
    with pytest.raises(KeyError):
        run_check(Check("x", failing), account)
