"""Build the site into a folder that CloudFront, or any static host, serves.

`python -m web.build` writes it to `build/web`, `python -m web.build FOLDER` to that folder. A
second argument is the council's contact, for people whose browser runs no scripts; a third is the
folder of the map's backdrop, which `layer.build` makes.

Each page of `pages.toml` is `layout.html` filled in. Modules and stylesheets are copied, not
bundled. Only the comments of modules are left out, line for line: a phone does not carry them, and
an error still names the line in the source. The build adds three things: the vendors' files, a
hash of the content in the address of the assets (so that browsers may keep them for ever), and in
each page a hint for every module that it will import (so that a slow line fetches all of them at
once).
"""

import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from posixpath import dirname, normpath
from string import Template
from typing import Final, Literal

ROOT: Final = Path(__file__).parent.parent
SITE: Final = ROOT / "build" / "web"
WEB: Final = ROOT / "web"
ASSETS: Final = WEB / "assets"
AT_ROOT: Final = WEB / "static"
"""Files that are served from the root of the site: the service worker and the manifest."""
PACKAGES: Final = ROOT / "node_modules"
BACKDROP: Final = "backdrop"
"""The folder of the assets for what the map draws behind the homes."""

VENDORS: Final = {
    "vendor/nhsuk-frontend.css": "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css",
    "vendor/nhsuk-frontend.js": "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.js",
    "vendor/oidc-client-ts.js": "oidc-client-ts/dist/browser/oidc-client-ts.min.js",
    "vendor/leaflet.js": "leaflet/dist/leaflet.js",
    "vendor/leaflet.css": "leaflet/dist/leaflet.css",
    "vendor/lean-qr.js": "lean-qr/nano.mjs",
    "vendor/oidc-client-ts.LICENCE.txt": "oidc-client-ts/LICENSE",
    "vendor/lean-qr.LICENCE.txt": "lean-qr/LICENSE",
    "vendor/leaflet.LICENCE.txt": "leaflet/LICENSE",
    "vendor/images/layers.png": "leaflet/dist/images/layers.png",
    "vendor/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "vendor/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "vendor/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "vendor/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
}

_STYLESHEETS: Final = ("vendor/nhsuk-frontend.css", "site.css")
"""What every page loads, before its own stylesheets."""

_INSTALLABLE: Final = (
    '<link rel="apple-touch-icon" href="/assets/icons/icon-180.png">',
    '<link rel="manifest" href="/manifest.webmanifest">',
)
_MAIN: Final = Template("""
<p>Opening…</p>
<noscript>
<p><strong>This page needs JavaScript, and it is off in this browser.</strong></p>
<p>Turn it on, or phone care homes to ask for a bed. CQC's website has their numbers.</p>$contact
</noscript>
""")

# Their small builds are scripts that set a global name; these lines make modules of them.
_EXPORTS: Final = {
    "vendor/leaflet.js": b"\nexport default window.L;\n",
    "vendor/oidc-client-ts.js": (
        b"\nexport const { User, UserManager, WebStorageStateStore } = oidc;\n"
    ),
}

