"""Who may sign in: a user pool that only the council adds people to, and its sign-in pages."""

from collections.abc import Sequence
from html import escape
from typing import Final

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_cognito as cognito
from constructs import Construct

FIRST_PASSWORD: Final = Duration.days(3)

_LONGEST_SUBJECT: Final = 140


def invitation(*, council_name: str, domain: str) -> cognito.UserInvitationConfig:
    """What Cognito writes to somebody who is let in: who it is from, what for, and where to go."""
    # Without a domain the address is CloudFront's, which is made of what is made of this pool.
    where = f"https://{domain}/" if domain else "the address your council gives you"
    lines = (
        f"{escape(council_name)} has let you in to Bedboard, where care homes say which beds they"
        " have free and hospitals' discharge teams look for one.",
        "",
        f"Sign in at: {where}",
        "E-mail address: {username}",
        "First password: {####}",
        "",
        f"It works for {FIRST_PASSWORD.to_days():g} days; you then choose your own. If it is too"
        " late, ask the council to invite you again. If you did not expect this, leave it be.",
    )
    return cognito.UserInvitationConfig(
        email_subject=f"Your sign-in to Bedboard: {council_name}"[:_LONGEST_SUBJECT],
        email_body="<br>\n".join(lines),
    )


def _sender(address: str) -> cognito.UserPoolEmail:
    """Amazon SES: Cognito's own e-mail is for a few dozen people a day."""
    return cognito.UserPoolEmail.with_ses(
        from_email=address, from_name="Bedboard", ses_verified_domain=address.partition("@")[2]
    )


class Identity(Construct):
    """Groups of the pool say what somebody may do; the tools make those of homes and teams."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        slug: str,
        council_name: str,
        domain: str,
        invitations_from: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self.pool = cognito.UserPool(
            self,
            "Users",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
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
            user_invitation=invitation(council_name=council_name, domain=domain),
            email=_sender(invitations_from) if invitations_from else None,
            user_verification=cognito.UserVerificationConfig(
                email_subject="Bedboard: your code", email_body="Your code for Bedboard is {####}"
            ),
            # Roles are given by address: nobody goes by one that they did not show to be theirs.
            keep_original=cognito.KeepOriginalAttrs(email=True),
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.pool.add_group("Council", group_name="council")
        # A sign-in address is everybody's namespace: the account makes it this council's own.
        sign_in = self.pool.add_domain(
            "SignIn",
            cognito_domain=cognito.CognitoDomainOptions(
                domain_prefix=f"bedboard-{slug}-{Stack.of(self).account}"
            ),
        )
        self.sign_in_url = sign_in.base_url()
        region = Stack.of(self).region
        self.issuer = f"https://cognito-idp.{region}.amazonaws.com/{self.pool.user_pool_id}"

    def client(
        self, *, callback_urls: Sequence[str], logout_urls: Sequence[str], admin_sign_in: bool
    ) -> cognito.UserPoolClient:
        """How the pages sign people in, who then return to one of these addresses."""
        return self.pool.add_client(
            "Pages",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(admin_user_password=admin_sign_in),
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.OPENID],
                callback_urls=list(callback_urls),
                logout_urls=list(logout_urls),
            ),
            supported_identity_providers=[cognito.UserPoolClientIdentityProvider.COGNITO],
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            # Leaving a group takes effect when the access token ends.
            access_token_validity=Duration.minutes(30),
            id_token_validity=Duration.minutes(30),
            refresh_token_validity=Duration.hours(12),
        )
