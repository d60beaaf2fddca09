"""A second step for people of a user pool in moto, set up as a person does it."""

from typing import Any

PASSWORD = "Of-a-test-only-1"


def set_up_second_step(client: Any, pool_id: str, username: str) -> None:
    """Have the person sign in, add an authenticator app and switch it on."""
    of_pool = {"UserPoolId": pool_id}
    client.admin_set_user_password(**of_pool, Username=username, Password=PASSWORD, Permanent=True)
    made = client.create_user_pool_client(
        **of_pool, ClientName="pages", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )
    tokens = client.admin_initiate_auth(
        **of_pool,
        ClientId=made["UserPoolClient"]["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    of_person = {"AccessToken": tokens["AccessToken"]}
    client.associate_software_token(**of_person)
    client.verify_software_token(**of_person, UserCode="123456")  # moto accepts every code
    client.set_user_mfa_preference(
        **of_person, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
