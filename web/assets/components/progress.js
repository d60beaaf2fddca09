// Says that something is being done, where that takes longer than a moment. A page says it in one
// place, which stays while the page's content is replaced.

import { h } from "../core/dom.js";

const PATIENCE_MS = 400;

/** @type {HTMLElement | undefined} */
let place;
let running = 0;

/**
 * Say that something is being done until it is.
 * @template Result
 * @param {Promise<Result>} work
 * @param {string} [text]
 * @returns {Promise<Result>} the work itself
 */
export async function withProgress(work, text = "Please wait…") {
  if (!place) {
    // It is on the page before it says anything: only then do screen readers read it out.
    place = h("p", { class: "progress", "aria-live": "polite" });
    document.body.append(place);
  }
  const shown = place;
  running += 1;
  const timer = setTimeout(() => (shown.textContent = text), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    running -= 1;
    if (!running) shown.textContent = "";
  }
}
