"""Checks that every page has to pass, run on the page that is open."""

import json
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Route, expect

ROOT: Final = Path(__file__).parent.parent.parent
AXE: Final = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
WCAG: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINGER: Final = 44
"""The least width and height, in pixels, of anything that can be tapped."""


def expect_notice(page: Page, heading: str) -> None:
    """Wait until the page says how an action went."""
    expect(page.locator(".notice").get_by_role("heading", name=heading, exact=True)).to_be_visible()


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core finds on the page, and where."""
    # Through the debugger, so that the page's own policy need not allow it.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {AXE} }}")
    violations: list[dict[str, Any]] = page.evaluate(
        """async (tags) => {
            const found = await axe.run(document, {
                runOnly: tags, resultTypes: ["violations"], elementRef: false,
            });
            return found.violations.map(({ id, nodes }) => ({
                id, targets: nodes.map(({ target }) => target),
            }));
        }""",
        arg=WCAG,
    )
    return [f"{each['id']}: {json.dumps(each['targets'])}" for each in violations]


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page is wider than the screen."""
    wider: bool = page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wider


def resize(page: Page, width: int, height: int = 800) -> None:
    """Change the size of the window, and fail unless the page comes to fit its width."""
    page.set_viewport_size({"width": width, "height": height})
    # The menu folds a moment after the window has changed.
    page.wait_for_function(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def small_targets(page: Page) -> list[str]:
    """Return what can be tapped and is smaller than a finger, except links in running text."""
    targets: list[str] = page.evaluate(
        """(finger) => [...document.querySelectorAll("a, button, input, select, summary")]
            .filter((each) => each.offsetParent !== null && !each.closest(".nhsuk-skip-link, p"))
            .map((each) => [each, each.getBoundingClientRect()])
            .filter(([, box]) => box.width < finger || box.height < finger)
            .map(([each, box]) => `${each.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)""",
        arg=FINGER,
    )
    return targets


def hold_requests(page: Page, path: str) -> list[Route]:
    """Hold back the page's requests to a path; the test lets each of them continue."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(path, hold)
    return held
