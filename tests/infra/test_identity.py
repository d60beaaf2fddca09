"""Only the council adds people, and a stolen token is of use for minutes."""

import json

from tests.infra.written import Write, Written


def test_nobody_signs_themselves_up(written: Written) -> None:
    pool = written.one("Cognito::UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["UsernameAttributes"] == ["email"]
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}


def test_an_address_counts_only_when_it_was_shown_to_be_somebodys(written: Written) -> None:
    pool = written.one("Cognito::UserPool")
    settings = pool["UserAttributeUpdateSettings"]
    assert settings == {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    client = written.one("Cognito::UserPoolClient")
    assert client["AllowedOAuthScopes"] == ["openid"]


def test_a_council_may_send_its_invitations_by_ses(write: Write) -> None:
    sender = write(invitations_from="bedboard@example.org").one("Cognito::UserPool")
    by_ses = sender["EmailConfiguration"]
    assert by_ses["EmailSendingAccount"] == "DEVELOPER"
    assert by_ses["From"] == "Bedboard <bedboard@example.org>"
    assert ":identity/example.org" in json.dumps(by_ses["SourceArn"])
    assert "SourceArn" not in write().one("Cognito::UserPool").get("EmailConfiguration", {})


def test_an_invitation_says_who_invites_to_what_and_where_to_sign_in(write: Write) -> None:
    def invitation(**settings: str) -> dict[str, str]:
        pool = write(**settings).one("Cognito::UserPool")
        sent: dict[str, str] = pool["AdminCreateUserConfig"]["InviteMessageTemplate"]
        return sent

    arn = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000"
    named = invitation(domain="beds.example.org", certificate_arn=arn, name="Hill & <b>Dale</b>")
    assert "Bedboard" in named["EmailSubject"]
    assert named["EmailSubject"].endswith("Hill & <b>Dale</b>")
    assert "Hill &amp; &lt;b&gt;Dale&lt;/b&gt; has let you in to Bedboard" in named["EmailMessage"]
    assert "Sign in at: https://beds.example.org/<br>" in named["EmailMessage"]
    unnamed = invitation()["EmailMessage"]
    assert "Sign in at: the address your council gives you<br>" in unnamed
    for each in (named["EmailMessage"], unnamed):
        assert each.count("{username}") == each.count("{####}") == 1  # Cognito demands both
    assert len(invitation(name="x" * 300)["EmailSubject"]) == 140


def test_passwords_are_long_and_a_second_factor_is_on_offer(written: Written) -> None:
    pool = written.one("Cognito::UserPool")
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] >= 12
    assert pool["MfaConfiguration"] == "OPTIONAL"
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


def test_the_pool_outlives_the_stack(written: Written) -> None:
    pool = written.template["Resources"][written.id_of("Cognito::UserPool")]
    assert pool["DeletionPolicy"] == pool["UpdateReplacePolicy"] == "Retain"
    assert pool["Properties"]["DeletionProtection"] == "ACTIVE"


def test_pages_sign_in_by_code_without_a_secret(written: Written) -> None:
    client = written.one("Cognito::UserPoolClient")
    assert client["GenerateSecret"] is False
    assert client["AllowedOAuthFlows"] == ["code"]
    assert client["SupportedIdentityProviders"] == ["COGNITO"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_tokens_last_minutes_and_a_session_a_shift(written: Written) -> None:
    client = written.one("Cognito::UserPoolClient")
    assert client["TokenValidityUnits"]["AccessToken"] == "minutes"
    assert client["AccessTokenValidity"] <= 60
    assert client["RefreshTokenValidity"] <= 12 * 60
    assert client["EnableTokenRevocation"] is True


def test_an_administrator_signs_users_in_only_where_the_settings_say_so(write: Write) -> None:
    def flows(*, admin_sign_in: bool) -> list[str]:
        client = write(admin_sign_in=admin_sign_in).one("Cognito::UserPoolClient")
        # Where it is left out AWS lets people sign in past the pages, and change their address.
        found: list[str] = client["ExplicitAuthFlows"]
        return [flow for flow in found if flow != "ALLOW_REFRESH_TOKEN_AUTH"]

    assert flows(admin_sign_in=False) == []
    assert flows(admin_sign_in=True) == ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]


def test_the_template_makes_no_group_but_the_councils(written: Written) -> None:
    assert written.one("Cognito::UserPoolGroup")["GroupName"] == "council"


def test_the_sign_in_address_is_this_councils_in_this_account(written: Written) -> None:
    prefix = written.one("Cognito::UserPoolDomain")["Domain"]["Fn::Join"]
    assert prefix == ["", ["bedboard-ours-", {"Ref": "AWS::AccountId"}]]


def test_a_councils_own_issuer_takes_the_place_of_the_pool(write: Write) -> None:
    issuer = "https://login.example.org/tenant/v2.0"
    written = write(
        oidc_issuer=issuer, oidc_client_id="bedboard", oidc_groups_claim="https://x.example/groups"
    )
    kinds = {each["Type"] for each in written.template["Resources"].values()}
    assert not any(kind.startswith("AWS::Cognito::") for kind in kinds)
    authorizer = written.one("ApiGatewayV2::Authorizer")["JwtConfiguration"]
    assert authorizer == {"Audience": ["bedboard"], "Issuer": issuer}
    for function in written.functions().values():
        told = function["Environment"]["Variables"]
        assert told.get("GROUPS_CLAIM", "") in ("", "https://x.example/groups")
    (published,) = (
        each["Properties"]
        for each in written.template["Resources"].values()
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
    assert "UserPoolId" not in written.template["Outputs"]
    headers = json.dumps(written.one("CloudFront::ResponseHeadersPolicy"))
    assert "https://login.example.org " in headers or "https://login.example.org;" in headers
