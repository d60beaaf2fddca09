"""Every function of the stack: how much memory, how long, and what it is told of its stack."""

import json
from pathlib import Path
from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.function import Function
from infra.settings import ROOT, Council

GROUPS: Final = {"GROUPS_CLAIM": "cognito:groups"}


class Functions:
    """One asset, one layer; none may do anything until the stack says what."""

    def __init__(
        self, scope: Construct, *, council: Council, layer: Path, table_name: str, team_topics: str
    ) -> None:
        code = lambda_.Code.from_asset(
            str(ROOT / "functions"), exclude=["**/__pycache__", "**/*.pyc"]
        )
        layer_version = lambda_.LayerVersion(
            scope,
            "Layer",
            code=lambda_.Code.from_asset(str(layer)),
            description="What the functions import, and every postcode's place",
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_14],
            compatible_architectures=[lambda_.Architecture.ARM_64],
        )

        def function(name: str, memory_mb: int, timeout: Duration, **environment: str) -> Function:
            return Function(
                scope,
                name,
                code=code,
                layer=layer_version,
                memory_mb=memory_mb,
                timeout=timeout,
                environment={"TABLE_NAME": table_name, **environment},
            )

        access = {"SEARCH_ACCESS": council.search_access}
        topics = {"TEAM_TOPIC_PREFIX": team_topics}
        authorities = {"LOCAL_AUTHORITIES": json.dumps(council.local_authorities)}
        seconds, minutes = Duration.seconds, Duration.minutes
        # Twice the longest that the table is waited for: there is always time to say "busy".
        api = seconds(25)
        self.update_vacancy = function("update_vacancy", 512, api, **GROUPS)
        self.search = function("search", 512, api, **GROUPS, **access)
        self.show_home = function("show_home", 512, api, **GROUPS, **access)
        self.subscribe = function("subscribe", 512, api, **GROUPS, **topics)
        self.notify = function("notify", 512, seconds(60), **topics)
        # 1769 MB is one whole processor.
        self.import_homes = function("import_homes", 1769, minutes(15), **authorities)
