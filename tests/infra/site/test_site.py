"""One origin for pages and API, read by CloudFront alone, with the headers that infra defines."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra.site.headers import cache_control, page_headers
from infra.site.paths import WITHOUT_API, known
from tests.infra.written import Resource, Write, Written

TILES = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
RETURN = "http://localhost:8000/"


def distribution(written: Written) -> Resource:
    config: Resource = written.one("CloudFront::Distribution")["DistributionConfig"]
    return config


def api_behaviour(written: Written) -> Resource:
    (behaviour,) = distribution(written)["CacheBehaviors"]
    found: Resource = behaviour
    return found


def code_of(written: Written, beginning: str) -> str:
    """Of the CloudFront function whose logical id so begins."""
    functions = written.all("CloudFront::Function")
    code: str = functions[written.id_of("CloudFront::Function", beginning)]["Properties"][
        "FunctionCode"
    ]
    return code


def ran(code: str, event: Resource) -> Any:
    """What a CloudFront function makes of an event."""
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"
    done = subprocess.run(["node", "-e", script], capture_output=True, check=True)  # noqa: S603, S607
    return json.loads(done.stdout)


def published(written: Written) -> Resource:
    """What the publisher is told to put into the bucket."""
    (found,) = (
        each["Properties"]
        for each in written.template["Resources"].values()
        if each["Type"] == "Custom::PublishedSite"
    )
    properties: Resource = found
    return properties


def publisher(written: Written) -> Resource:
    """The function that does."""
    functions = written.all("Lambda::Function")
    found: Resource = functions[written.id_of("Lambda::Function", "SitePublisher")]["Properties"]
    return found


def plain(value: Any) -> str:
    """A joined text, with the name of each resource that it refers to in its place."""
    if isinstance(value, str):
        return value
    ((_, (_, parts)),) = value.items()
    return "".join(each if isinstance(each, str) else f"<{next(iter(each))}>" for each in parts)


def test_only_this_distribution_reads_the_bucket_and_only_objects(written: Written) -> None:
    bucket = written.all("S3::Bucket")[written.id_of("S3::Bucket", "Site")]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["BucketEncryption"]
    policy = written.all("S3::BucketPolicy")[written.id_of("S3::BucketPolicy", "Site")]
    plain_http, reading = policy["Properties"]["PolicyDocument"]["Statement"]
    assert plain_http["Effect"] == "Deny"
    assert plain_http["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert reading["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert reading["Action"] == "s3:GetObject"
    source = json.dumps(reading["Condition"]["StringEquals"]["AWS:SourceArn"])
    assert written.id_of("CloudFront::Distribution") in source
    access = written.one("CloudFront::OriginAccessControl")["OriginAccessControlConfig"]
    assert access["SigningBehavior"] == "always"


def test_pages_and_api_are_reached_over_tls_alone(written: Written) -> None:
    config = distribution(written)
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert api_behaviour(written)["ViewerProtocolPolicy"] == "https-only"
    assert config["HttpVersion"] == "http2and3"
    assert config["PriceClass"] == "PriceClass_100"
    _, api = config["Origins"]
    assert api["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert api["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]


def test_the_api_answers_every_method_itself_and_nothing_of_it_is_kept(written: Written) -> None:
    behaviour = api_behaviour(written)
    assert behaviour["PathPattern"] == "/api/*"
    assert {"PUT", "PATCH", "POST", "DELETE"} <= set(behaviour["AllowedMethods"])
    assert behaviour["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
    # AllViewerExceptHostHeader
    assert behaviour["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"


def test_no_error_page_takes_the_place_of_the_apis_own_answers(written: Written) -> None:
    assert "CustomErrorResponses" not in distribution(written)


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/api/vacancies", "/vacancies"),
        ("/api/homes/1-9000000001/changes", "/homes/1-9000000001/changes"),
        ("/api/", "/"),
        ("/api/api/x", "/api/x"),
    ],
)
def test_the_api_sees_its_own_paths(written: Written, asked: str, reached: str) -> None:
    assert code_of(written, "SiteWithoutApi") == WITHOUT_API
    request = {"uri": asked, "querystring": {"near": {"value": "EX2"}}}
    assert ran(WITHOUT_API, {"request": request}) == {
        "uri": reached,
        "querystring": {"near": {"value": "EX2"}},
    }


@pytest.mark.parametrize("uri", ["/", "/index.html", "/config.json", "/assets/0123/page.js"])
def test_what_is_there_is_left_alone(written: Written, uri: str) -> None:
    code = code_of(written, "SitePaths")
    assert code == known(["index.html"])
    assert ran(code, {"request": {"uri": uri}}) == {"uri": uri}
    answer = {"statusCode": 200}
    assert ran(code, {"request": {"uri": uri}, "response": answer}) == answer


@pytest.mark.parametrize("uri", ["/serach.html", "/wp-admin/", "/not-found.html", "/assets"])
def test_other_paths_show_that_there_is_nothing_with_the_status_of_that(uri: str) -> None:
    code = known(["index.html", "not-found.html"])
    assert ran(code, {"request": {"uri": uri}}) == {"uri": "/not-found.html"}
    # It is not documented whether the way out sees the path that was asked or that it became.
    for seen in (uri, "/not-found.html"):
        answer = ran(code, {"request": {"uri": seen}, "response": {"statusCode": 200}})
        assert answer == {"statusCode": 404, "statusDescription": "Not Found"}


def test_paths_are_looked_at_on_the_way_in_and_out_of_pages_alone(written: Written) -> None:
    both = distribution(written)["DefaultCacheBehavior"]["FunctionAssociations"]
    assert {each["EventType"] for each in both} == {"viewer-request", "viewer-response"}
    (api,) = api_behaviour(written)["FunctionAssociations"]
    assert api["EventType"] == "viewer-request"


def test_pages_and_api_are_sent_with_the_headers_that_infra_defines(write: Write) -> None:
    written = write(map_tiles_url=TILES, map_attribution="Somebody")
    config = written.one("CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    assert all(each["Override"] for each in security.values())
    transport = security["StrictTransportSecurity"]
    sent = {
        "Content-Security-Policy": plain(
            security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        ),
        "Strict-Transport-Security": f"max-age={transport['AccessControlMaxAgeSec']}"
        + ("; includeSubDomains" if transport["IncludeSubdomains"] else ""),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        **{each["Header"]: each["Value"] for each in config["CustomHeadersConfig"]["Items"]},
    }
    signing_in = "https://<Ref>.auth.eu-west-2.amazoncognito.com"
    uploads = "https://<Fn::GetAtt>"
    assert sent == page_headers(sign_in_urls=[signing_in], map_tiles_url=TILES, upload_url=uploads)
    assert written.id_of("S3::Bucket", "Imports") in json.dumps(security["ContentSecurityPolicy"])
    policy = {"Ref": written.id_of("CloudFront::ResponseHeadersPolicy")}
    for behaviour in (distribution(written)["DefaultCacheBehavior"], api_behaviour(written)):
        assert behaviour["ResponseHeadersPolicyId"] == policy


def test_assets_are_kept_for_ever_and_pages_asked_for_each_time(written: Written) -> None:
    assert published(written)["KeepAssets"] == cache_control("/assets/x.js")
    assert published(written)["KeepPages"] == cache_control("/index.html")


def test_what_publishes_carries_the_site_and_is_told_when_it_has_changed(
    write: Write, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("another page")
    one, other = write(), write(pages=tmp_path)
    assert published(one)["Version"] != published(other)["Version"]
    assert publisher(one)["Code"] != publisher(other)["Code"]
    assert published(one) == published(write())


def test_a_deployment_waits_for_the_site_but_not_for_ever(written: Written) -> None:
    assert published(written)["ServiceTimeout"] == str(2 * publisher(written)["Timeout"])
    assert published(written)["ServiceToken"] == {
        "Fn::GetAtt": [written.id_of("Lambda::Function", "SitePublisher"), "Arn"]
    }


def test_the_pages_are_told_of_their_pool_and_client(written: Written) -> None:
    told = json.dumps(published(written)["Configuration"])
    for resource in (
        written.id_of("Cognito::UserPoolClient"),
        written.id_of("Cognito::UserPoolDomain"),
        written.id_of("Cognito::UserPool"),
    ):
        assert f'"{resource}"' in told


def test_people_return_to_the_sites_own_address(write: Write) -> None:
    own = {"Fn::GetAtt": [write().id_of("CloudFront::Distribution"), "DomainName"]}
    clouds = {"Fn::Join": ["", ["https://", own, "/"]]}
    client = write().one("Cognito::UserPoolClient")
    assert client["CallbackURLs"] == client["LogoutURLs"] == [clouds]
    named = write(domain="beds.example.org", certificate_arn=CERTIFICATE)
    client = named.one("Cognito::UserPoolClient")
    assert client["CallbackURLs"] == ["https://beds.example.org/", clouds]
    assert named.template["Outputs"]["SiteUrl"]["Value"] == "https://beds.example.org/"


def test_a_councils_own_address_takes_its_certificate_and_tls_of_today(write: Write) -> None:
    config = distribution(write(domain="beds.example.org", certificate_arn=CERTIFICATE))
    assert config["Aliases"] == ["beds.example.org"]
    assert config["ViewerCertificate"] == {
        "AcmCertificateArn": CERTIFICATE,
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }


def test_two_councils_of_one_account_share_no_name(write: Write) -> None:
    def names(slug: str) -> set[str]:
        written = write(slug=slug)
        functions = written.all("CloudFront::Function").values()
        return {
            *(each["Properties"]["Name"] for each in functions),
            written.one("CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]["Name"],
            written.one("CloudFront::OriginAccessControl")["OriginAccessControlConfig"]["Name"],
        }

    assert not names("ours") & names("theirs")


def test_a_stack_without_a_site_is_otherwise_the_same(write: Write) -> None:
    def rest(written: Written) -> dict[str, str]:
        return {
            name: each["Type"]
            for name, each in written.template["Resources"].items()
            if not name.startswith("Site")
        }

    without = write(site=False, callback_urls=[RETURN], logout_urls=[RETURN])
    assert not without.all("CloudFront::Distribution")
    assert rest(without) == rest(write())
    assert len(without.template["Resources"]) == len(rest(without))
