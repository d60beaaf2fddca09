"""Everything that the operators see: the alarms, their topic and the dashboard."""

from aws_cdk import Stack
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.alerts import LogEntries
from infra.api import Api
from infra.council.model import Council
from infra.functions import Functions
from infra.table import Table
from infra.watch.alarms import Alarms
from infra.watch.dashboard import Dashboard
from infra.watch.operators import Operators
from infra.watch.sources import Sources


class Watch(Construct):
    """The monitoring of one stack."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        council: Council,
        functions: Functions,
        api: Api,
        table: Table,
        log_entries: LogEntries,
        dead_letters: sqs.IQueue,
        deliveries: sqs.IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        sources = Sources(
            slug=council.slug,
            stack_name=Stack.of(self).stack_name,
            functions=functions,
            api_id=api.id,
            table_name=table.name,
            stream_mapping_id=log_entries.mapping_id,
            dead_letter_queue=dead_letters.queue_name,
            delivery_queue=deliveries.queue_name,
        )
        operators = Operators(self, "Operators", email=council.alarm_email)
        Alarms(self, "Alarms", sources=sources, topic=operators.topic)
        Dashboard(self, "Dashboard", sources=sources)
