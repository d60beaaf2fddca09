"""The headers of `infra.site.headers` as a CloudFront policy."""

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.site.headers import page_headers

_SIGN_IN: Final = "https://sign-in.invalid"
"""A placeholder for an address that is known only when the stack is deployed."""
_ACCOUNT: Final = "https://account.invalid"
_UPLOAD: Final = "https://upload.invalid"
"""Placeholders of the same kind."""


def response_headers(
    scope: Construct,
    construct_id: str,
    *,
    sign_in_url: str,
    account_url: str,
    map_tiles_url: str,
    upload_url: str,
) -> cloudfront.ResponseHeadersPolicy:
    """Return the policy that adds the headers to every response.

    Some of them are settings of their own in CloudFront.
    """
    headers = page_headers(
        sign_in_urls=[_SIGN_IN, *([_ACCOUNT] if account_url else [])],
        map_tiles_url=map_tiles_url,
        upload_url=_UPLOAD,
    )
    policy = (
        headers.pop("Content-Security-Policy")
        .replace(_SIGN_IN, sign_in_url)
        .replace(_ACCOUNT, account_url.rstrip("/"))
        .replace(_UPLOAD, upload_url)
    )
    transport = headers.pop("Strict-Transport-Security").split("; ")
    seconds = int(transport[0].removeprefix("max-age="))
    headers.pop("X-Content-Type-Options")  # it has one possible value
    return cloudfront.ResponseHeadersPolicy(
        scope,
        construct_id,
        security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
            content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                content_security_policy=policy, override=True
            ),
            strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                access_control_max_age=Duration.seconds(seconds),
                include_subdomains="includeSubDomains" in transport,
                override=True,
            ),
            content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
            frame_options=cloudfront.ResponseHeadersFrameOptions(
                frame_option=cloudfront.HeadersFrameOption[headers.pop("X-Frame-Options")],
                override=True,
            ),
            referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                referrer_policy=cloudfront.HeadersReferrerPolicy[
                    headers.pop("Referrer-Policy").upper().replace("-", "_")
                ],
                override=True,
            ),
        ),
        custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
            custom_headers=[
                cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
                for name, value in headers.items()
            ]
        ),
    )
