"""The alarms, created from the rules.

Each costs 0.10 US dollars a month after the account's first ten. None is a sum of metrics or a
search for some: those cost more, and the emulator has neither.
"""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.watch.rules import RUNBOOK, Rule, rules
from infra.watch.sources import Sources


class Alarms(Construct):
    """One alarm for each rule, named after its section of the runbook.

    An alarm sends a message when it goes off and none when it ends: half of them end by themselves
    after five minutes, and a second email would say nothing new.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, sources: Sources, topic: sns.ITopic
    ) -> None:
        super().__init__(scope, construct_id)
        for rule in rules(sources):
            self._alarm(rule, sources.stack_name).add_alarm_action(actions.SnsAction(topic))

    def _alarm(self, rule: Rule, stack_name: str) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            "".join(word.capitalize() for word in rule.name.split("-")),
            alarm_name=f"{stack_name}-{rule.name}",
            alarm_description=f"{rule.means} First: {rule.first} See {RUNBOOK}, {rule.name}.",
            metric=rule.metric.with_(period=Duration.minutes(rule.period_minutes)),
            comparison_operator=rule.comparison,
            threshold=rule.threshold,
            evaluation_periods=rule.periods,
            datapoints_to_alarm=rule.breaching_periods,
            treat_missing_data=rule.missing_data,
        )
