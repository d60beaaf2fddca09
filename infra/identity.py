"""Who may sign in: the stack's user pool and its sign-in pages, or the council's own issuer."""

from collections.abc import Sequence
from html import escape
from typing import Final

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.council.model import Council
from infra.second_step import SecondStep

FIRST_PASSWORD: Final = Duration.days(3)
"""How long the password in an invitation works."""

_LONGEST_SUBJECT: Final = 140
"""Characters: Cognito's limit."""


class Identity(Construct):
    """The issuer whose tokens the API accepts. A person's groups decide what they may do.

    A council without its own issuer gets a user pool, to which only the council adds people.
    """

    def __init__(
        self, scope: Construct, construct_id: str, council: Council, *, protected: bool
    ) -> None:
        """`protected` keeps AWS from deleting the pool."""
        super().__init__(scope, construct_id)
        self._council = council
        self._pool = None if council.oidc_issuer else self._user_pool(protected=protected)
        self.client_id = council.oidc_client_id
        self.trigger = (
            SecondStep(
                self, "SecondStep", self._pool, required_for=council.second_step_for
            ).function
            if self._pool and council.second_step_for != "nobody"
            else None
        )
        """The function that Cognito calls before it issues a token."""
        if self._pool is None:
            self.issuer = council.oidc_issuer
            self.sign_in_url, self.sign_in_origin = "", council.oidc_origin
            self.pool_id, self.pool_arn, self.account_url = "", "", ""
            return
        officers = self._pool.add_group("Council", group_name="council")
        officers.apply_removal_policy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
        # Sign-in addresses are shared by all of AWS: the account's number makes this one unique.
        sign_in = self._pool.add_domain(
            "SignIn",
            cognito_domain=cognito.CognitoDomainOptions(
                domain_prefix=f"bedboard-{council.slug}-{Stack.of(self).account}"
            ),
        )
        self.pool_id, self.pool_arn = self._pool.user_pool_id, self._pool.user_pool_arn
        self.account_url = f"https://cognito-idp.{Stack.of(self).region}.amazonaws.com/"
        self.issuer = f"{self.account_url}{self.pool_id}"
        self.sign_in_url = self.sign_in_origin = sign_in.base_url()

    def _user_pool(self, *, protected: bool) -> cognito.UserPool:
        council = self._council
        return cognito.UserPool(
            self,
            "Users",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            # For the second version of the trigger. It costs the same up to 10,000 people.
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            # Not REQUIRED: Cognito would then not let the council switch off the second step of
            # someone whose phone is lost. `second_step_for` is kept by the trigger.
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=FIRST_PASSWORD,
            ),
            user_invitation=invitation(council_name=council.name, domain=council.domain),
            email=_ses_sender(council.email_from) if council.email_from else None,
            user_verification=cognito.UserVerificationConfig(
                email_subject="Your Bedboard code", email_body="Your code for Bedboard is {####}"
            ),
            # Roles belong to an email address, so a new address counts only once it is verified.
            keep_original=cognito.KeepOriginalAttrs(email=True),
            deletion_protection=protected,
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )

    def add_client(self, scope: Construct, site_urls: Sequence[str]) -> None:
        """Let the pages sign people in, who then return to `site_urls` or the council's addresses.

        The client belongs to `scope`, the stack of the pages. This sets `client_id`. A council with
        its own issuer has registered the pages there itself.
        """
        if self._pool is None:
            return
        council = self._council
        client = cognito.UserPoolClient(
            scope,
            "Client",
            user_pool=self._pool,
            generate_secret=False,
            auth_flows=cognito.AuthFlow(admin_user_password=council.admin_sign_in),
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                # The pages request the second one only while someone sets up a second step.
                scopes=[cognito.OAuthScope.OPENID, cognito.OAuthScope.COGNITO_ADMIN],
                callback_urls=[*site_urls, *council.callback_urls],
                logout_urls=[*site_urls, *council.logout_urls],
            ),
            supported_identity_providers=[cognito.UserPoolClientIdentityProvider.COGNITO],
            # The second scope would otherwise let people change the address they are known by.
            write_attributes=cognito.ClientAttributes().with_standard_attributes(locale=True),
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            # Someone removed from a group keeps its rights until their access token expires.
            access_token_validity=Duration.minutes(30),
            id_token_validity=Duration.minutes(30),
            refresh_token_validity=Duration.hours(12),
        )
        self.client_id = client.user_pool_client_id


def invitation(*, council_name: str, domain: str) -> cognito.UserInvitationConfig:
    """Return the email to someone who is given access: who sent it, what for and where to go."""
    # CloudFront's address would be circular here: it depends on the user pool.
    address = f"https://{domain}/" if domain else "the address your council gives you"
    lines = (
        f"{escape(council_name)} has given you access to Bedboard. Care homes use it to say which"
        " beds they have free, and hospital discharge teams use it to find one.",
        "",
        f"Sign in at: {address}",
        "Email address: the one that this email was sent to",
        "First password: {####}",
        "",
        f"This password works for {FIRST_PASSWORD.to_days():g} days. When you sign in you choose"
        " your own. If it no longer works, ask the council to invite you again.",
        "",
        "If you did not expect this email, ignore it.",
        "",
        # Cognito's older documentation demands it. It is an id, or the address: either will do.
        "Reference: {username}",
    )
    return cognito.UserInvitationConfig(
        email_subject=f"Your Bedboard account: {council_name}"[:_LONGEST_SUBJECT],
        email_body="<br>\n".join(lines),
    )


def _ses_sender(address: str) -> cognito.UserPoolEmail:
    """Send by Amazon SES: Cognito's own email is limited to a few dozen a day."""
    return cognito.UserPoolEmail.with_ses(
        from_email=address, from_name="Bedboard", ses_verified_domain=address.partition("@")[2]
    )
