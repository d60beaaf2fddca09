"""The import bucket is private, keeps old versions and starts the import."""

from tests.infra.stack_template import Resource, StackTemplate, Synth

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"


def bucket(template: StackTemplate) -> Resource:
    """Return the properties of the import bucket."""
    properties: Resource = template.resources("S3::Bucket")[
        template.logical_id("S3::Bucket", "Imports")
    ]["Properties"]
    return properties


def test_the_bucket_is_private_and_refuses_plain_http(template: StackTemplate) -> None:
    assert set(bucket(template)["PublicAccessBlockConfiguration"].values()) == {True}
    policy = template.resources("S3::BucketPolicy")[
        template.logical_id("S3::BucketPolicy", "Imports")
    ]
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_bucket_outlives_the_stack_and_expires_old_versions(template: StackTemplate) -> None:
    resource = template.document["Resources"][template.logical_id("S3::Bucket", "Imports")]
    assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
    assert resource["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert resource["Properties"]["BucketEncryption"]
    *_, rule = resource["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule["NoncurrentVersionExpiration"]["NoncurrentDays"] == 90


def test_directories_with_managers_names_expire_and_reports_stay(template: StackTemplate) -> None:
    rules = bucket(template)["LifecycleConfiguration"]["Rules"]
    expiring, removals = (each for each in rules if "ExpirationInDays" in each)
    assert removals["Prefix"] == "removals/"
    assert expiring["Prefix"] == "directory/"
    assert expiring["Status"] == "Enabled"
    assert expiring["ExpirationInDays"] == 30
    assert expiring["NoncurrentVersionExpiration"]["NoncurrentDays"] == 30


def upload_rule(template: StackTemplate) -> Resource:
    """Return the rule for uploads to the bucket."""
    rules: list[Resource] = [
        each["Properties"] for each in template.resources("Events::Rule").values()
    ]
    (rule,) = (each for each in rules if "EventPattern" in each)
    return rule


def test_a_directory_starts_an_import_and_a_report_does_not(template: StackTemplate) -> None:
    rule = upload_rule(template)
    assert rule["EventPattern"] == {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {
            "bucket": {"name": [{"Ref": template.logical_id("S3::Bucket", "Imports")}]},
            "object": {"key": [{"prefix": "directory/"}]},
        },
    }
    (target,) = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith("ImportHomesFunction")


def test_the_bucket_sends_its_events_to_eventbridge(template: StackTemplate) -> None:
    notifications = bucket(template)["NotificationConfiguration"]
    assert notifications == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_a_failed_import_is_retried_once_and_then_a_dead_letter(template: StackTemplate) -> None:
    settings = template.resources("Lambda::EventInvokeConfig")
    (invocation,) = (each["Properties"] for k, each in settings.items() if k.startswith("Import"))
    queue = {"Fn::GetAtt": [template.logical_id("SQS::Queue", "DeadLetters"), "Arn"]}
    assert invocation["MaximumRetryAttempts"] == 1
    assert invocation["DestinationConfig"]["OnFailure"]["Destination"] == queue
    (target,) = upload_rule(template)["Targets"]
    assert target["DeadLetterConfig"]["Arn"] == queue


def origins(template: StackTemplate) -> list[str]:
    """Return the origins whose pages may upload a file."""
    (rule,) = bucket(template)["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedMethods"] == ["POST"]
    origins: list[str] = rule["AllowedOrigins"]
    return origins


def test_only_the_councils_pages_can_upload_from_a_browser(synth: Synth) -> None:
    assert origins(synth()) == ["https://*.cloudfront.net"]
    named = synth(domain="beds.example.org", certificate_arn=CERTIFICATE)
    assert origins(named) == ["https://beds.example.org", "https://*.cloudfront.net"]
    other = synth(
        site=False,
        callback_urls=["https://intranet.example.org/beds/", "http://localhost:8000/"],
        logout_urls=["https://intranet.example.org/beds/"],
    )
    assert origins(other) == ["https://intranet.example.org", "http://localhost:*"]


def test_eventbridge_can_send_the_uploads_it_could_not_deliver_as_dead_letters(
    stacks: dict[str, StackTemplate],
) -> None:
    """The queue's policy knows only how the rule's name begins: the rule is in another stack."""
    policy = stacks["Data"].properties("SQS::QueuePolicy")
    statements = policy["PolicyDocument"]["Statement"]
    (allowed,) = (each for each in statements if each["Effect"] == "Allow")
    assert allowed["Principal"] == {"Service": "events.amazonaws.com"}
    assert allowed["Action"] == "sqs:SendMessage"
    rules = allowed["Condition"]["ArnLike"]["aws:SourceArn"]["Fn::Join"][1][-1]
    assert rules == ":rule/bedboard-*"
