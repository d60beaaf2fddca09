"""A release that reaches a phone just before its network goes leaves a page that still opens."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from local.emulator.stack import COUNCIL, LocalStack
from local.site.server import Server
from web.build import build

NEW_FOLDER = "0123456789ab"
"""The name of the assets' folder in the release."""


@pytest.fixture
def server(stack: LocalStack, tmp_path: Path) -> Iterator[Server]:
    """Serve pages that the test may replace by those of a release."""
    server = Server(0, build(tmp_path / "before"), stack, COUNCIL)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(server: Server, chromium: Browser) -> Iterator[Page]:
    """Open the start page on a phone that has cached all that it needs."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(server.url)
        page.evaluate(
            """() => new Promise((resolve) => {
                if (navigator.serviceWorker.controller) resolve();
                else navigator.serviceWorker.addEventListener("controllerchange", () => resolve());
            })"""
        )
        yield page


def release(server: Server, folder: Path, *, replaced: dict[str, str] | None = None) -> None:
    """Serve the same pages with another folder of assets, some of their texts replaced."""
    shutil.copytree(server.site, folder)
    (assets,) = (folder / "assets").iterdir()
    old = assets.name
    assets.rename(assets.with_name(NEW_FOLDER))
    for file in folder.glob("*.*"):
        text = file.read_text().replace(old, NEW_FOLDER).replace('"version": "', '"version": "2')
        for before, after in (replaced or {}).items():
            text = text.replace(before, after) if file.name == "shell.js" else text
        file.write_text(text)
    server.site = folder


def opens(page: Page) -> None:
    expect(page.get_by_role("heading", name="Find and post care home vacancies")).to_be_visible()


def assets_in_use(page: Page) -> str:
    """Return the name of the assets' folder that the open page names."""
    source: str = page.evaluate("() => document.querySelector('script[src]').src")
    return source.split("/assets/")[1].split("/", maxsplit=1)[0]


def test_a_page_of_a_release_is_not_cached_without_its_modules(
    server: Server, page: Page, tmp_path: Path
) -> None:
    before = assets_in_use(page)
    # The network goes before the phone has all of the release.
    release(server, tmp_path / "after", replaced={'"/config.json"': '"/config.json", "/lost.js"'})
    page.reload()
    opens(page)
    assert assets_in_use(page) == NEW_FOLDER
    page.context.set_offline(True)
    page.reload()
    opens(page)
    assert assets_in_use(page) == before


def test_pages_of_another_release_than_the_list_are_not_cached(
    server: Server, page: Page, tmp_path: Path
) -> None:
    before = assets_in_use(page)
    # Half of a release: the new list has arrived at the host, and the pages have not.
    half = tmp_path / "half"
    release(server, half)
    for name in ("index.html", "update.html"):
        shutil.copyfile(tmp_path / "before" / name, half / name)
    installed = page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            await registration.update();
            const worker = registration.installing || registration.waiting;
            if (!worker) return registration.active.scriptURL;
            return new Promise((resolve) => {
                const tell = () => {
                    if (["activated", "redundant"].includes(worker.state)) resolve(worker.state);
                };
                worker.addEventListener("statechange", tell);
                tell();
            });
        }"""
    )
    assert installed == "redundant"
    page.context.set_offline(True)
    page.reload()
    opens(page)
    assert assets_in_use(page) == before


def test_a_page_that_a_phone_kept_is_kept_in_the_next_release(
    server: Server, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{server.url}/declare.html")
    page.wait_for_url("**/oauth2/authorize**")  # nobody is signed in, so it goes on to there
    page.goto(server.url)
    opens(page)
    page.wait_for_function("async () => Boolean(await caches.match('/declare.html'))")
    release(server, tmp_path / "after")
    page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    page.wait_for_function(
        """async (folder) => {
            const kept = await caches.match("/declare.html");
            return Boolean(kept) && (await kept.text()).includes(folder);
        }""",
        arg=NEW_FOLDER,
    )
