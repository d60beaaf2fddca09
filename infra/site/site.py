"""The pages and the API on one origin: CloudFront over a private bucket and, at `/api`, the API."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from aws_cdk import CustomResource, Duration, FileSystem, Fn, RemovalPolicy, Stack
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.function import Function
from infra.site.headers import cache_control
from infra.site.paths import WITHOUT_API, known
from infra.site.response_headers import response_headers

PUBLISHER: Final = Path(__file__).parent / "publisher"


class Site(Construct):
    """Nothing but CloudFront reads the bucket; nothing but what is built is in it.

    A distribution's own error pages would take the place of the API's answers, too: it has none.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        sign_in_url: str,
        map_tiles_url: str,
        upload_url: str,
        domain: str,
        certificate_arn: str,
        web_acl_arn: str | None,
        files: Iterable[str],
    ) -> None:
        """`files`: those at the top of the built site; other paths show that there is nothing."""
        super().__init__(scope, construct_id)
        self._bucket = s3.Bucket(
            self,
            "Bucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        self._headers = response_headers(
            self,
            "Headers",
            sign_in_url=sign_in_url,
            map_tiles_url=map_tiles_url,
            upload_url=upload_url,
        )
        certificate = (
            certificates.Certificate.from_certificate_arn(self, "Certificate", certificate_arn)
            if certificate_arn
            else None
        )
        paths = self._function(
            "Paths", "paths", "Says of other paths that nothing is there", known(files)
        )
        self._distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=Stack.of(self).stack_name,
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(self._bucket),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=self._headers,
                compress=True,
                function_associations=[
                    cloudfront.FunctionAssociation(function=paths, event_type=each)
                    for each in (
                        cloudfront.FunctionEventType.VIEWER_REQUEST,
                        cloudfront.FunctionEventType.VIEWER_RESPONSE,
                    )
                ],
            ),
            default_root_object="index.html",
            domain_names=[domain] if domain else None,
            certificate=certificate,
            # Under an address of CloudFront's own it is CloudFront who decides.
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021
            if certificate
            else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            web_acl_id=web_acl_arn,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
        )
        self.bucket_arn = self._bucket.bucket_arn
        self.objects_arn = self._bucket.arn_for_objects("*")
        self.distribution_arn = self._distribution.distribution_arn
        self.host = self._distribution.distribution_domain_name
        self.urls = [f"https://{each}/" for each in (domain, self.host) if each]

    def add_api(self, api_url: str) -> None:
        """Have the API answer under `/api`, as itself: nothing of it is kept on the way."""
        without_api = self._function(
            "WithoutApi", "without-api", "Takes /api off the path", WITHOUT_API
        )
        self._distribution.add_behavior(
            "/api/*",
            origins.HttpOrigin(
                Fn.select(1, Fn.split("://", api_url)),
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
                read_timeout=Duration.seconds(30),
            ),
            # No redirect here: a token that was sent in the clear shall not seem to have worked.
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            # Authorization and the query, too; by another Host the API would not know itself.
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self._headers,
            compress=True,
            function_associations=[
                cloudfront.FunctionAssociation(
                    function=without_api, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
                )
            ],
        )

    def _function(
        self, construct_id: str, name: str, comment: str, code: str
    ) -> cloudfront.Function:
        return cloudfront.Function(
            self,
            construct_id,
            # Its name is the whole account's: of itself it would be the same for every council.
            function_name=f"{Stack.of(self).stack_name}-{name}",
            comment=comment,
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )

    def publish(self, built: Path, configuration: Mapping[str, Any]) -> Function:
        """Put the built site and its `/config.json` in the bucket; what does may do nothing yet."""
        with TemporaryDirectory() as folder:
            shutil.copytree(built, Path(folder) / "site")
            shutil.copytree(
                PUBLISHER,
                Path(folder) / PUBLISHER.name,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
            publisher = Function(
                self,
                "publisher",
                code=lambda_.Code.from_asset(folder),
                layer=None,
                memory_mb=512,
                timeout=Duration.minutes(5),
                environment={},
            )
            version = FileSystem.fingerprint(folder)
        # CloudFormation has its answer by then: a second run would publish what was rolled back.
        publisher.function.configure_async_invoke(retry_attempts=0)
        self._published = CustomResource(
            self,
            "Published",
            resource_type="Custom::PublishedSite",
            service_token=publisher.function.function_arn,
            service_timeout=Duration.minutes(10),
            properties={
                "Version": version,
                "Bucket": self._bucket.bucket_name,
                "Distribution": self._distribution.distribution_id,
                # As a text: CloudFormation makes texts of numbers and truth, and the CDK's own
                # way to write JSON leaves out what is null.
                "Configuration": json.dumps(dict(configuration), ensure_ascii=False),
                "KeepAssets": cache_control("/assets/"),
                "KeepPages": cache_control("/"),
            },
        )
        return publisher
