"""The folder that any static host serves: whole, and in need of nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from web.build import ASSETS, build, page_specs


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("web"))


def test_everything_that_a_page_or_the_shell_names_is_there(built: Path) -> None:
    texts = [each.read_text() for each in built.glob("*") if each.is_file()]
    named = {name for text in texts for name in re.findall(r'"(/[^"\s]*)"', text)}
    named -= {
        "/",
        "/assets/",
        f"/assets/{next((built / 'assets').iterdir()).name}/",
        "/config.json",
    }  # index.html, a folder, what each stack writes itself
    assert len(named) > 30
    assert [name for name in named if not (built / name[1:]).is_file()] == []


def test_an_assets_address_changes_with_its_content(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def folder(site: Path) -> str:
        (found,) = (site / "assets").iterdir()
        return found.name

    assert folder(build(tmp_path / "same")) == folder(built)
    monkeypatch.setattr("web.build._EXPORTS", {})
    assert folder(build(tmp_path / "other")) != folder(built)


def test_nothing_is_loaded_from_elsewhere(built: Path) -> None:
    for style in built.rglob("*.css"):
        assert not re.findall(r"url\(\s*[\"']?(?:https?:)?//", style.read_text()), style.name
    for page in built.glob("*.html"):
        assert "://" not in page.read_text(), page.name


def test_pages_need_no_inline_script_or_style(built: Path) -> None:
    for page in built.glob("*.html"):
        text = page.read_text()
        assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text), page.name


def test_every_page_of_the_table_is_built(built: Path) -> None:
    assert {page.name for page in built.glob("*.html")} == set(page_specs())
    for name, spec in page_specs().items():
        page = (built / name).read_text()
        assert f"<title>{spec.title}</title>" in page
        assert f'/{spec.script}"></script>' in page
        assert "$" not in page


def test_modules_lose_their_comments_and_keep_their_lines(built: Path) -> None:
    (folder,) = (built / "assets").iterdir()
    for module in ASSETS.rglob("*.js"):
        written = module.read_text().splitlines()
        served = (folder / module.relative_to(ASSETS)).read_text().splitlines()
        assert not [line for line in served if line.lstrip().startswith(("//", "/**", "* "))]
        kept = [(number, line) for number, line in enumerate(served) if line]
        assert all(written[number] == line for number, line in kept), module.name


def test_a_missing_module_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.build.VENDORS", {})
    with pytest.raises(FileNotFoundError, match=r"vendor/nhsuk-frontend\.css"):
        build(tmp_path)


def test_without_scripts_a_page_says_whom_to_phone(built: Path, tmp_path: Path) -> None:
    contact = "Help: care home <team>, 01632 960001"
    named = build(tmp_path, contact)
    for name in page_specs():
        unnamed, page = ((each / name).read_text() for each in (built, named))
        if name == "not-found.html":  # it says all it has to say without scripts
            assert "<noscript>" not in page
            continue
        assert "Help: care home &lt;team&gt;, 01632 960001</p>\n</noscript>" in page
        # The page of a reminder's link is for the homes themselves.
        assert ("phone care homes to ask for a bed" in unnamed) is (name != "y.html")
        assert "01632" not in unnamed


def test_the_map_s_backdrop_is_published_beside_the_modules(tmp_path: Path) -> None:
    backdrop = tmp_path / "backdrop"
    backdrop.mkdir()
    (backdrop / "index.json").write_text("{}")
    with_it, without = (
        build(tmp_path / name, backdrop=folder)
        for name, folder in (("with", backdrop), ("without", None))
    )
    (assets,), (others,) = ((each / "assets").iterdir() for each in (with_it, without))
    # The module that loads it names it relative to itself.
    module = assets / "components" / "backdrop.js"
    assert "`../backdrop/${name}.json`, import.meta.url" in module.read_text()
    assert (module.parent / "../backdrop/index.json").read_text() == "{}"
    assert not (others / "backdrop").exists()
    assert assets.name != others.name
