"""Two councils' stacks, as their files go to AWS, in one account."""

from collections.abc import Iterator

import pytest

from local.emulator.stack import LocalStack, running, start


@pytest.fixture(scope="session")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, LocalStack]]:
    """`example` and `second`, on one emulator of this test process's own."""
    folder = tmp_path_factory.mktemp("councils")
    with running(folder, "example") as example:
        yield {"example": example, "second": start(folder, "second")}
