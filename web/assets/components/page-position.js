// Where someone was in a list of homes, kept in the history: Back finds the same homes, at the same
// place.

import { find } from "../core/dom.js";
import { rememberWayBack } from "./way-back.js";

const SETTLED_MS = 100;

/**
 * @typedef {object} Position
 * @property {number} [shown] how many homes were on the page
 * @property {number} [top] how far the page was scrolled
 * @property {string} [home] the home whose page was opened
 */

/** Give the position of this entry of the history. */
export function position() {
  return /** @type {Position} */ (history.state || {});
}

/** @param {Position} values */
export function keepPosition(values) {
  history.replaceState({ ...position(), ...values }, "");
}

/**
 * Keep the position from now on.
 * @param {HTMLElement} place where the list is; what names a home has its id in `data-home`
 * @param {string} wayBack what the link back to the list says
 */
export function followPosition(place, wayBack) {
  history.scrollRestoration = "manual";
  /** @type {number | undefined} */
  let timer;
  window.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keepPosition({ top: window.scrollY }), SETTLED_MS);
  });
  place.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    clearTimeout(timer);
    const item = link.closest("[data-home]");
    const home = (item && item.getAttribute("data-home")) || undefined;
    keepPosition({ top: window.scrollY, home });
    if (home) rememberWayBack(home, wayBack);
  });
}

/**
 * Go to a position again, with the focus on the home that was opened from there.
 * @param {HTMLElement} place
 * @param {Position} kept
 */
export function returnTo(place, { top, home }) {
  const items = Array.from(place.querySelectorAll("[data-home]"));
  const opened = items.find((each) => each.getAttribute("data-home") === home);
  if (opened) {
    const link = opened instanceof HTMLAnchorElement ? opened : find(opened, "a", HTMLElement);
    link.focus({ preventScroll: true });
  }
  if (top !== undefined) window.scrollTo(0, top);
}
