"""Pages and API share one origin, which only CloudFront serves, with security headers."""

import json
from pathlib import Path
from typing import Any

from infra.site.headers import cache_control, page_headers
from shared.http.request import DISTRIBUTION_PROOF
from tests.infra.stack_template import Resource, StackTemplate, Synth

TILES = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
RETURN = "http://localhost:8000/"


def distribution(template: StackTemplate) -> Resource:
    config: Resource = template.properties("CloudFront::Distribution")["DistributionConfig"]
    return config


def api_behaviour(template: StackTemplate) -> Resource:
    (behaviour,) = distribution(template)["CacheBehaviors"]
    properties: Resource = behaviour
    return properties


def published(template: StackTemplate) -> Resource:
    """Return the properties of the custom resource that publishes the site."""
    (resource,) = (
        each["Properties"]
        for each in template.document["Resources"].values()
        if each["Type"] == "Custom::PublishedSite"
    )
    properties: Resource = resource
    return properties


def publisher(template: StackTemplate) -> Resource:
    """Return the properties of the publisher's function."""
    functions = template.resources("Lambda::Function")
    logical_id = template.logical_id("Lambda::Function", "SitePublisher")
    properties: Resource = functions[logical_id]["Properties"]
    return properties


def joined(value: Any) -> str:
    """Return a joined text with the kind of each reference in its place."""
    if isinstance(value, str):
        return value
    ((_, (_, parts)),) = value.items()
    return "".join(each if isinstance(each, str) else f"<{next(iter(each))}>" for each in parts)


