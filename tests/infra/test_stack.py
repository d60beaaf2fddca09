"""Nobody may do more than their part takes, and the operator is told where everything is."""

import pytest

from tests.infra.written import FUNCTIONS, Resource, Written, listed

COMMON = {
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
}
"""What every function may: write its log and its traces."""

OF_ITS_TRIGGER = {
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "sqs:SendMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
}
"""What Lambda does in a function's name to feed it, and to put by what failed."""


def on(written: Written, function: str, action: str) -> list[Resource]:
    """The resources that a function may do one thing to."""
    (statement,) = (each for each in written.statements(function) if action in listed(each))
    resource = statement["Resource"]
    return resource if isinstance(resource, list) else [resource]


def test_search_only_queries(written: Written) -> None:
    assert written.actions("search") - COMMON == {"dynamodb:Query"}


def test_an_update_reads_and_puts_items_and_publishes_nothing(written: Written) -> None:
    actions = written.actions("update_vacancy") - COMMON
    assert actions == {"dynamodb:GetItem", "dynamodb:PutItem"}


def test_notify_publishes_to_this_councils_teams_only(written: Written) -> None:
    (topics,) = on(written, "notify", "sns:Publish")
    told = written.functions()["notify"]["Environment"]["Variables"]["TEAM_TOPIC_PREFIX"]
    *beginning, last = told["Fn::Join"][1]
    assert last == ":bedboard-ours_team_"
    assert topics == {"Fn::Join": ["", [*beginning, f"{last}*"]]}


def test_notify_writes_what_it_sent_and_nothing_else(written: Written) -> None:
    actions = written.actions("notify") - COMMON - OF_ITS_TRIGGER
    assert actions == {"dynamodb:Query", "dynamodb:PutItem", "sns:Publish"}


def test_only_subscribe_touches_who_is_told(written: Written) -> None:
    managing = {"sns:Subscribe", "sns:Unsubscribe", "sns:CreateTopic"}
    may = {name for name in FUNCTIONS if written.actions(name) & managing}
    assert may == {"subscribe"}
    assert "sns:Publish" not in written.actions("subscribe")


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_nobody_deletes_or_scans(written: Written, function: str) -> None:
    of_items = {each for each in written.actions(function) if each.startswith("dynamodb:")}
    assert of_items - OF_ITS_TRIGGER <= {"dynamodb:Query", "dynamodb:GetItem", "dynamodb:PutItem"}


def test_items_are_those_of_the_one_table(written: Written) -> None:
    table = {"Fn::GetAtt": [written.id_of("DynamoDB::Table"), "Arn"]}
    of_home = {"Fn::Join": ["", [table, "/index/changes_of_home"]]}
    for name in FUNCTIONS:
        for action in {"dynamodb:GetItem", "dynamodb:PutItem"} & written.actions(name):
            assert on(written, name, action) == [table]
    assert on(written, "show_home", "dynamodb:Query") == [of_home]
    for name in ("search", "subscribe", "notify", "import_homes"):
        assert on(written, name, "dynamodb:Query") == [table]


def test_an_import_reads_directories_and_writes_reports(written: Written) -> None:
    bucket = {"Fn::GetAtt": [written.id_of("S3::Bucket", "Imports"), "Arn"]}
    for action, folder in ("s3:GetObject", "/directory/*"), ("s3:PutObject", "/reports/*"):
        assert on(written, "import_homes", action) == [{"Fn::Join": ["", [bucket, folder]]}]


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_no_action_is_a_wildcard(written: Written, function: str) -> None:
    assert not any("*" in action for action in written.actions(function))


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_only_what_takes_no_narrower_resource_is_on_everything(
    written: Written, function: str
) -> None:
    everything = {
        action
        for statement in written.statements(function)
        if statement["Resource"] == "*"
        for action in listed(statement)
    }
    assert everything <= {
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "dynamodb:ListStreams",
        "sns:Unsubscribe",
    }


def test_no_role_has_a_policy_that_is_not_written_here(written: Written) -> None:
    for role in written.all("IAM::Role").values():
        assert "ManagedPolicyArns" not in role["Properties"]


def test_no_name_is_fixed_that_cloudformation_can_make(written: Written) -> None:
    names = {"TableName", "BucketName", "QueueName", "FunctionName", "RoleName", "UserPoolName"}
    for resource in written.template["Resources"].values():
        fixed = names & set(resource.get("Properties", {}))
        if resource["Type"] in {"AWS::S3::BucketPolicy", "AWS::Lambda::Permission"}:
            continue  # these name what they belong to
        assert not {each for each in fixed if isinstance(resource["Properties"][each], str)}


def test_the_operator_is_told_where_everything_is(written: Written) -> None:
    assert set(written.template["Outputs"]) == {
        "SiteUrl",
        "DistributionDomainName",
        "ApiUrl",
        "ApiId",
        "TableName",
        "UserPoolId",
        "ClientId",
        "SignInUrl",
        "ImportBucket",
        "TeamTopicPrefix",
        "DeadLetterQueueUrl",
        "NotifyFunction",
        "ImportFunction",
    }
