"""Only the council adds people, and a stolen token works for minutes only."""

import json
import re
from typing import Any

import pytest

from tests.infra.stack_template import StackTemplate, Synth


def published_sign_in(template: StackTemplate) -> dict[str, Any]:
    """Return what the pages are told about signing in, with the references left out."""
    (published,) = (
        each["Properties"]["Configuration"]
        for each in template.document["Resources"].values()
        if each["Type"] == "Custom::PublishedSite"
    )
    if isinstance(published, dict):
        published = "".join(
            part if isinstance(part, str) else "x" for part in published["Fn::Join"][1]
        )
    sign_in: dict[str, Any] = json.loads(published)["sign_in"]
    return sign_in


def test_people_cannot_sign_themselves_up(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["UsernameAttributes"] == ["email"]
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}


def test_a_new_email_address_counts_only_once_verified(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    settings = pool["UserAttributeUpdateSettings"]
    assert settings == {"AttributesRequireVerificationBeforeUpdate": ["email"]}


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
        assert each.count("{####}") == 1
        # It may be an id that says nothing to people: nobody is told to sign in with it.
        assert each.count("{username}") == 1
        assert each.endswith("<br>\nReference: {username}")
        assert "Email address: the one that this email was sent to<br>" in each
    assert len(invitation(name="x" * 300)["EmailSubject"]) == 140


def test_passwords_are_long(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] >= 12


def test_people_can_set_up_the_second_step_that_is_on_offer(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    assert (pool["MfaConfiguration"], pool["EnabledMfas"]) == ("OPTIONAL", ["SOFTWARE_TOKEN_MFA"])
    # Cognito's own pages do not offer it: a page of Bedboard's does, and it needs all of these.
    sign_in = published_sign_in(template)
    assert sign_in["account"]["scope"].split() == ["openid", "aws.cognito.signin.user.admin"]
    assert sign_in["scope"] == "openid"  # of every other page
    client = template.properties("Cognito::UserPoolClient")
    assert client["AllowedOAuthScopes"] == sign_in["account"]["scope"].split()
    assert sign_in["account"]["url"] == "https://cognito-idp.eu-west-2.amazonaws.com/"
    headers = json.dumps(template.properties("CloudFront::ResponseHeadersPolicy"))
    (policy,) = re.findall(r"connect-src [^;]*", headers)
    assert "https://cognito-idp.eu-west-2.amazonaws.com" in policy.split()


def test_nobody_changes_the_address_that_the_council_invited(template: StackTemplate) -> None:
    client = template.properties("Cognito::UserPoolClient")
    assert client["WriteAttributes"] == ["locale"]
    # Cognito lets people write what a pool requires of them, whatever the list says.
    assert "Schema" not in template.properties("Cognito::UserPool")


def test_cognito_asks_before_each_token_which_roles_it_may_carry(template: StackTemplate) -> None:
    pool = template.properties("Cognito::UserPool")
    trigger = template.logical_id("Lambda::Function", "IdentitySecondStep")
    function = {"Fn::GetAtt": [trigger, "Arn"]}
    assert pool["LambdaConfig"] == {
        # The first version shapes the ID token only, and the API reads the access token.
        "PreTokenGenerationConfig": {"LambdaArn": function, "LambdaVersion": "V2_0"}
    }
    assert pool["UserPoolTier"] == "ESSENTIALS"  # the Lite plan has no second version
    (permission,) = (
        each["Properties"]
        for each in template.resources("Lambda::Permission").values()
        if each["Properties"]["Principal"] == "cognito-idp.amazonaws.com"
    )
    pool_arn = {"Fn::GetAtt": [template.logical_id("Cognito::UserPool"), "Arn"]}
    assert (permission["FunctionName"], permission["SourceArn"]) == (function, pool_arn)
    assert template.functions()["withhold_roles"]["Timeout"] == 5  # Cognito waits no longer


def test_the_trigger_may_only_look_one_person_up(template: StackTemplate) -> None:
    (statement,) = (
        each
        for each in template.statements("withhold_roles")
        if "logs:PutLogEvents" not in each["Action"] and "xray" not in json.dumps(each["Action"])
    )
    assert statement["Action"] == "cognito-idp:AdminGetUser"
    pool = {"Fn::GetAtt": [template.logical_id("Cognito::UserPool"), "Arn"]}
    assert statement["Resource"] == pool


@pytest.mark.parametrize("required_for", ["council", "everyone"])
def test_the_council_decides_who_needs_a_second_step(synth: Synth, required_for: str) -> None:
    function = synth(second_step_for=required_for).functions()["withhold_roles"]
    assert function["Environment"]["Variables"]["SECOND_STEP_FOR"] == required_for


def test_where_nobody_needs_a_second_step_cognito_asks_no_function(synth: Synth) -> None:
    template = synth(second_step_for="nobody")
    assert "withhold_roles" not in template.functions()
    pool = template.properties("Cognito::UserPool")
    assert "LambdaConfig" not in pool
    assert pool["MfaConfiguration"] == "OPTIONAL"
    alarms = json.dumps(template.resources("CloudWatch::Alarm"))
    assert "sign-in-crashes" not in alarms


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
    assert "withhold_roles" not in template.functions()
    assert published_sign_in(template) == {
        "issuer": issuer,
        "client_id": "bedboard",
        "groups_claim": "https://x.example/groups",
        "scope": "openid",
        "endpoints": None,
        "account": None,
    }
    assert "UserPoolId" not in template.document["Outputs"]
    headers = json.dumps(template.properties("CloudFront::ResponseHeadersPolicy"))
    assert "https://login.example.org " in headers or "https://login.example.org;" in headers
