"""The headers of every page allow only what the site needs."""

from infra.site.headers import cache_control, page_headers


def policy(**other: str) -> dict[str, list[str]]:
    headers = page_headers(
        sign_in_urls=["https://sign-in.example/oauth2/token", "https://sign-in.example/"], **other
    )
    parts = headers["Content-Security-Policy"].split("; ")
    return {each.split()[0]: each.split()[1:] for each in parts}


def test_only_the_sites_own_scripts_and_styles_run() -> None:
    assert policy()["default-src"] == ["'none'"]
    assert policy()["script-src"] == policy()["style-src"] == ["'self'"]
    assert "unsafe" not in str(policy())


def test_pages_connect_only_to_their_origin_and_the_issuer() -> None:
    assert policy()["connect-src"] == ["'self'", "https://sign-in.example"]


def test_pages_can_upload_to_the_import_bucket() -> None:
    allowed = policy(upload_url="https://imports.s3.eu-west-2.amazonaws.com")["connect-src"]
    assert allowed[-1] == "https://imports.s3.eu-west-2.amazonaws.com"


def test_map_tiles_load_only_from_the_configured_server() -> None:
    tiles = policy(map_tiles_url="https://{s}.tiles.example/{z}/{x}/{y}.png")
    assert tiles["img-src"] == ["'self'", "data:", "https://*.tiles.example"]
    assert policy()["img-src"] == ["'self'", "data:"]


def test_pages_cannot_be_framed() -> None:
    assert policy()["frame-ancestors"] == ["'none'"]


def test_only_assets_are_cached_for_long() -> None:
    assert "immutable" in cache_control("/assets/5e90700035f1/page.js")
    for path in ("/", "/update.html", "/sw.js", "/shell.js", "/config.json"):
        assert cache_control(path) == "no-cache"
