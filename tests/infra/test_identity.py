"""Only the council adds people, and a stolen token works for minutes only."""

import json

from tests.infra.stack_template import StackTemplate, Synth


def test_people_cannot_sign_themselves_up(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["UsernameAttributes"] == ["email"]
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}


def test_a_new_email_address_counts_only_once_verified(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    settings = pool["UserAttributeUpdateSettings"]
    assert settings == {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    client = template.properties("Cognito::UserPoolClient")
    assert client["AllowedOAuthScopes"] == ["openid"]


def test_a_council_can_send_invitations_by_ses(synth: Synth) -> None:
    sender = synth(email_from="bedboard@example.org").properties("Cognito::UserPool")
    by_ses = sender["EmailConfiguration"]
    assert by_ses["EmailSendingAccount"] == "DEVELOPER"
    assert by_ses["From"] == "Bedboard <bedboard@example.org>"
    assert ":identity/example.org" in json.dumps(by_ses["SourceArn"])
    assert "SourceArn" not in synth().properties("Cognito::UserPool").get("EmailConfiguration", {})


def test_an_invitation_says_who_sent_it_and_where_to_sign_in(synth: Synth) -> None:
    def invitation(**settings: str) -> dict[str, str]:
        pool = synth(**settings).properties("Cognito::UserPool")
        sent: dict[str, str] = pool["AdminCreateUserConfig"]["InviteMessageTemplate"]
        return sent

    arn = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000"
    named = invitation(domain="beds.example.org", certificate_arn=arn, name="Hill & <b>Dale</b>")
    assert "Bedboard" in named["EmailSubject"]
    assert named["EmailSubject"].endswith("Hill & <b>Dale</b>")
    assert (
        "Hill &amp; &lt;b&gt;Dale&lt;/b&gt; has given you access to Bedboard"
        in named["EmailMessage"]
    )
    assert "Sign in at: https://beds.example.org/<br>" in named["EmailMessage"]
    unnamed = invitation()["EmailMessage"]
    assert "Sign in at: the address your council gives you<br>" in unnamed
    for each in (named["EmailMessage"], unnamed):
        assert each.count("{username}") == each.count("{####}") == 1  # Cognito demands both
    assert len(invitation(name="x" * 300)["EmailSubject"]) == 140


def test_passwords_are_long_and_a_second_factor_is_optional(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] >= 12
    assert pool["MfaConfiguration"] == "OPTIONAL"
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


def test_the_pool_outlives_the_stack(template: StackTemplate) -> None:
    pool = template.document["Resources"][template.logical_id("Cognito::UserPool")]
    assert pool["DeletionPolicy"] == "RetainExceptOnCreate"
    assert pool["UpdateReplacePolicy"] == "Retain"


def test_pages_sign_in_by_authorization_code_without_a_secret(template: StackTemplate) -> None:
    client = template.properties("Cognito::UserPoolClient")
    assert client["GenerateSecret"] is False
    assert client["AllowedOAuthFlows"] == ["code"]
    assert client["SupportedIdentityProviders"] == ["COGNITO"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_tokens_last_minutes_and_a_session_lasts_a_shift(template: StackTemplate) -> None:
    client = template.properties("Cognito::UserPoolClient")
    assert client["TokenValidityUnits"]["AccessToken"] == "minutes"
    assert client["AccessTokenValidity"] <= 60
    assert client["RefreshTokenValidity"] <= 12 * 60
    assert client["EnableTokenRevocation"] is True


def test_admin_sign_in_is_off_unless_the_settings_turn_it_on(synth: Synth) -> None:
    def flows(*, admin_sign_in: bool) -> list[str]:
        client = synth(admin_sign_in=admin_sign_in).properties("Cognito::UserPoolClient")
        # Without an explicit list AWS lets people sign in past the pages and change their address.
        flows: list[str] = client["ExplicitAuthFlows"]
        return [flow for flow in flows if flow != "ALLOW_REFRESH_TOKEN_AUTH"]

    assert flows(admin_sign_in=False) == []
    assert flows(admin_sign_in=True) == ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]


def test_the_template_creates_only_the_council_group(template: StackTemplate) -> None:
    assert template.properties("Cognito::UserPoolGroup")["GroupName"] == "council"


def test_the_sign_in_address_is_unique_to_council_and_account(template: StackTemplate) -> None:
    prefix = template.properties("Cognito::UserPoolDomain")["Domain"]["Fn::Join"]
    assert prefix == ["", ["bedboard-ours-", {"Ref": "AWS::AccountId"}]]


def test_a_councils_own_issuer_replaces_the_user_pool(synth: Synth) -> None:
    issuer = "https://login.example.org/tenant/v2.0"
    template = synth(
        oidc_issuer=issuer, oidc_client_id="bedboard", oidc_groups_claim="https://x.example/groups"
    )
    kinds = {each["Type"] for each in template.document["Resources"].values()}
    assert not any(kind.startswith("AWS::Cognito::") for kind in kinds)
    authorizer = template.properties("ApiGatewayV2::Authorizer")["JwtConfiguration"]
    assert authorizer == {"Audience": ["bedboard"], "Issuer": issuer}
    for function in template.functions().values():
        variables = function["Environment"]["Variables"]
        assert variables.get("GROUPS_CLAIM", "") in ("", "https://x.example/groups")
    (published,) = (
        each["Properties"]
        for each in template.document["Resources"].values()
        if each["Type"] == "Custom::PublishedSite"
    )
    sign_in = json.loads(published["Configuration"])["sign_in"]
    assert sign_in == {
        "issuer": issuer,
        "client_id": "bedboard",
        "groups_claim": "https://x.example/groups",
        "scope": "openid",
        "endpoints": None,
    }
    assert "UserPoolId" not in template.document["Outputs"]
    headers = json.dumps(template.properties("CloudFront::ResponseHeadersPolicy"))
    assert "https://login.example.org " in headers or "https://login.example.org;" in headers
