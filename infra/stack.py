"""One council's Bedboard: what it is made of, and what each part may do."""

import json
from pathlib import Path
from typing import Any, Final

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.alerts import ChangesOfHomes, DeadLetters
from infra.api import Api
from infra.function import Function
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.settings import ROOT, Council
from infra.table import Table

GROUPS_CLAIM: Final = "cognito:groups"


class BedboardStack(Stack):
    """Composition first, then every grant, then every route, then what its operator needs."""

    def __init__(self, scope: Construct, *, council: Council, layer: Path) -> None:
        super().__init__(
            scope,
            "Bedboard",
            stack_name=f"bedboard-{council.slug}",
            description=f"Bedboard of {council.name}",
            env=Environment(region=council.region),
        )
        self.council = council
        self.code = lambda_.Code.from_asset(
            str(ROOT / "functions"), exclude=["**/__pycache__", "**/*.pyc"]
        )
        self.layer = lambda_.LayerVersion(
            self,
            "Layer",
            code=lambda_.Code.from_asset(str(layer)),
            description="Dependencies of the functions, and the postcode table",
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_14],
            compatible_architectures=[lambda_.Architecture.ARM_64],
        )
        self.team_topics = self.format_arn(
            service="sns", resource=f"bedboard-{council.slug}-team-", 
        )
        ...


