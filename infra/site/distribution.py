"""The CloudFront distribution: the site's bucket at `/` and the API at `/api`."""

from collections.abc import Iterable
from typing import Final

from aws_cdk import Duration, Fn, Stack
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.site.paths import STRIP_API, page_paths
from infra.site.proof import HEADER, distribution_proof

ERRORS_NOT_CACHED: Final = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
"""Every status whose caching CloudFront lets a distribution set.

By default it keeps an error for ten seconds, most of them even where the origin forbids it, and the
key of `/api/*` holds neither the query nor the token: one busy moment would be everyone's answer.
"""


class Distribution:
    """One origin for pages and API, with the same headers on both.

    It caches no errors. It has no error pages, which would replace the API's problem documents too.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        bucket: s3.IBucket,
        headers: cloudfront.IResponseHeadersPolicy,
        domain: str,
        certificate_arn: str,
        web_acl_arn: str | None,
        files: Iterable[str],
    ) -> None:
        """Serve the bucket. `files` are those at the top of the built site."""
        self._scope, self._headers = scope, headers
        certificate = (
            certificates.Certificate.from_certificate_arn(scope, "Certificate", certificate_arn)
            if certificate_arn
            else None
        )
        paths = self._function(
            "Paths", "paths", "Answers 404 for paths that do not exist", page_paths(files)
        )
        self.resource = cloudfront.Distribution(
            scope,
            "Distribution",
            comment=Stack.of(scope).stack_name,
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(bucket),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=headers,
                compress=True,
                function_associations=[
                    cloudfront.FunctionAssociation(function=paths, event_type=event_type)
                    for event_type in (
                        cloudfront.FunctionEventType.VIEWER_REQUEST,
                        cloudfront.FunctionEventType.VIEWER_RESPONSE,
                    )
                ],
            ),
            error_responses=[
                cloudfront.ErrorResponse(http_status=status, ttl=Duration.seconds(0))
                for status in ERRORS_NOT_CACHED
            ],
            default_root_object="index.html",
            domain_names=[domain] if domain else None,
            certificate=certificate,
            # Without a certificate CloudFront uses its own name and decides this itself.
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021
            if certificate
            else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            web_acl_id=web_acl_arn,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
        )

    def add_api(self, api_url: str) -> None:
        """Serve the API under `/api`, without caching any of its responses."""
        strip_api = self._function(
            "WithoutApi", "without-api", "Removes /api, adds the viewer's address", STRIP_API
        )
        self.resource.add_behavior(
            "/api/*",
            origins.HttpOrigin(
                Fn.select(1, Fn.split("://", api_url)),
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
                read_timeout=Duration.seconds(30),
                custom_headers={HEADER: distribution_proof()},
            ),
            # No redirect: a token that was sent over plain HTTP must not seem to have worked.
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            # Passes the Authorization header and the query. API Gateway needs its own Host header.
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self._headers,
            compress=True,
            function_associations=[
                cloudfront.FunctionAssociation(
                    function=strip_api, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
                )
            ],
        )

    def _function(
        self, construct_id: str, name: str, comment: str, code: str
    ) -> cloudfront.Function:
        return cloudfront.Function(
            self._scope,
            construct_id,
            # A function's name is unique in an account, so it starts with the council's stack name.
            function_name=f"{Stack.of(self._scope).stack_name}-{name}",
            comment=comment,
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
