"""A council's pages and functions are deleted and made again around its data."""

from pathlib import Path

import boto3
import httpx
import pytest
from rich.console import Console

from local.demo.two_councils import contents, rebuild
from local.emulator.stack import LocalStack, running, start, table_of
from local.emulator.tokens import token
from tests.support.builders import home, save

pytestmark = pytest.mark.emulator

HOME = "1-7300000001"


def status(stack: LocalStack) -> int:
    bearer = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    return httpx.get(f"{stack.api_url}/homes/{HOME}", headers=bearer, timeout=30).status_code


def test_one_of_two_councils_is_destroyed_and_deployed_around_its_data(tmp_path: Path) -> None:
    with running(tmp_path, "example") as example:
        second = start(tmp_path, "second")
        for stack in (example, second):
            save(table_of(stack), home(HOME))
        kept = contents(example)
        again = rebuild("example", example, [second], Console(quiet=True))
        assert again.table_name == example.table_name
        assert again.user_pool_id == example.user_pool_id
        assert again.api_url != example.api_url
        assert contents(again) == kept
        assert (status(again), status(second)) == (200, 200)
        buckets = boto3.client("s3", **again.connection).list_buckets()["Buckets"]
        sites = [each for each in buckets if "bedboard-example-sitebucket" in each["Name"]]
        assert len(sites) == 1, "the old site's bucket stayed behind"
