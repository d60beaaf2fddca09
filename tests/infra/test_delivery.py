"""Messages to people wait in a queue of their own; reports of bounces hold no address."""

import json
from typing import Any

import pytest

from deliver.email_reports import STATES
from infra.delivery import AT_ONCE, MAX_ATTEMPTS
from shared.domain.member import SENDING_TIME
from tests.infra.stack_template import Resource, StackTemplate, Synth

TELLING = {"email_from": "beds@beds.example.org", "sms_sender_id": "Bedboard"}


@pytest.fixture(scope="module")
def telling(synth: Synth) -> StackTemplate:
    """Return the template of a council that sends emails and texts."""
    return synth(**TELLING)


def rules(template: StackTemplate) -> dict[str, Resource]:
    """Return the rules about emails, by the event that each makes."""
    made = {}
    for each in template.resources("Events::Rule").values():
        properties = each["Properties"]
        (target,) = properties["Targets"]
        if "InputTransformer" in target:
            template_text = target["InputTransformer"]["InputTemplate"]
            made[str(json.loads(template_text.replace("<", '"').replace(">", '"'))["event"])] = (
                properties
            )
    return made


def test_each_message_is_invoked_by_itself_and_tried_for_three_quarters_of_an_hour(
    template: StackTemplate,
) -> None:
    mapping = template.properties("Lambda::EventSourceMapping", "Delivery")
    queue = template.logical_id("SQS::Queue", "Delivery")
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert mapping["FunctionName"] == {"Ref": template.logical_id("Lambda::Function", "Deliver")}
    assert mapping["BatchSize"] == 1
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": AT_ONCE}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_what_is_tried_too_often_becomes_a_dead_letter(template: StackTemplate) -> None:
    queue = template.properties("SQS::Queue", "Delivery")
    dead_letters = template.logical_id("SQS::Queue", "DeadLetters")
    redrive = queue["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [dead_letters, "Arn"]}
    assert redrive["maxReceiveCount"] == MAX_ATTEMPTS
    function = template.functions()["deliver"]
    assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
    assert queue["SqsManagedSseEnabled"] is True


def test_an_invitation_is_sent_again_only_when_no_request_can_still_be_sending_it(
    template: StackTemplate,
) -> None:
    assert SENDING_TIME.total_seconds() > template.functions()["subscribe"]["Timeout"]


def test_only_topics_of_this_councils_teams_may_send_to_the_queue(template: StackTemplate) -> None:
    policy = template.properties("SQS::QueuePolicy", "Delivery")
    statements = policy["PolicyDocument"]["Statement"]
    (from_topics,) = (
        each for each in statements if each["Principal"] == {"Service": "sns.amazonaws.com"}
    )
    condition = from_topics["Condition"]
    assert condition["StringEquals"]["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert condition["ArnLike"]["aws:SourceArn"]["Fn::Join"][1][-1] == ":bedboard-ours_team_*"
    assert any(each["Effect"] == "Deny" for each in statements)


def test_emails_go_only_over_tls_and_report_bounces_and_complaints(telling: StackTemplate) -> None:
    assert telling.properties("SES::ConfigurationSet")["DeliveryOptions"]["TlsPolicy"] == "REQUIRE"
    destination = telling.properties("SES::ConfigurationSetEventDestination")["EventDestination"]
    assert set(destination["MatchingEventTypes"]) == {"bounce", "complaint"}
    assert destination["EventBridgeDestination"]


def test_a_report_names_the_member_and_holds_no_address(telling: StackTemplate) -> None:
    assert rules(telling).keys() == STATES.keys()
    for properties in rules(telling).values():
        (target,) = properties["Targets"]
        paths = set(target["InputTransformer"]["InputPathsMap"].values())
        tags = {f"$.detail.mail.tags.{tag}" for tag in ("kind", "owner", "member")}
        assert paths == tags
        assert "DeadLetterConfig" not in target  # it would hold the whole report
        ours = properties["EventPattern"]["detail"]["mail"]["tags"]["ses:configuration-set"]
        assert ours == [{"Ref": telling.logical_id("SES::ConfigurationSet")}]


def test_a_mailbox_that_is_full_for_a_day_is_no_reason_to_stop(telling: StackTemplate) -> None:
    detail: Any = rules(telling)["email_bounced"]["EventPattern"]["detail"]
    assert detail["bounce"] == {"bounceType": ["Permanent"]}


def test_a_council_without_a_sender_has_nothing_of_ses(template: StackTemplate) -> None:
    assert not template.resources("SES::ConfigurationSet")
    assert rules(template) == {}
    variables = template.functions()["deliver"]["Environment"]["Variables"]
    assert (variables["EMAIL_FROM"], variables["SMS_SENDER_ID"]) == ("", "")


def test_the_key_of_addresses_is_kept_and_rotated(template: StackTemplate) -> None:
    key = template.resources("KMS::Key")[template.logical_id("KMS::Key", "AddressKey")]
    assert key["DeletionPolicy"] == "RetainExceptOnCreate"
    assert key["Properties"]["EnableKeyRotation"] is True
