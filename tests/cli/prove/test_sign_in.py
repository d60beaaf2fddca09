"""A person signs in through the pool's pages: forms, a second step, and where it all ends."""

from urllib.parse import parse_qs

import httpx
import pytest

from cli.prove.sign_in import Person, SignInError, SignInPages, one_time_code

HOME = "https://beds.example.org/"
SIGN_IN = "https://sign-in.example.org"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
JO = Person("jo@example.org", "a-password", SECRET)
TOKEN = "e30.eyJncm91cHMiOiBbXX0.c2ln"


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")]
)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    # RFC 6238, appendix B: the last six of its eight digits.
    assert one_time_code(SECRET, at) == code


class Pool:
    """The classic pages of a pool: a hidden field, a cookie, and a second page for the code."""

    def __init__(self, *, second_step: bool = False, form: bool = True) -> None:
        self.second_step, self.form = second_step, form
        self.typed: list[dict[str, list[str]]] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        form = parse_qs(request.content.decode())
        path = request.url.path
        if request.method == "GET":
            return self._show(path)
        self.typed.append(form)
        if path == "/oauth2/token":
            return httpx.Response(200, json={"access_token": TOKEN, "refresh_token": "r"})
        if path == "/login" and form.get("_csrf") != ["abc"]:
            return httpx.Response(403, text="no")
        if path == "/login" and form["password"] != [JO.password]:
            return httpx.Response(200, text=LOGIN)
        second = self.second_step and path == "/login"
        location = "/mfa" if second else f"{HOME}?code=the-code&state=x"
        return httpx.Response(302, headers={"location": location})

    def _show(self, path: str) -> httpx.Response:
        if path == "/oauth2/authorize":
            return httpx.Response(302, headers={"location": "/login?client_id=pages"})
        if path == "/mfa":
            return httpx.Response(200, text=SECOND)
        body = LOGIN if self.form else "<html><script src='/app.js'></script></html>"
        return httpx.Response(200, text=body, headers={"set-cookie": "XSRF-TOKEN=abc"})


LOGIN = """<form action="/forgot"><input type="submit" name="reset"></form>
<form method="POST" action="/login"><input type="hidden" name="_csrf" value="abc">
<input type="text" name="username"><input type="password" name="password"></form>"""
SECOND = """<form method="POST" action="/mfa">
<input type="hidden" name="mfaOption" value="SOFTWARE_TOKEN_MFA">
<input type="text" name="authentication_code"></form>"""


def pages(pool: Pool) -> SignInPages:
    def open_client() -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(pool.answer))

    return SignInPages(open_client, SIGN_IN, "pages", HOME)


def test_the_forms_of_the_pages_are_filled_in_with_their_hidden_fields() -> None:
    pool = Pool()
    tokens = pages(pool).sign_in(JO)
    assert tokens.access == TOKEN
    assert tokens.claims == {"groups": []}
    assert pool.typed[0]["username"] == [JO.username]
    assert pool.typed[1]["grant_type"] == ["authorization_code"]
    assert len(pool.typed[1]["code_verifier"][0]) >= 43


def test_a_second_step_is_answered_with_a_code() -> None:
    pool = Pool(second_step=True)
    pages(pool).sign_in(JO)
    assert len(pool.typed[1]["authentication_code"][0]) == 6
    with pytest.raises(SignInError, match="without a form that can be filled in"):
        pages(Pool(second_step=True)).sign_in(JO._replace(authenticator=""))


def test_a_code_is_used_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000_000_000.0]
    monkeypatch.setattr("cli.prove.sign_in.time.time", lambda: now[0])
    monkeypatch.setattr("cli.prove.sign_in.time.sleep", lambda _: now.__setitem__(0, now[0] + 10))
    signing_in = pages(Pool())
    assert signing_in.next_code(SECRET) != signing_in.next_code(SECRET)
    assert now[0] > 1_000_000_000


def test_a_page_that_needs_scripts_or_refuses_is_reported_without_what_was_typed() -> None:
    for pool, person in (
        (Pool(form=False), JO),
        (Pool(), JO._replace(password="wrong-password")),
    ):
        with pytest.raises(SignInError) as refused:
            pages(pool).sign_in(person)
        assert "JavaScript, or it refused" in str(refused.value)
        assert person.password not in str(refused.value)
        assert person.username not in str(refused.value)
