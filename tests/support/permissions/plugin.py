"""Fail a test whose function makes an AWS call that its role does not allow, or an invalid call.

A run of all tests fails as well if no test needs a permission: see `unexercised`.
"""

import json
from collections.abc import Generator
from typing import Any

import pytest

from tests.support.permissions import weighing
from tests.support.permissions.policies import policies
from tests.support.permissions.unexercised import unexercised
from tests.support.permissions.weighing import Weighing

_OUTPUT = "permissions"
QUICK = "not emulator and not browser and not slow"

_weighing = Weighing()
_needed: set[tuple[str, str]] = set()
"""Function and permission, as text, of all processes of this run."""


def pytest_configure() -> None:
    """Begin to weigh."""
    weighing.install(_weighing)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, Any, Any]:
    """Fail the test in which a call was found wrong."""
    try:
        result = yield
    except BaseException as error:
        for fault in _weighing.take_faults():
            error.add_note(fault)
        raise
    if faults := _weighing.take_faults():
        pytest.fail("\n".join(faults), pytrace=False)
    return result


def pytest_testnodedown(node: Any) -> None:
    """Take over what the tests of a worker needed."""
    output = getattr(node, "workeroutput", {}).get(_OUTPUT, "[]")
    _needed.update((function, permission) for function, permission in json.loads(output))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what the tests of this process needed; fail a whole run that left some out."""
    own = {(function, str(permission)) for function, permission in _weighing.needed()}
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_OUTPUT] = json.dumps(sorted(own))
        return
    _needed.update(own)
    if _ran_everything(session) and unexercised(policies(), _needed):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name the permissions that no test needs."""
    session = terminalreporter._session
    if hasattr(config, "workerinput") or not _ran_everything(session):
        return
    left = unexercised(policies(), _needed)
    if left:
        terminalreporter.section("permissions that no test needs", red=True)
        for line in left:
            terminalreporter.write_line(line)
        terminalreporter.write_line(
            "Take each from infra/grants.py, test what needs it, or say why not in"
            " tests/support/permissions/unexercised.py."
        )


def _ran_everything(session: pytest.Session) -> bool:
    """Tell whether every test that weighs calls has run and passed."""
    config = session.config
    return (
        config.args_source is pytest.Config.ArgsSource.TESTPATHS
        and config.option.markexpr in ("", QUICK)
        and not config.option.keyword
        and not getattr(config.option, "lf", False)
        and not config.option.collectonly
        and not session.testsfailed
        and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    )
