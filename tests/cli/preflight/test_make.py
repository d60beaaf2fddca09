"""`make deploy` looks at the account before it changes anything."""

import subprocess

import pytest

from infra.council.load import ROOT

PREFLIGHT = 'bedboard preflight --council "devon"'
DEPLOY = "python -m infra.deploy devon"


@pytest.mark.parametrize(
    ("words", "expected"), [((), [PREFLIGHT, DEPLOY]), (("SKIP_PREFLIGHT=1",), [DEPLOY])]
)
def test_a_deployment_looks_first_unless_it_is_told_not_to(
    words: tuple[str, ...], expected: list[str]
) -> None:
    # Each line of a recipe ends the deployment where it fails.
    command = ["make", "--no-print-directory", "-n", "deploy", "COUNCIL=devon", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [line.strip() for line in done.stdout.splitlines()]
    found = [line for line in lines if line.startswith((PREFLIGHT, DEPLOY))]
    assert [line[: len(wanted)] for line, wanted in zip(found, expected, strict=True)] == expected
