"""A council's settings are used whole or refused, each problem by its key."""

from pathlib import Path

import pytest

from infra.settings import COUNCILS, SettingsError, read

GOOD = 'slug = "ours"\nname = "Our Council"\n'


def refusal(tmp_path: Path, text: str) -> str:
    """What is said of such a file."""
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        read(str(path))
    return str(refused.value)


@pytest.mark.parametrize("path", sorted(COUNCILS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_council_here_can_be_read_by_its_name(path: Path) -> None:
    assert read(path.stem).slug == path.stem


def test_what_is_not_said_is_as_safe_as_can_be(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(GOOD, encoding="utf-8")
    council = read(str(path))
    assert council.region == "eu-west-2"
    assert council.search_access == "staff"
    assert council.local_authorities == ()
    assert council.admin_sign_in is False


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ('search_access = "everybody"', "search_access", "'staff'"),
        ('region = "London"', "region", "an AWS region"),
        ('local_authorities = "Devon"', "local_authorities", "a list"),
        ('callback_urls = ["http://example.org/"]', "callback_urls", "a list of https://"),
        ("site = false", "callback_urls", "a list"),
        ('contact = "a\\nb"', "contact", "one line"),
        ('colour = "teal"', "colour", "#rrggbb"),
        ('colour = "#ffb81c"', "colour", "#rrggbb"),
        ('colour = "#fff"', "colour", "#rrggbb"),
        ('map_tiles_url = "https://tiles.example.org/"', "map_tiles_url", "https://host/"),
        ('map_tiles_url = "http://t.example.org/{z}/{x}/{y}"', "map_tiles_url", "https://host/"),
        ('map_tiles_url = "https://t.{s}.org/{z}/{x}/{y}"', "map_tiles_url", "https://host/"),
        ('map_tiles_url = "https://t.org; x/{z}/{x}/{y}"', "map_tiles_url", "https://host/"),
        ('map_tiles_url = "https://t.org/{z}/{x}/{y}"', "map_attribution", "the line"),
        ('domain = "https://beds.example.org"', "domain", "the pages' own"),
        ('domain = "beds.example.org"', "certificate_arn", "with domain"),
        (
            'domain = "b.example.org"\n'
            'certificate_arn = "arn:aws:acm:eu-west-2:123456789012:certificate/1"',
            "certificate_arn",
            "with domain",
        ),
        ('admin_sign_in = "perhaps"', "admin_sign_in", "true only"),
        ('sluggish = "x"', "unknown key sluggish", "slug, name"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_key(
    tmp_path: Path, line: str, key: str, expected: str
) -> None:
    said = refusal(tmp_path, GOOD + line)
    assert said.startswith(f"ours.toml: {key}")
    assert f"expected {expected}" in said or f"one of {expected}" in said


@pytest.mark.parametrize("slug", ["Ours", "a", "x" * 31, "our_s", "ours-", "saws"])
def test_a_slug_that_aws_would_refuse_is_refused_first(tmp_path: Path, slug: str) -> None:
    said = refusal(tmp_path, f'slug = "{slug}"\nname = "Our Council"\n')
    assert said.startswith("ours.toml: slug: ")


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'region = "x"\nunknown = 1').splitlines() == [
        "ours.toml: slug is missing; expected 3 to 30 of a-z, 0-9 and '-', a letter first:"
        " part of the stack's names",
        "ours.toml: name is missing; expected the council's name as people write it",
        "ours.toml: region: 'x' cannot be used; expected an AWS region",
        "ours.toml: unknown key unknown; expected one of slug, name, region, local_authorities,"
        " search_access, site, domain, certificate_arn, contact, colour, map_tiles_url,"
        " map_attribution, callback_urls, logout_urls, admin_sign_in",
    ]


def test_an_unknown_council_is_told_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml.*known: example, local"):
        read("nowhere")


def test_a_file_that_is_not_toml_is_told_so(tmp_path: Path) -> None:
    assert refusal(tmp_path, "slug: ours").startswith("ours.toml is not TOML")


def test_a_colour_that_white_can_be_read_on_and_tiles_that_are_credited_are_taken(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        GOOD
        + 'colour = "#767676"\nmap_attribution = "© the owner"\n'
        + 'map_tiles_url = "https://{s}.tiles.example.org/map/{z}/{x}/{y}@2x.png?key=a-b"\n',
        encoding="utf-8",
    )
    council = read(str(path))
    assert council.colour == "#767676"
    assert council.map_tiles_url.endswith("?key=a-b")
