"""Each function can do only what it needs, and the outputs say where everything is."""

import pytest

from infra.grants import USER_POOL_ACTIONS
from shared.store import keys
from tests.infra.stack_template import FUNCTIONS, Resource, StackTemplate, Synth, actions

COMMON = {
    "logs:CreateLogStream",
    "logs:PutLogEvents",
}
"""The actions of every function: it writes its log."""

EVENT_SOURCE = {
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "sqs:SendMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
}
"""The actions that Lambda takes for a function, to read the stream and send dead letters."""


TELLING = {"email_from": "beds@beds.example.org", "sms_sender_id": "Bedboard"}
"""The settings of a council that sends emails and texts."""


def resources(template: StackTemplate, function: str, action: str) -> list[Resource]:
    """Return the resources that a function may take an action on."""
    resources: list[Resource] = []
    for statement in template.statements(function):
        if action in actions(statement):
            resource = statement.get("Resource", [])
            resources += resource if isinstance(resource, list) else [resource]
    return resources


def test_search_can_only_query_and_put_counts(template: StackTemplate) -> None:
    assert template.actions("search") - COMMON == {"dynamodb:Query", "dynamodb:PutItem"}
    (counting,) = (
        each for each in template.statements("search") if "dynamodb:PutItem" in actions(each)
    )
    keys = counting["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    assert keys in ("COUNT#*", ["COUNT#*"])


def test_the_overview_can_only_query(template: StackTemplate) -> None:
    assert template.actions("council_overview") - COMMON == {"dynamodb:Query"}


def test_an_update_can_read_and_put_items_but_not_publish(template: StackTemplate) -> None:
    allowed = template.actions("update_vacancy") - COMMON
    assert allowed == {"dynamodb:GetItem", "dynamodb:PutItem"}


def test_notify_can_publish_only_to_this_councils_teams(template: StackTemplate) -> None:
    (topics,) = resources(template, "notify", "sns:Publish")
    prefix = template.functions()["notify"]["Environment"]["Variables"]["TEAM_TOPIC_PREFIX"]
    *beginning, last = prefix["Fn::Join"][1]
    assert last == ":bedboard-ours_team_"
    assert topics == {"Fn::Join": ["", [*beginning, f"{last}*"]]}


def test_notify_can_write_items_only_to_record_deliveries(template: StackTemplate) -> None:
    allowed = template.actions("notify") - COMMON - EVENT_SOURCE
    reads = {"dynamodb:Query", "dynamodb:GetItem"}
    assert allowed == {*reads, "dynamodb:PutItem", "sns:Publish"}


def test_only_subscribe_can_change_subscriptions(template: StackTemplate) -> None:
    managing = {
        "sns:Subscribe",
        "sns:Unsubscribe",
        "sns:CreateTopic",
        "sns:TagResource",
        "sns:SetTopicAttributes",
    }
    managers = {name for name in FUNCTIONS if template.actions(name) & managing}
    assert managers == {"subscribe"}


def test_only_subscribe_and_deliver_can_open_an_address(synth: Synth) -> None:
    template = synth(**TELLING)
    key = {"Fn::GetAtt": [template.logical_id("KMS::Key", "AddressKey"), "Arn"]}
    for action, names in {
        "kms:Encrypt": {"subscribe"},
        "kms:Decrypt": {"subscribe", "deliver", "post_by_link"},
        "ses:SendEmail": {"subscribe", "deliver"},
    }.items():
        assert {name for name in FUNCTIONS if action in template.actions(name)} == names
    for name in ("subscribe", "deliver", "post_by_link"):
        assert resources(template, name, "kms:Decrypt") == [key]
    (opening,) = (
        each for each in template.statements("post_by_link") if "kms:Decrypt" in each["Action"]
    )
    only_the_secret = {"kms:EncryptionContext:owner": keys.STACK_SECRET}
    assert opening["Condition"] == {"StringEquals": only_the_secret}


def test_a_text_can_be_sent_to_phones_and_to_no_topic(synth: Synth) -> None:
    for name in ("subscribe", "deliver"):
        statements = synth(**TELLING).statements(name)
        (texting,) = (each for each in statements if "NotResource" in each)
        assert texting["Action"] == "sns:Publish"
        assert texting["NotResource"] == "arn:*:sns:*:*:*"


def test_a_council_without_senders_gives_no_right_to_send(template: StackTemplate) -> None:
    for name in FUNCTIONS:
        assert "ses:SendEmail" not in template.actions(name)
        assert not any("NotResource" in each for each in template.statements(name))


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_no_function_can_delete_or_scan(template: StackTemplate, function: str) -> None:
    item_actions = {each for each in template.actions(function) if each.startswith("dynamodb:")}
    allowed = {"dynamodb:Query", "dynamodb:GetItem", "dynamodb:PutItem"}
    if function == "subscribe":  # an address that is removed is gone
        allowed |= {"dynamodb:DeleteItem"}
    if function in {"show_home", "snapshot_homes"}:  # a mark ends only while the home is as it was
        allowed |= {"dynamodb:ConditionCheckItem"}
    assert item_actions - EVENT_SOURCE <= allowed


def test_functions_reach_only_the_one_table(template: StackTemplate) -> None:
    table = {"Fn::GetAtt": [template.logical_id("DynamoDB::Table"), "Arn"]}
    index = {"Fn::Join": ["", [table, "/index/changes_of_home"]]}
    for name in FUNCTIONS:
        for action in {"dynamodb:GetItem", "dynamodb:PutItem"} & template.actions(name):
            assert resources(template, name, action) == [table]
    assert resources(template, "show_home", "dynamodb:Query") == [table, index]
    for name in ("search", "council_overview", "subscribe", "notify", "import_homes"):
        assert resources(template, name, "dynamodb:Query") == [table]


def test_an_import_can_read_directories_and_write_reports(template: StackTemplate) -> None:
    bucket = {"Fn::GetAtt": [template.logical_id("S3::Bucket", "Imports"), "Arn"]}
    for action, folder in ("s3:GetObject", "/directory/*"), ("s3:PutObject", "/reports/*"):
        assert resources(template, "import_homes", action) == [
            {"Fn::Join": ["", [bucket, each]]} for each in (folder, "/removals/*")
        ]


def test_upload_directory_can_put_directories_and_read_reports(template: StackTemplate) -> None:
    bucket = {"Fn::GetAtt": [template.logical_id("S3::Bucket", "Imports"), "Arn"]}
    allowed = template.actions("upload_directory") - COMMON
    assert allowed == {
        "s3:PutObject",
        "s3:GetObject",
        "s3:ListBucket",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
    }
    for action, folder in ("s3:PutObject", "/directory/*"), ("s3:GetObject", "/reports/*"):
        assert resources(template, "upload_directory", action) == [
            {"Fn::Join": ["", [bucket, folder]]}
        ]
    assert resources(template, "upload_directory", "s3:ListBucket") == [bucket]
    (listing,) = (
        each for each in template.statements("upload_directory") if "s3:ListBucket" in actions(each)
    )
    assert listing["Condition"] == {"StringLike": {"s3:prefix": "reports/*"}}


def test_manage_people_can_manage_its_own_pool_but_set_no_password(template: StackTemplate) -> None:
    allowed = template.actions("manage_people") - COMMON - {"dynamodb:GetItem"}
    assert allowed == set(USER_POOL_ACTIONS)
    pool = {"Fn::GetAtt": [template.logical_id("Cognito::UserPool"), "Arn"]}
    for action in allowed:
        assert resources(template, "manage_people", action) == [pool]
    others = set.union(*(template.actions(name) for name in FUNCTIONS - {"manage_people"}))
    assert {each for each in others if each.startswith("cognito-idp:")} == {
        "cognito-idp:AdminGetUser"  # of the trigger
    }


def test_with_its_own_issuer_a_council_manages_people_there(synth: Synth) -> None:
    template = synth(
        oidc_issuer="https://login.example.org/v2.0",
        oidc_client_id="bedboard",
        oidc_groups_claim="groups",
    )
    assert template.actions("manage_people") - COMMON == {"dynamodb:GetItem"}


def test_cloudformation_chooses_names_where_it_can(template: StackTemplate) -> None:
    names = {"TableName", "BucketName", "QueueName", "FunctionName", "RoleName", "UserPoolName"}
    for resource in template.document["Resources"].values():
        fixed = names & set(resource.get("Properties", {}))
        if resource["Type"] in {"AWS::S3::BucketPolicy", "AWS::Lambda::Permission"}:
            continue  # these name the resource they belong to
        assert not {each for each in fixed if isinstance(resource["Properties"][each], str)}


def test_outputs_say_where_everything_is(template: StackTemplate) -> None:
    assert set(template.document["Outputs"]) == {
        "SiteUrl",
        "DistributionDomainName",
        "ApiUrl",
        "ApiId",
        "TableName",
        "UserPoolId",
        "ClientId",
        "Issuer",
        "SignInUrl",
        "ImportBucket",
        "TeamTopicPrefix",
        "DeadLetterQueueUrl",
        "DeliveryQueueUrl",
        "NotifyFunction",
        "DeliverFunction",
        "ImportFunction",
    }
