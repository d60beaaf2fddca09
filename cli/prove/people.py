"""Step `people`: people sign in through the pool's pages, and their token says their groups."""

import secrets
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from cli.prove.proof import MARK, Proof
from cli.prove.sign_in import Person, SignInError, SignInPages, Tokens, one_time_code
from shared.aws.user_pool import UserPool
from shared.http.roles import COUNCIL

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

DOMAIN: Final = f"{MARK}.invalid"
"""No email can be sent to it."""

_ACCOUNT_SCOPE: Final = "openid aws.cognito.signin.user.admin"
_CODE_SECONDS: Final = 30


class People:
    """The people of one proof, who exist in the pool until it ends."""

    def __init__(self, proof: Proof, pool: UserPool) -> None:
        """Use the client of the pages, as the stack has it."""
        self._proof, self._pool = proof, pool
        client = pool.client.describe_user_pool_client(
            UserPoolId=pool.pool_id, ClientId=proof.stack.output("ClientId")
        )["UserPoolClient"]
        here: str = proof.stack.connection.get("endpoint_url", "")
        self.home_page = _own_or_first(client["CallbackURLs"], proof.site_url)
        self.pages = SignInPages(
            proof.open_client,
            here or proof.stack.output("SignInUrl"),
            client["ClientId"],
            self.home_page,
        )
        self.scopes = client.get("AllowedOAuthScopes", [])

    def token(self, role: str) -> str:
        """Return an access token of someone with a role. Raises SignInError."""
        person = self.add(role)
        if role == COUNCIL:
            person = self.with_second_step(person)
        return self.pages.sign_in(person).access

    def add(self, *roles: str) -> Person:
        """Create someone with these roles, to be deleted at the end."""
        proof, pool = self._proof, self._pool
        name = "-".join(role.replace(":", "-").lower() for role in roles) or "nobody"
        email = f"{name[:40]}.{proof.run_id}@{DOMAIN}"
        proof.cleanup.add(f"the person {name}", lambda: delete_person(pool, email))
        created, _ = pool.add(email, send_invitation=False)
        for role in roles:
            if role != COUNCIL:
                proof.cleanup.add(f"the group {role}", partial(delete_group, pool, role))
            pool.add_to_group(created.person_id, role)
        password = f"{secrets.token_urlsafe(24)}aA1!"
        pool.client.admin_set_user_password(
            UserPoolId=pool.pool_id, Username=email, Password=password, Permanent=True
        )
        return Person(email, password)

    def with_second_step(self, person: Person) -> Person:
        """Set up an authenticator app for a person, as the pages do. Raises SignInError."""
        if "aws.cognito.signin.user.admin" not in self.scopes:
            return person
        token = self.pages.sign_in(person, _ACCOUNT_SCOPE).access
        client: CognitoIdentityProviderClient = self._pool.client
        secret = client.associate_software_token(AccessToken=token)["SecretCode"]
        code = one_time_code(secret, time.time())
        client.verify_software_token(AccessToken=token, UserCode=code)
        client.set_user_mfa_preference(
            AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )
        _wait_for_another_code(secret, code)
        return person._replace(authenticator=secret)

    def remove_from_group(self, person: Person, role: str) -> None:
        """Take a role away from a person."""
        self._pool.remove_from_group(person.username, role)

    @property
    def withholds_roles(self) -> bool:
        """Whether the pool keeps the council's role from people without a second step."""
        described: Any = self._pool.client.describe_user_pool(UserPoolId=self._pool.pool_id)
        config = described["UserPool"].get("LambdaConfig", {})
        return bool(config.get("PreTokenGenerationConfig") or config.get("PreTokenGeneration"))


def people(proof: Proof) -> None:
    """Claim that people can sign in, and what their tokens say."""
    ledger, pool = proof.ledger, proof.stack.user_pool
    if pool is None:
        ledger.unseen(
            "people sign in, and their token says their groups",
            "the council brings its own issuer: bedboard preflight --issuer-token looks at a token"
            " of it",
        )
        return
    them = People(proof, pool)
    role = f"team:{proof.team}"
    try:
        person = them.add(role)
        tokens = them.pages.sign_in(person)
    except SignInError as error:
        ledger.check("a person signs in through the sign-in pages", False, str(error))
        return
    ledger.check("a person signs in through the sign-in pages", True, "by code, with PKCE")
    proof.token_of = them.token
    _check_token(proof, them, tokens, role)
    _check_redirects(proof, them)
    _check_refresh(proof, them, person, tokens, role)
    _check_second_step(proof, them)


