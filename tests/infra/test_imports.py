"""The directory's bucket is closed, keeps what was overwritten, and calls the import."""

from tests.infra.written import Resource, Write, Written

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"


def bucket(written: Written) -> Resource:
    """The properties of the import's own bucket."""
    properties: Resource = written.all("S3::Bucket")[written.id_of("S3::Bucket", "Imports")][
        "Properties"
    ]
    return properties


def test_the_bucket_is_closed_to_the_public_and_to_plain_http(written: Written) -> None:
    assert set(bucket(written)["PublicAccessBlockConfiguration"].values()) == {True}
    policy = written.all("S3::BucketPolicy")[written.id_of("S3::BucketPolicy", "Imports")]
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_bucket_outlives_the_stack_and_forgets_old_versions(written: Written) -> None:
    resource = written.template["Resources"][written.id_of("S3::Bucket", "Imports")]
    assert resource["DeletionPolicy"] == "Retain"
    assert resource["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert resource["Properties"]["BucketEncryption"]
    *_, rule = resource["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule["NoncurrentVersionExpiration"]["NoncurrentDays"] == 90


def test_a_directory_which_names_managers_goes_and_its_report_stays(written: Written) -> None:
    rules = bucket(written)["LifecycleConfiguration"]["Rules"]
    (expiring,) = (each for each in rules if "ExpirationInDays" in each)
    assert expiring["Prefix"] == "directory/"
    assert expiring["Status"] == "Enabled"
    assert expiring["ExpirationInDays"] == 30
    assert expiring["NoncurrentVersionExpiration"]["NoncurrentDays"] == 30


def uploaded(written: Written) -> Resource:
    """The rule that hears of what is put into the bucket."""
    rules: list[Resource] = [each["Properties"] for each in written.all("Events::Rule").values()]
    (rule,) = (each for each in rules if "EventPattern" in each)
    return rule


def test_a_directory_calls_the_import_and_a_report_does_not(written: Written) -> None:
    rule = uploaded(written)
    assert rule["EventPattern"] == {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {
            "bucket": {"name": [{"Ref": written.id_of("S3::Bucket", "Imports")}]},
            "object": {"key": [{"prefix": "directory/"}]},
        },
    }
    (target,) = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith("ImportHomesFunction")


def test_the_bucket_tells_of_its_objects(written: Written) -> None:
    told = bucket(written)["NotificationConfiguration"]
    assert told == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_an_import_that_fails_is_tried_again_once_and_then_put_by(written: Written) -> None:
    settings = written.all("Lambda::EventInvokeConfig")
    (calls,) = (each["Properties"] for k, each in settings.items() if k.startswith("Import"))
    queue = {"Fn::GetAtt": [written.id_of("SQS::Queue"), "Arn"]}
    assert calls["MaximumRetryAttempts"] == 1
    assert calls["DestinationConfig"]["OnFailure"]["Destination"] == queue
    (target,) = uploaded(written)["Targets"]
    assert target["DeadLetterConfig"]["Arn"] == queue


def origins(written: Written) -> list[str]:
    """Those whose pages may send a file."""
    (rule,) = bucket(written)["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedMethods"] == ["POST"]
    found: list[str] = rule["AllowedOrigins"]
    return found


def test_only_the_pages_send_a_file_from_a_browser(write: Write) -> None:
    assert origins(write()) == ["https://*.cloudfront.net"]
    named = write(domain="beds.example.org", certificate_arn=CERTIFICATE)
    assert origins(named) == ["https://beds.example.org", "https://*.cloudfront.net"]
    other = write(
        site=False,
        callback_urls=["https://intranet.example.org/beds/", "http://localhost:8000/"],
        logout_urls=["https://intranet.example.org/beds/"],
    )
    assert origins(other) == ["https://intranet.example.org", "http://localhost:*"]
