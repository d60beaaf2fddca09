"""The site: a private bucket, the distribution before it, and the publisher of the pages."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from aws_cdk import CustomResource, Duration, FileSystem, RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.buckets import private_bucket
from infra.council.model import Council
from infra.council.pages_config import pages_config
from infra.function import Function
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.site.distribution import Distribution
from infra.site.headers import cache_control
from infra.site.response_headers import response_headers

PUBLISHER: Final = Path(__file__).parent / "publisher"


class Site(Construct):
    """The pages of one council. Only CloudFront reads the bucket, and only the build fills it."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        council: Council,
        identity: Identity,
        imports: ImportBucket,
        pages: Path,
        web_acl_arn: str | None,
    ) -> None:
        """`pages` is the folder of the built site; without `web_acl_arn` it has no firewall."""
        super().__init__(scope, construct_id)
        self._council, self._pages = council, pages
        self._bucket = private_bucket(self, removal_policy=RemovalPolicy.DESTROY)
        self._distribution = Distribution(
            self,
            bucket=self._bucket,
            headers=response_headers(
                self,
                "Headers",
                sign_in_url=identity.sign_in_origin,
                account_url=identity.account_url,
                map_tiles_url=council.map_tiles_url,
                upload_url=imports.url,
            ),
            domain=council.domain,
            certificate_arn=council.certificate_arn,
            web_acl_arn=web_acl_arn,
            files=[path.name for path in pages.iterdir() if path.is_file()],
        )
        distribution = self._distribution.resource
        self.bucket_arn = self._bucket.bucket_arn
        self.objects_arn = self._bucket.arn_for_objects("*")
        self.distribution_arn = distribution.distribution_arn
        self.host = distribution.distribution_domain_name
        self.urls = [f"https://{host}/" for host in (council.domain, self.host) if host]

    def add_api(self, api_url: str) -> None:
        """Serve the API under `/api`."""
        self._distribution.add_api(api_url)

    def publish(self, identity: Identity) -> Function:
        """Publish the pages and `/config.json`, and return the function that does so.

        The function needs the rights of `grant_publishing`.
        """
        with TemporaryDirectory() as folder:
            shutil.copytree(self._pages, Path(folder) / "site")
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
        # CloudFormation has its answer by then: a retry could publish what was rolled back.
        publisher.resource.configure_async_invoke(retry_attempts=0)
        config = pages_config(
            self._council,
            issuer=identity.issuer,
            client_id=identity.client_id,
            sign_in_url=identity.sign_in_url,
            account_url=identity.account_url,
        )
        CustomResource(
            self,
            "Published",
            resource_type="Custom::PublishedSite",
            service_token=publisher.resource.function_arn,
            service_timeout=Duration.minutes(10),
            properties={
                "Version": version,
                "Bucket": self._bucket.bucket_name,
                "Distribution": self._distribution.resource.distribution_id,
                # As text: CloudFormation turns numbers and booleans into text, and the CDK's own
                # JSON leaves out nulls.
                "Configuration": json.dumps(config, ensure_ascii=False),
                "KeepAssets": cache_control("/assets/"),
                "KeepPages": cache_control("/"),
            },
        )
        return publisher
