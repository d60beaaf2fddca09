"""How people are told: the queue of `deliver`, what fills it, and what SES reports of emails."""

from collections.abc import Mapping
from typing import Final

from aws_cdk import Arn, ArnComponents, Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_ses as ses
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.alerts import TopicPrefixes
from infra.council.model import Council
from infra.function import Function, Resources

TIMEOUT: Final = Duration.seconds(30)
"""Of `deliver`: a provider answers within ten seconds, or is asked again later."""

MAX_ATTEMPTS: Final = 9
"""With the pauses of `deliver`, which double from 15 seconds to 15 minutes, about 45 minutes."""

AT_ONCE: Final = 5
"""Messages at once: a new account may run ten functions at once, and people search meanwhile."""


class Delivery(Construct):
    """The queue that holds each message to a person, and the council's own sender of emails."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        council: Council,
        topics: TopicPrefixes,
        dead_letters: sqs.IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        self._email_from = council.email_from
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            # Six times the function's timeout, as Lambda's guide says.
            visibility_timeout=Duration.seconds(6 * TIMEOUT.to_seconds()),
            retention_period=Duration.days(4),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=dead_letters, max_receive_count=MAX_ATTEMPTS
            ),
        )
        self._let_topics_send(topics)
        self.configuration_set = self._report_emails() if council.email_from else ""

    @property
    def email_resources(self) -> Resources:
        """Return what SES asks a right for: the sender's domain, and the configuration set."""
        names = {
            "identity": self._email_from.partition("@")[2],
            "configuration-set": self.configuration_set,
        }
        return Resources(
            [
                Arn.format(
                    ArnComponents(service="ses", resource=resource, resource_name=name),
                    Stack.of(self),
                )
                for resource, name in names.items()
            ]
        )

    def deliver(self, function: Function) -> None:
        """Invoke the function with each message by itself, so that none waits for another."""
        lambda_.EventSourceMapping(
            self,
            "Mapping",
            target=function.resource,
            event_source_arn=self.queue.queue_arn,
            batch_size=1,
            max_concurrency=AT_ONCE,
            report_batch_item_failures=True,
        )

    def _let_topics_send(self, topics: TopicPrefixes) -> None:
        self.queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("sns.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.queue.queue_arn],
                conditions={
                    "ArnLike": {"aws:SourceArn": f"{topics.team}*"},
                    "StringEquals": {"aws:SourceAccount": Stack.of(self).account},
                },
            )
        )

    def _report_emails(self) -> str:
        """Have SES report bounces and complaints to the queue; return the configuration set.

        The report holds the address. What goes to the queue is made of the email's tags alone,
        which name the member by id.
        """
        emails = ses.ConfigurationSet(
            self,
            "Emails",
            tls_policy=ses.ConfigurationSetTlsPolicy.REQUIRE,
            reputation_metrics=True,
        )
        bus = events.EventBus.from_event_bus_name(self, "Bus", "default")
        emails.add_event_destination(
            "Reports",
            destination=ses.EventDestination.event_bus(bus),
            events=[ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT],
        )
        name = emails.configuration_set_name
        # A mailbox that is full for a day is no reason to stop.
        bounces = {"eventType": ["Bounce"], "bounce": {"bounceType": ["Permanent"]}}
        self._rule("Bounced", "email_bounced", name, bounces)
        self._rule("Complained", "email_complained", name, {"eventType": ["Complaint"]})
        return name

    def _rule(
        self, construct_id: str, event: str, configuration_set: str, detail: Mapping[str, object]
    ) -> None:
        ours = {"mail": {"tags": {"ses:configuration-set": [configuration_set]}}}
        message = {
            "event": event,
            **{
                tag: events.EventField.from_path(f"$.detail.mail.tags.{tag}")
                for tag in ("kind", "owner", "member")
            },
        }
        events.Rule(
            self,
            construct_id,
            event_pattern=events.EventPattern(source=["aws.ses"], detail={**detail, **ours}),
            targets=[
                targets.SqsQueue(self.queue, message=events.RuleTargetInput.from_object(message))
            ],
        )
