"""What is watched for the operators: who is told, of what, and where all of it can be seen."""

from constructs import Construct

from infra.watch.alarms import Alarms
from infra.watch.dashboard import Dashboard
from infra.watch.operators import Operators
from infra.watch.sources import Sources


class Watch(Construct):
    """The operators' topic, the alarms that it carries, and the dashboard."""

    def __init__(
        self, scope: Construct, construct_id: str, *, sources: Sources, alarm_email: str
    ) -> None:
        super().__init__(scope, construct_id)
        self.operators = Operators(self, "Operators", email=alarm_email)
        self.alarms = Alarms(self, "Alarms", sources=sources, tell=self.operators.topic)
        Dashboard(self, "Dashboard", sources=sources)
