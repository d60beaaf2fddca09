"""Step `people`: people sign in through the pool's pages, and their token says their groups."""

import secrets
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from cli.prove.proof import MARK, Proof
from cli.prove.sign_in import Person, SignInError, SignInPages, Tokens
from shared.aws.user_pool import UserPool
from shared.http.roles import COUNCIL

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

DOMAIN: Final = f"{MARK}.invalid"
"""No email can be sent to it."""

_ACCOUNT_SCOPE: Final = "aws.cognito.signin.user.admin"
"""With it people set up a second step."""


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
            # The emulator takes a code as often as it is typed.
            takes_codes_once=not proof.is_emulated,
        )
        self.can_set_up_second_step = _ACCOUNT_SCOPE in client.get("AllowedOAuthScopes", [])
        self._people: dict[str, Person] = {}

    def token(self, role: str) -> str:
        """Return an access token of someone with a role. Raises SignInError."""
        return self.sign_in(role).access

    def sign_in(self, role: str) -> Tokens:
        """Sign in someone with a role, with a second step where the role needs one.

        Raises SignInError.
        """
        tokens = self.pages.sign_in(self.add(role))
        if role not in groups_of(tokens) and self.can_set_up_second_step:
            tokens = self.pages.sign_in(self.with_second_step(role))
        return tokens

    def add(self, role: str) -> Person:
        """Return someone with this role, who is created the first time and deleted at the end."""
        if role not in self._people:
            self._people[role] = self._create(role)
        return self._people[role]

    def _create(self, role: str) -> Person:
        proof, pool = self._proof, self._pool
        name = role.replace(":", "-").lower()
        email = f"{name[:40]}.{proof.run_id}@{DOMAIN}"
        proof.cleanup.add(f"the person {name}", lambda: delete_person(pool, email))
        created, _ = pool.add(email, send_invitation=False)
        if role != COUNCIL:
            proof.cleanup.add(f"the group {role}", partial(delete_group, pool, role))
        pool.add_to_group(created.person_id, role)
        password = f"{secrets.token_urlsafe(24)}aA1!"
        pool.client.admin_set_user_password(
            UserPoolId=pool.pool_id, Username=email, Password=password, Permanent=True
        )
        return Person(email, password)

    def with_second_step(self, role: str) -> Person:
        """Set up an authenticator app for someone, as the pages do. Raises SignInError."""
        person = self.add(role)
        if person.authenticator:
            return person
        token = self.pages.sign_in(person, f"openid {_ACCOUNT_SCOPE}").access
        client: CognitoIdentityProviderClient = self._pool.client
        secret = client.associate_software_token(AccessToken=token)["SecretCode"]
        code = self.pages.next_code(secret)
        client.verify_software_token(AccessToken=token, UserCode=code)
        client.set_user_mfa_preference(
            AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )
        self._people[role] = person._replace(authenticator=secret)
        return self._people[role]

    def take_away(self, role: str) -> None:
        """Take the role away from whoever has it; the next who needs it gets it anew."""
        self._pool.remove_from_group(self._people.pop(role).username, role)

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
        tokens = them.sign_in(role)
    except SignInError as error:
        ledger.check("a person signs in through the sign-in pages", False, str(error))
        return
    ledger.check("a person signs in through the sign-in pages", True, "by code, with PKCE")
    proof.token_of = them.token
    _check_token(proof, them, tokens, role)
    _check_redirects(proof, them)
    _check_refresh(proof, them, tokens, role)
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
        groups_of(tokens) == [role],
        f"{len(groups_of(tokens))} groups",
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


def _check_refresh(proof: Proof, them: People, tokens: Tokens, role: str) -> None:
    kept, gone = (
        "a renewed sign-in keeps the groups",
        "a group that was taken away is gone after renewing",
    )
    if not proof.only_on_aws("local/emulator itself gives renewed tokens their groups", kept, gone):
        return
    renewed = them.pages.refresh(tokens.refresh)
    proof.ledger.check(kept, groups_of(renewed) == [role])
    them.take_away(role)
    renewed = them.pages.refresh(renewed.refresh)
    proof.ledger.check(gone, not groups_of(renewed))


def _check_second_step(proof: Proof, them: People) -> None:
    ledger = proof.ledger
    without, having = (
        "an officer without a second step does not get the council's role",
        "an officer with an authenticator app gets the council's role",
    )
    if not them.withholds_roles:
        ledger.unseen(without, "the settings ask nobody for a second step")
        return
    groups = groups_of(them.pages.sign_in(them.add(COUNCIL)))
    ledger.check(without, COUNCIL not in groups)
    groups = groups_of(them.pages.sign_in(them.with_second_step(COUNCIL)))
    ledger.check(having, COUNCIL in groups)


def groups_of(tokens: Tokens) -> list[str]:
    """Return the groups that an access token says."""
    groups: list[str] = tokens.claims.get("cognito:groups", [])
    return groups


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