_COMMENT: Final = re.compile(rb"^[ \t]*(?:/\*\*(?s:(?!\*/).)*\*/[ \t]*|//[^\n]*)$", re.MULTILINE)
"""A comment that has its lines to itself."""
_ASSET: Final = re.compile(r'"/assets/([^"]+)"')
_IMPORT: Final = re.compile(r'^(?:import|export)\b[^;"]*?"(\.{1,2}/[^"]+)";', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page as `pages.toml` describes it."""

    title: str
    script: str
    stylesheets: Sequence[str] = ()
    offline: Literal["site", "page"] | None = None
    installable: bool = True
    main: str | None = None
    light: bool = False
    """Whether it loads nothing but its own: `layout-light.html`, and no common stylesheet."""


def page_specs() -> dict[str, PageSpec]:
    """Read the table of pages, by file name: "search.html"."""
    table = tomllib.loads((WEB / "pages.toml").read_text(encoding="utf-8"))
    return {f"{name}.html": PageSpec(**values) for name, values in table.items()}


def build(site: Path = SITE, contact: str = "", backdrop: Path | None = None) -> Path:
    """Write the site afresh, and return its folder.

    `contact` is a line on whom to phone, for people whose browser runs no scripts. Without the
    folder `backdrop`, a map without tiles has a plain background.
    """
    assets = _assets() | (_backdrop(backdrop) if backdrop else {})
    prefix = f"/assets/{_digest(assets)}/"
    layouts = {
        light: Template((WEB / name).read_text(encoding="utf-8"))
        for light, name in ((False, "layout.html"), (True, "layout-light.html"))
    }
    pages = {file.name: file.read_bytes() for file in sorted(AT_ROOT.iterdir())}
    shell, of_pages = {"/config.json"}, dict[str, set[str]]()
    for name, spec in page_specs().items():
        page = _filled(layouts[spec.light], spec, contact)
        loaded = _loaded_by(page, assets)
        pages[name] = _with_hints(page, loaded).encode()
        # The start page has one address: a phone does not carry it twice.
        address = "/" if name == "index.html" else f"/{name}"
        addresses = {address, *(prefix + each for each in loaded)}
        if spec.offline == "site":
            shell |= addresses
        elif spec.offline == "page":
            of_pages[address] = addresses
    for name, content in pages.items():
        if name.endswith((".html", ".webmanifest")):
            pages[name] = content.replace(b'"/assets/', f'"{prefix}'.encode())
    pages["shell.js"] = _shell(shell, of_pages, pages, prefix)
    _write(site, {**pages, **{prefix[1:] + name: content for name, content in assets.items()}})
    return site


def _assets() -> dict[str, bytes]:
    own = {
        file.relative_to(ASSETS).as_posix(): _own(file)
        for file in ASSETS.rglob("*")
        if file.is_file()
    }
    vendors = {name: (PACKAGES / source).read_bytes() for name, source in VENDORS.items()}
    return own | {name: _adapted(name, content) for name, content in vendors.items()}


def _backdrop(folder: Path) -> dict[str, bytes]:
    return {f"{BACKDROP}/{file.name}": file.read_bytes() for file in folder.iterdir()}


def _own(file: Path) -> bytes:
    content = file.read_bytes()
    if file.suffix != ".js":
        return content
    return _COMMENT.sub(lambda comment: b"\n" * comment[0].count(b"\n"), content)


def _adapted(name: str, content: bytes) -> bytes:
    """Make a vendor's file fit for a site that loads nothing from elsewhere."""
    content = re.sub(rb"(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$", b"", content)
    if name == "vendor/nhsuk-frontend.css":
        # Its typeface would come from another host, and is licensed to the NHS alone.
        return re.sub(rb"@font-face\{[^}]*\}", b"", content)
    return content + _EXPORTS.get(name, b"")


def _digest(assets: Mapping[str, bytes]) -> str:
    digest = sha256()
    for name, content in sorted(assets.items()):
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:12]


def _filled(layout: Template, spec: PageSpec, contact: str) -> str:
    stylesheets = (
        f'<link rel="stylesheet" href="/assets/{name}">'
        for name in (*(() if spec.light else _STYLESHEETS), *spec.stylesheets)
    )
    links = (*(_INSTALLABLE if spec.installable else ()), *stylesheets)
    main = _MAIN if spec.main is None else Template(spec.main)
    return layout.substitute(
        title=escape(spec.title),
        links="\n".join(links),
        script=spec.script,
        main=main.substitute(contact=f"\n<p>{escape(contact)}</p>" if contact else ""),
    )


def _loaded_by(page: str, assets: Mapping[str, bytes]) -> list[str]:
    """List the assets that the page names, then the modules that those import, and so on.

    Raises FileNotFoundError where one of them does not exist.
    """
    loaded = list(dict.fromkeys(_ASSET.findall(page)))
    for name in loaded:  # grows while it is walked
        if name not in assets:
            raise FileNotFoundError(f"web/assets has no {name}")
        if name.endswith(".js") and not name.startswith("vendor/"):
            for target in _IMPORT.findall(assets[name].decode()):
                imported = normpath(f"{dirname(name)}/{target}")
                if imported not in loaded:
                    loaded.append(imported)
    return loaded


def _with_hints(page: str, loaded: Iterable[str]) -> str:
    hints = "".join(
        f'<link rel="modulepreload" href="/assets/{name}">\n'
        for name in loaded
        if name.endswith(".js") and f'"/assets/{name}"' not in page
    )
    return page.replace("</head>", f"{hints}</head>")


def _shell(
    addresses: set[str],
    of_pages: Mapping[str, set[str]],
    pages: Mapping[str, bytes],
    prefix: str,
) -> bytes:
    """Write what the service worker keeps, and a version that changes with any of it.

    It keeps `addresses` for every phone, and what a page of `of_pages` needs besides once that page
    was open: a phone that never opens it does not carry it. `prefix` begins the address of every
    asset: a page that does not name it is of another release.
    """
    # The pages name the assets by the hash of their content, so the pages' hash covers those.
    version = sha256(b"".join(content for _, content in sorted(pages.items()))).hexdigest()[:12]
    shell = {
        "version": version,
        "assets": prefix,
        "addresses": sorted(addresses),
        "pages": {page: sorted(needed - addresses) for page, needed in of_pages.items()},
    }
    return f"self.SHELL = {json.dumps(shell)};\n".encode()


def _write(site: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(site, ignore_errors=True)
    for name, content in files.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


if __name__ == "__main__":
    folder, contact, backdrop = (*sys.argv[1:], *[""] * 3)[:3]
    build(Path(folder) if folder else SITE, contact, Path(backdrop) if backdrop else None)
