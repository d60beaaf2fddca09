"""The function that withholds roles from people who sign in without a second step."""

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.function import Function
from layer.build import single_function_folder

_NAME: Final = "withhold_roles"

_LONGEST_WAIT: Final = Duration.seconds(5)
"""How long Cognito waits for a trigger; it then asks again, three times in all."""


class SecondStep(Construct):
    """A trigger of the user pool, beside it: without this function nobody could sign in."""

    def __init__(
        self, scope: Construct, construct_id: str, pool: cognito.UserPool, *, required_for: str
    ) -> None:
        """`required_for` is the council's setting `second_step_for`."""
        super().__init__(scope, construct_id)
        function = Function(
            self,
            _NAME,
            # Its own modules alone: what changes in other functions does not change this one.
            code=lambda_.Code.from_asset(str(single_function_folder(_NAME))),
            layer=None,
            memory_mb=512,
            timeout=_LONGEST_WAIT,
            environment={"SECOND_STEP_FOR": required_for},
        )
        # A policy apart from the role's own, for which the function would wait: the policy waits
        # for the pool, and the pool for the function.
        iam.Policy(
            self,
            "ReadPeople",
            roles=[function.role],
            statements=[
                iam.PolicyStatement(
                    actions=["cognito-idp:AdminGetUser"], resources=[pool.user_pool_arn]
                )
            ],
        )
        # Version 2 shapes the access token as well, which is the one that the API reads.
        pool.add_trigger(
            cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
            function.resource,
            cognito.LambdaVersion.V2_0,
        )
        self.function = function