def _check_token(proof: Proof, them: People, tokens: Tokens, role: str) -> None:
    claims, ledger = tokens.claims, proof.ledger
    ledger.check(
        "the access token names the pages' client, as the API expects",
        claims.get("client_id") == them.pages.client_id and "aud" not in claims,
        f"client_id {'is' if 'client_id' in claims else 'is not'} there,"
        f" aud {'is' if 'aud' in claims else 'is not'} there",
    )
    ledger.check(
        "it says the person's groups, and no others",
        claims.get("cognito:groups") == [role],
        f"{len(claims.get('cognito:groups', []))} groups",
    )


def _check_redirects(proof: Proof, them: People) -> None:
    ledger = proof.ledger
    elsewhere = f"https://{DOMAIN}/"
    response = them.pages.authorize(elsewhere)
    location = response.headers.get("location", "")
    ledger.check(
        "the sign-in page leads to no other website",
        not location.startswith(elsewhere),
        f"{response.status_code}",
    )
    response = them.pages.sign_out(them.home_page)
    ledger.check(
        "signing out leads back to the pages",
        response.headers.get("location", "").startswith(them.home_page),
        f"{response.status_code}",
    )
    origin = them.home_page.rstrip("/")
    allowed = them.pages.token_endpoint_for(origin).headers.get("access-control-allow-origin")
    ledger.check(
        "the pages may read what the token endpoint answers (CORS)",
        allowed in {"*", origin},
        allowed,
    )


def _check_refresh(proof: Proof, them: People, person: Person, tokens: Tokens, role: str) -> None:
    kept, gone = (
        "a renewed sign-in keeps the groups",
        "a group that was taken away is gone after renewing",
    )
    if not proof.only_on_aws("its renewed tokens have no groups", kept, gone):
        return
    renewed = them.pages.refresh(tokens.refresh)
    proof.ledger.check(kept, renewed.claims.get("cognito:groups") == [role])
    them.remove_from_group(person, role)
    renewed = them.pages.refresh(renewed.refresh)
    proof.ledger.check(gone, not renewed.claims.get("cognito:groups"))


def _check_second_step(proof: Proof, them: People) -> None:
    ledger = proof.ledger
    without, having = (
        "an officer without a second step does not get the council's role",
        "an officer with an authenticator app gets the council's role",
    )
    if not them.withholds_roles:
        ledger.unseen(without, "the settings ask nobody for a second step")
        return
    officer = them.add(COUNCIL)
    groups = them.pages.sign_in(officer).claims.get("cognito:groups", [])
    ledger.check(without, COUNCIL not in groups)
    officer = them.with_second_step(officer)
    groups = them.pages.sign_in(officer).claims.get("cognito:groups", [])
    ledger.check(having, COUNCIL in groups)


def delete_person(pool: UserPool, email: str) -> None:
    """Delete a person of a proof, if they are there."""
    person = pool.find(email)
    if person is not None:
        pool.delete(person.person_id)


def delete_group(pool: UserPool, group: str) -> None:
    """Delete a group of a proof, if it is there."""
    client = pool.client
    try:
        client.delete_group(UserPoolId=pool.pool_id, GroupName=group)
    except client.exceptions.ResourceNotFoundException:
        return


def _own_or_first(callbacks: list[str], site_url: str) -> str:
    """Return the address that people come back to: the site's own, where there is one."""
    own = [each for each in callbacks if site_url and each.rstrip("/") == site_url]
    return (own or callbacks)[0]


def _wait_for_another_code(secret: str, code: str) -> None:
    """Wait until the app shows another code: each is accepted once."""
    deadline = time.monotonic() + _CODE_SECONDS + 1
    while one_time_code(secret, time.time()) == code and time.monotonic() < deadline:
        time.sleep(0.5)
