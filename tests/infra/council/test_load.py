"""A council's settings are accepted or refused as a whole, with each problem by its name."""

from pathlib import Path

import pytest

from infra.council.load import COUNCILS, SettingsError, load_council

RETURNS = 'callback_urls = ["http://localhost/"]\nlogout_urls = ["http://localhost/"]\n'
GOOD = 'slug = "ours"\nname = "Our Council"\n'


def refusal(tmp_path: Path, text: str) -> str:
    """Return the message about a file with this text."""
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_council(str(path))
    return str(refused.value)


@pytest.mark.parametrize("path", sorted(COUNCILS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_settings_file_can_be_loaded_by_name(path: Path) -> None:
    assert load_council(path.stem).slug == path.stem


def test_defaults_are_the_safe_choice(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(GOOD, encoding="utf-8")
    council = load_council(str(path))
    assert council.region == "eu-west-2"
    assert council.search_access == "staff"
    assert council.local_authorities == ()
    assert council.admin_sign_in is False


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ('search_access = "everyone"', "search_access", "'staff'"),
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
        ('map_tiles_url = "https://t.org/{z}/{x}/{y}"', "map_attribution", "one line"),
        ('domain = "https://beds.example.org"', "domain", "the pages' host name"),
        ('domain = "beds.example.org"', "certificate_arn", "the ARN of a certificate"),
        (
            'domain = "b.example.org"\n'
            'certificate_arn = "arn:aws:acm:eu-west-2:123456789012:certificate/1"',
            "certificate_arn",
            "the ARN of a certificate",
        ),
        ('admin_sign_in = "perhaps"', "admin_sign_in", "false, or true for a local stack"),
        ('alarm_email = "the whole team"', "alarm_email", "one email address"),
        ('reminder_times = ["9:30"]', "reminder_times", "a list of times in London"),
        ('reminder_times = ["24:00"]', "reminder_times", "a list of times in London"),
        ("change_retention_days = 30", "change_retention_days", "the days to keep"),
        ('privacy_url = "http://example.org/"', "privacy_url", "the https:// address"),
        ('oidc_scope = "profile"', "oidc_scope", "the scopes"),
        ("log_retention_days = 31", "log_retention_days", "a number of days that CloudWatch"),
        ("monthly_budget_usd = 50", "monthly_budget_usd", "whole US dollars"),
        (
            'alarm_email = "us@example.org"\nmonthly_budget_usd = -1',
            "monthly_budget_usd",
            "whole US dollars",
        ),
        ('permissions_boundary = "Boundary"', "permissions_boundary", "the ARN of an IAM policy"),
        ('oidc_issuer = "https://id.example.org"', "oidc_groups_claim", "the claim"),
        ('oidc_groups_claim = "groups"', "oidc_groups_claim", "the claim"),
        ('second_step_for = "some"', "second_step_for", "'council', 'everyone' or 'nobody'"),
        ('oidc_issuer = "http://id.example.org"', "oidc_issuer", "the https:// address"),
        ('oidc_issuer = "https://id.example.org; x"', "oidc_issuer", "the https:// address"),
        ("site = false\n" + RETURNS + "waf = true", "waf", "true or false; it can be true only"),
        ("waf_requests_per_five_minutes = 5", "waf_requests_per_five_minutes", "10 or more"),
        ("throttle_requests_per_second = 0", "throttle_requests_per_second", "1 to 10000"),
        ("throttle_burst = 5001", "throttle_burst", "1 to 5000"),
        ('sluggish = "x"', "unknown setting sluggish", "slug, name"),
    ],
)
def test_an_invalid_setting_is_refused_by_name(
    tmp_path: Path, line: str, key: str, expected: str
) -> None:
    message = refusal(tmp_path, GOOD + line)
    assert message.startswith(f"ours.toml: {key}")
    assert f"expected {expected}" in message or f"one of {expected}" in message


@pytest.mark.parametrize("slug", ["Ours", "a", "x" * 31, "our_s", "ours-", "saws", "ours-data"])
def test_a_slug_that_aws_would_refuse_is_refused(tmp_path: Path, slug: str) -> None:
    message = refusal(tmp_path, f'slug = "{slug}"\nname = "Our Council"\n')
    assert message.startswith("ours.toml: slug: ")


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'region = "x"\nunknown = 1').splitlines() == [
        "ours.toml: slug is missing; expected 3 to 30 of a-z, 0-9 and '-', starting with a"
        " letter; part of names on AWS",
        "ours.toml: name is missing; expected the council's name, as the pages show it",
        "ours.toml: region: 'x' cannot be used; expected an AWS region",
        "ours.toml: unknown setting unknown; expected one of slug, name, region, local_authorities,"
        " search_access, discharge_teams, site, domain, certificate_arn, contact, privacy_url,"
        " accessibility_url, colour, map_tiles_url, map_attribution, callback_urls, logout_urls,"
        " admin_sign_in, email_from, sms_sender_id, alarm_email, reminder_times,"
        " log_retention_days, change_retention_days, monthly_budget_usd, permissions_boundary,"
        " oidc_issuer, oidc_client_id,"
        " oidc_groups_claim, oidc_scope, second_step_for, waf, waf_requests_per_five_minutes,"
        " waf_managed_rules, throttle_requests_per_second, throttle_burst",
    ]


def test_operating_settings_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        GOOD
        + 'alarm_email = "cloud.team@ours.example.org"\nreminder_times = ["09:30", "14:00"]\n'
        + "log_retention_days = 365\nmonthly_budget_usd = 25\nwaf = true\n"
        + 'permissions_boundary = "arn:aws:iam::123456789012:policy/teams/Boundary"\n'
        + 'oidc_issuer = "https://login.example.org/1-2/v2.0"\n'
        + 'oidc_client_id = "bedboard"\noidc_groups_claim = "groups"\n',
        encoding="utf-8",
    )
    council = load_council(str(path))
    assert council.reminder_times == ("09:30", "14:00")
    assert council.log_retention_days == 365
    assert council.monthly_budget_usd == 25
    assert council.oidc_issuer == "https://login.example.org/1-2/v2.0"


def test_an_issuer_of_the_councils_own_asks_for_a_second_step_itself(tmp_path: Path) -> None:
    issuer = (
        'oidc_issuer = "https://id.example.org"\noidc_client_id = "bedboard"\n'
        'oidc_groups_claim = "groups"\nsecond_step_for = "everyone"\n'
    )
    (reason,) = refusal(tmp_path, GOOD + issuer).splitlines()
    assert "second_step_for" in reason
    assert "oidc_issuer is set" in reason


def test_an_unknown_council_lists_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml.*: example, local, second"):
        load_council("nowhere")


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "slug: ours").startswith("ours.toml is not a TOML file")


def test_a_readable_colour_and_credited_map_tiles_are_accepted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        GOOD
        + 'colour = "#767676"\nmap_attribution = "© the owner"\n'
        + 'map_tiles_url = "https://{s}.tiles.example.org/map/{z}/{x}/{y}@2x.png?key=a-b"\n',
        encoding="utf-8",
    )
    council = load_council(str(path))
    assert council.colour == "#767676"
    assert council.map_tiles_url.endswith("?key=a-b")
