"""`python -m web.build` writes the site to `build/web`: what CloudFront and the local site serve.

Pages and modules are copied as they are written. Only three things are added: the vendors' files,
the content's hash in the assets' folder (so that browsers may keep them for ever), and in each
page a hint for every module that it will import, so that a slow line is asked for them at once.
`python -m web.build FOLDER` writes it there instead.
"""

import json
import re
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, normpath
from typing import Final

ROOT: Final = Path(__file__).parent.parent
SITE: Final = ROOT / "build" / "web"
PAGES: Final = ROOT / "web" / "pages"
AT_ROOT: Final = ROOT / "web" / "root"
ASSETS: Final = ROOT / "web" / "assets"
PACKAGES: Final = ROOT / "node_modules"

OFFLINE: Final = ("index.html", "update.html")
"""Pages that open without a network once they were open with one."""

VENDORS: Final = {
    "vendor/nhsuk-frontend.css": "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css",
    "vendor/nhsuk-frontend.js": "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.js",
    "vendor/oidc-client-ts.js": "oidc-client-ts/dist/browser/oidc-client-ts.min.js",
    "vendor/leaflet.js": "leaflet/dist/leaflet.js",
    "vendor/leaflet.css": "leaflet/dist/leaflet.css",
    "vendor/oidc-client-ts.LICENCE.txt": "oidc-client-ts/LICENSE",
    "vendor/leaflet.LICENCE.txt": "leaflet/LICENSE",
    "vendor/images/layers.png": "leaflet/dist/images/layers.png",
    "vendor/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "vendor/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "vendor/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "vendor/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
}

# Their small builds are scripts that set a global name; these lines make modules of them.
_EXPORTS: Final = {
    "vendor/leaflet.js": b"\nexport default window.L;\n",
    "vendor/oidc-client-ts.js": b"\nexport const { UserManager, WebStorageStateStore } = oidc;\n",
}

_ASSET = re.compile(r'"/assets/([^"]+)"')
_IMPORT = re.compile(r'^(?:import|export)\b[^;"]*?"(\.{1,2}/[^"]+)";', re.MULTILINE)


def build(site: Path = SITE) -> Path:
    """Write the site afresh, and return its folder."""
    assets = _assets()
    digest = sha256()
    for name, content in sorted(assets.items()):
        digest.update(f"{name} {len(content)} ".encode() + content)
    prefix = f"/assets/{digest.hexdigest()[:12]}/"
    files = [*sorted(PAGES.iterdir()), *sorted(AT_ROOT.iterdir())]
    pages = {file.name: file.read_bytes() for file in files}
    shell = {"/", "/config.json"}
    for name, content in pages.items():
        if name.endswith(".html"):
            loaded = _loaded_by(content.decode(), assets)
            pages[name] = _with_hints(content.decode(), loaded).encode()
            if name in OFFLINE:
                shell |= {f"/{name}", *(prefix + each for each in loaded)}
        if name.endswith((".html", ".webmanifest")):
            pages[name] = pages[name].replace(b'"/assets/', f'"{prefix}'.encode())
    pages["shell.js"] = _shell(shell, pages)
    shutil.rmtree(site, ignore_errors=True)
    for name, content in {**pages, **{prefix[1:] + n: c for n, c in assets.items()}}.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return site


def _assets() -> dict[str, bytes]:
    own = {
        file.relative_to(ASSETS).as_posix(): file.read_bytes()
        for file in ASSETS.rglob("*")
        if file.is_file()
    }
    vendors = {name: (PACKAGES / source).read_bytes() for name, source in VENDORS.items()}
    return own | {name: _adapted(name, content) for name, content in vendors.items()}


def _adapted(name: str, content: bytes) -> bytes:
    """A vendor's file, fit for a site that loads nothing from elsewhere."""
    content = re.sub(rb"(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$", b"", content)
    if name == "vendor/nhsuk-frontend.css":
        # Its typeface would come from another host, and is licensed to the NHS alone.
        return re.sub(rb"@font-face\{[^}]*\}", b"", content)
    return content + _EXPORTS.get(name, b"")


def _loaded_by(page: str, assets: dict[str, bytes]) -> list[str]:
    """The assets that the page names, then the modules that those import, and so on."""
    loaded = list(dict.fromkeys(_ASSET.findall(page)))
    for name in loaded:  # grows while it is walked
        if name.endswith(".js") and not name.startswith("vendor/"):
            for target in _IMPORT.findall(assets[name].decode()):
                imported = normpath(f"{dirname(name)}/{target}").lstrip("/")
                if imported not in loaded:
                    loaded.append(imported)
    missing = [name for name in loaded if name not in assets]
    if missing:
        raise FileNotFoundError(f"web/assets has no {', '.join(missing)}")
    return loaded


def _with_hints(page: str, loaded: list[str]) -> str:
    hints = "".join(
        f'<link rel="modulepreload" href="/assets/{name}">\n'
        for name in loaded
        if name.endswith(".js") and f'"/assets/{name}"' not in page
    )
    return page.replace("</head>", f"{hints}</head>")


def _shell(addresses: set[str], pages: dict[str, bytes]) -> bytes:
    """What the service worker keeps, and a version that changes with any of it."""
    # The pages name the assets by their content's hash, so theirs covers those.
    version = sha256(b"".join(content for _, content in sorted(pages.items()))).hexdigest()[:12]
    shell = {"version": version, "addresses": sorted(addresses)}
    return f"self.SHELL = {json.dumps(shell)};\n".encode()


if __name__ == "__main__":
    build(*(Path(each) for each in sys.argv[1:2]))
