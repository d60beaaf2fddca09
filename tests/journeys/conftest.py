"""The stacks of two councils in one account, with the settings that go to AWS."""

from collections.abc import Iterator

import pytest

from local.emulator.stack import LocalStack, running, start


@pytest.fixture(scope="session")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, LocalStack]]:
    """Deploy `example` and `second` to one emulator."""
    folder = tmp_path_factory.mktemp("councils")
    with running(folder, "example") as example:
        yield {"example": example, "second": start(folder, "second")}
