"""The topic that alarms are published to, and the operators' email address on it."""

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct


class Operators(Construct):
    """A topic that only this account's alarms can publish to.

    It has its own encryption key, because alarms cannot use the key that AWS manages for SNS.
    """

    def __init__(self, scope: Construct, construct_id: str, *, email: str) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        alarms = iam.ServicePrincipal("cloudwatch.amazonaws.com")
        from_this_account = {"StringEquals": {"aws:SourceAccount": stack.account}}
        key = kms.Key(
            self,
            "Key",
            description=f"Encrypts the alarms of {stack.stack_name} in transit",
            enable_key_rotation=True,
            # Nothing that is stored needs this key.
            removal_policy=RemovalPolicy.DESTROY,
        )
        key.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[alarms], actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=["*"]
            )
        )
        self.topic = sns.Topic(
            self,
            "Topic",
            display_name=f"{stack.stack_name} alarms",
            master_key=key,
            enforce_ssl=True,
        )
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[alarms],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions=from_this_account,
            )
        )
        if email:
            self.topic.add_subscription(subscriptions.EmailSubscription(email))
