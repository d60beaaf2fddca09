"""The command line of the local stack refuses invalid arguments."""

import pytest

from local.__main__ import print_token


@pytest.mark.parametrize("groups", ["", "home:", "home:1-12", "team:Exeter", "admin", "council,x"])
def test_an_unknown_group_gets_no_token(groups: str) -> None:
    with pytest.raises(SystemExit, match="expected home:1-1000587219, team:exeter-discharge"):
        print_token(groups)
