"""Every alarm: what it means for people, what to do first, and when it goes off.

Each costs a tenth of a dollar a month after the account's first ten. None is a sum of metrics or a
search for some: those cost more, and the emulator has none.
"""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.watch.rules import RUNBOOK, Rule, rules
from infra.watch.sources import Sources


class Alarms(Construct):
    """Each is named after its section of the runbook, and tells of going off only: half of them
    are over by themselves five minutes later, and a second e-mail would say nothing."""

    def __init__(
        self, scope: Construct, construct_id: str, *, sources: Sources, tell: sns.ITopic
    ) -> None:
        super().__init__(scope, construct_id)
        self.all = [self._alarm(rule, sources.name) for rule in rules(sources)]
        for alarm in self.all:
            alarm.add_alarm_action(actions.SnsAction(tell))

    def _alarm(self, rule: Rule, stack_name: str) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            "".join(word.capitalize() for word in rule.name.split("-")),
            alarm_name=f"{stack_name}-{rule.name}",
            alarm_description=f"{rule.means} First: {rule.first} See {RUNBOOK}, {rule.name}.",
            metric=rule.metric.with_(period=Duration.minutes(rule.minutes)),
            comparison_operator=rule.when,
            threshold=rule.threshold,
            evaluation_periods=rule.periods,
            datapoints_to_alarm=rule.of_which,
            treat_missing_data=rule.no_data_is,
        )