def test_only_this_distribution_can_read_the_bucket(template: StackTemplate) -> None:
    bucket = template.resources("S3::Bucket")[template.logical_id("S3::Bucket", "Site")][
        "Properties"
    ]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["BucketEncryption"]
    policy = template.resources("S3::BucketPolicy")[template.logical_id("S3::BucketPolicy", "Site")]
    plain_http, reading = policy["Properties"]["PolicyDocument"]["Statement"]
    assert plain_http["Effect"] == "Deny"
    assert plain_http["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert reading["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert reading["Action"] == "s3:GetObject"
    source = json.dumps(reading["Condition"]["StringEquals"]["AWS:SourceArn"])
    assert template.logical_id("CloudFront::Distribution") in source
    access = template.properties("CloudFront::OriginAccessControl")["OriginAccessControlConfig"]
    assert access["SigningBehavior"] == "always"


def test_pages_and_api_need_tls(template: StackTemplate) -> None:
    config = distribution(template)
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert api_behaviour(template)["ViewerProtocolPolicy"] == "https-only"
    assert config["DefaultCacheBehavior"]["AllowedMethods"] == ["GET", "HEAD"]
    assert config["HttpVersion"] == "http2and3"
    assert config["PriceClass"] == "PriceClass_100"
    _, api = config["Origins"]
    assert api["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert api["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]


def test_the_api_gets_every_method_and_is_not_cached(template: StackTemplate) -> None:
    behaviour = api_behaviour(template)
    assert behaviour["PathPattern"] == "/api/*"
    assert {"PUT", "PATCH", "POST", "DELETE"} <= set(behaviour["AllowedMethods"])
    assert behaviour["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
    # AllViewerExceptHostHeader
    assert behaviour["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"


def test_requests_to_the_api_prove_that_they_came_through_the_distribution(
    template: StackTemplate,
) -> None:
    _, api = distribution(template)["Origins"]
    (header,) = api["OriginCustomHeaders"]
    assert header["HeaderName"] == DISTRIBUTION_PROOF
    function = template.functions()["post_by_link"]
    environment = function["Environment"]["Variables"]
    assert environment["DISTRIBUTION_PROOF"] == header["HeaderValue"]
    assert header["HeaderValue"] == {
        "Fn::Select": [2, {"Fn::Split": ["/", {"Ref": "AWS::StackId"}]}]
    }


def test_no_error_is_cached_and_no_error_page_replaces_a_response(
    template: StackTemplate,
) -> None:
    responses = distribution(template)["CustomErrorResponses"]
    # These two keys alone: a page would need ResponsePagePath and ResponseCode.
    assert responses == [
        {"ErrorCode": status, "ErrorCachingMinTTL": 0}
        for status in (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
    ]


def test_only_pages_check_paths_on_request_and_response(template: StackTemplate) -> None:
    both = distribution(template)["DefaultCacheBehavior"]["FunctionAssociations"]
    assert {each["EventType"] for each in both} == {"viewer-request", "viewer-response"}
    (api,) = api_behaviour(template)["FunctionAssociations"]
    assert api["EventType"] == "viewer-request"


def test_pages_and_api_send_the_security_headers(synth: Synth) -> None:
    template = synth(map_tiles_url=TILES, map_attribution="Someone")
    config = template.properties("CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    assert all(each["Override"] for each in security.values())
    transport = security["StrictTransportSecurity"]
    headers = {
        "Content-Security-Policy": joined(
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
    assert headers == page_headers(
        sign_in_urls=[signing_in, "https://cognito-idp.eu-west-2.amazonaws.com/"],
        map_tiles_url=TILES,
        upload_url=uploads,
    )
    assert template.logical_id("S3::Bucket", "Imports") in json.dumps(
        security["ContentSecurityPolicy"]
    )
    policy = {"Ref": template.logical_id("CloudFront::ResponseHeadersPolicy")}
    for behaviour in (distribution(template)["DefaultCacheBehavior"], api_behaviour(template)):
        assert behaviour["ResponseHeadersPolicyId"] == policy


def test_assets_are_cached_for_long_and_pages_are_revalidated(template: StackTemplate) -> None:
    assert published(template)["KeepAssets"] == cache_control("/assets/x.js")
    assert published(template)["KeepPages"] == cache_control("/index.html")


def test_a_changed_site_is_published_again(synth: Synth, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("another page")
    one, other = synth(), synth(pages=tmp_path)
    assert published(one)["Version"] != published(other)["Version"]
    assert publisher(one)["Code"] != publisher(other)["Code"]
    assert published(one) == published(synth())


def test_a_deployment_waits_for_publishing_with_a_limit(template: StackTemplate) -> None:
    assert published(template)["ServiceTimeout"] == str(2 * publisher(template)["Timeout"])
    assert published(template)["ServiceToken"] == {
        "Fn::GetAtt": [template.logical_id("Lambda::Function", "SitePublisher"), "Arn"]
    }


def test_the_pages_configuration_names_their_pool_and_client(template: StackTemplate) -> None:
    config = json.dumps(published(template)["Configuration"])
    for resource in (
        template.logical_id("Cognito::UserPoolClient"),
        template.logical_id("Cognito::UserPoolDomain"),
        template.logical_id("Cognito::UserPool"),
    ):
        assert f'"{resource}"' in config


def test_people_return_to_the_sites_address(synth: Synth) -> None:
    own = {"Fn::GetAtt": [synth().logical_id("CloudFront::Distribution"), "DomainName"]}
    address = {"Fn::Join": ["", ["https://", own, "/"]]}
    client = synth().properties("Cognito::UserPoolClient")
    assert client["CallbackURLs"] == client["LogoutURLs"] == [address]
    named = synth(domain="beds.example.org", certificate_arn=CERTIFICATE)
    client = named.properties("Cognito::UserPoolClient")
    assert client["CallbackURLs"] == ["https://beds.example.org/", address]
    assert named.document["Outputs"]["SiteUrl"]["Value"] == "https://beds.example.org/"


def test_a_domain_uses_its_certificate_and_tls_1_2(synth: Synth) -> None:
    config = distribution(synth(domain="beds.example.org", certificate_arn=CERTIFICATE))
    assert config["Aliases"] == ["beds.example.org"]
    assert config["ViewerCertificate"] == {
        "AcmCertificateArn": CERTIFICATE,
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }


def test_two_councils_in_one_account_share_no_names(synth: Synth) -> None:
    def names(slug: str) -> set[str]:
        template = synth(slug=slug)
        functions = template.resources("CloudFront::Function").values()
        return {
            *(each["Properties"]["Name"] for each in functions),
            template.properties("CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"][
                "Name"
            ],
            template.properties("CloudFront::OriginAccessControl")["OriginAccessControlConfig"][
                "Name"
            ],
        }

    assert not names("ours") & names("theirs")


def test_a_stack_without_a_site_is_otherwise_the_same(synth: Synth) -> None:
    def rest(template: StackTemplate) -> dict[str, str]:
        return {
            name: each["Type"]
            for name, each in template.document["Resources"].items()
            if not name.startswith("Site")
        }

    without = synth(site=False, callback_urls=[RETURN], logout_urls=[RETURN])
    assert not without.resources("CloudFront::Distribution")
    assert rest(without) == rest(synth())
    assert len(without.document["Resources"]) == len(rest(without))
