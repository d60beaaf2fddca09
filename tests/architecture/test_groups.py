"""The tests that share an emulator or a template run in one worker, one after the other."""

import pytest


def test_a_test_stays_in_the_group_of_its_file(request: pytest.FixtureRequest) -> None:
    """Under xdist the group is in its id; without groups each test may go to another worker."""
    (mark,) = request.node.iter_markers("xdist_group")
    assert mark.args == ("tests/architecture/test_groups.py",)
    if getattr(request.config, "workerinput", None):
        assert request.node.nodeid.endswith("@tests/architecture/test_groups.py")


def test_groups_are_marked_before_xdist_reads_them(pytestconfig: pytest.Config) -> None:
    calls = pytestconfig.hook.pytest_collection_modifyitems.get_hookimpls()
    (ours,) = [each for each in calls if str(each.plugin_name).endswith("tests/conftest.py")]
    assert ours.tryfirst
