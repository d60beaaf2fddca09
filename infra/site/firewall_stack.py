"""The stack of the firewall, in us-east-1, where AWS keeps CloudFront's firewalls."""

from typing import Final

from aws_cdk import CfnOutput
from constructs import Construct

from infra.council.model import Council
from infra.council.stack_names import app_stack_name, firewall_stack_name
from infra.council_stack import CouncilStack
from infra.site.firewall import firewall, firewall_log

REGION: Final = "us-east-1"


class FirewallStack(CouncilStack):
    """The firewall and its log, created only if the council wants one."""

    def __init__(self, scope: Construct, *, council: Council) -> None:
        super().__init__(
            scope,
            "Firewall",
            council,
            stack_name=firewall_stack_name(council.slug),
            description=f"Bedboard for {council.name}: its firewall",
            region=REGION,
        )
        web_acl = firewall(
            self,
            "Firewall",
            name=app_stack_name(council.slug),
            requests_per_five_minutes=council.waf_requests_per_five_minutes,
            managed_rules=council.waf_managed_rules,
        )
        firewall_log(self, "Log", web_acl=web_acl, name=app_stack_name(council.slug))
        self.web_acl_arn = web_acl.attr_arn
        CfnOutput(self, "WebAclArn", value=self.web_acl_arn)
