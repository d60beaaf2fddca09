"""Nobody may do more than their part takes, and the operator is told where everything is."""

import pytest

from infra.grants import OF_PEOPLE
from tests.infra.written import FUNCTIONS, Resource, Write, Written, listed

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
    found: list[Resource] = []
    for statement in written.statements(function):
        if action in listed(statement):
            resource = statement["Resource"]
            found += resource if isinstance(resource, list) else [resource]
    return found


def test_search_only_queries(written: Written) -> None:
    assert written.actions("search") - COMMON == {"dynamodb:Query"}


def test_an_overview_only_queries(written: Written) -> None:
    assert written.actions("council_overview") - COMMON == {"dynamodb:Query"}


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
    assert on(written, "show_home", "dynamodb:Query") == [table, of_home]
    for name in ("search", "council_overview", "subscribe", "notify", "import_homes"):
        assert on(written, name, "dynamodb:Query") == [table]


def test_an_import_reads_directories_and_writes_reports(written: Written) -> None:
    bucket = {"Fn::GetAtt": [written.id_of("S3::Bucket", "Imports"), "Arn"]}
    for action, folder in ("s3:GetObject", "/directory/*"), ("s3:PutObject", "/reports/*"):
        assert on(written, "import_homes", action) == [{"Fn::Join": ["", [bucket, folder]]}]


def test_a_directory_is_put_and_its_report_read_and_nothing_else(written: Written) -> None:
    bucket = {"Fn::GetAtt": [written.id_of("S3::Bucket", "Imports"), "Arn"]}
    actions = written.actions("upload_directory") - COMMON
    assert actions == {"s3:PutObject", "s3:GetObject", "s3:ListBucket"}
    for action, folder in ("s3:PutObject", "/directory/*"), ("s3:GetObject", "/reports/*"):
        assert on(written, "upload_directory", action) == [{"Fn::Join": ["", [bucket, folder]]}]
    assert on(written, "upload_directory", "s3:ListBucket") == [bucket]
    (listing,) = (
        each for each in written.statements("upload_directory") if "s3:ListBucket" in listed(each)
    )
    assert listing["Condition"] == {"StringLike": {"s3:prefix": "reports/*"}}


def test_people_are_managed_in_the_own_pool_and_no_password_is_set(written: Written) -> None:
    actions = written.actions("manage_people") - COMMON - {"dynamodb:GetItem"}
    assert actions == set(OF_PEOPLE)
    pool = {"Fn::GetAtt": [written.id_of("Cognito::UserPool"), "Arn"]}
    for action in actions:
        assert on(written, "manage_people", action) == [pool]
    others = set.union(*(written.actions(name) for name in FUNCTIONS - {"manage_people"}))
    assert not any(each.startswith("cognito-idp:") for each in others)


def test_with_an_issuer_of_the_councils_own_nobody_is_managed_here(write: Write) -> None:
    written = write(
        oidc_issuer="https://login.example.org/v2.0",
        oidc_client_id="bedboard",
        oidc_groups_claim="groups",
    )
    assert written.actions("manage_people") - COMMON == {"dynamodb:GetItem"}


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
        "Issuer",
        "SignInUrl",
        "ImportBucket",
        "TeamTopicPrefix",
        "DeadLetterQueueUrl",
        "NotifyFunction",
        "ImportFunction",
    }
