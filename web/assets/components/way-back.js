// The way back from a home's page to the results that it was opened from.

import { h } from "../core/dom.js";

const OPENED = "bedboard.opened";

/**
 * Remember, in this tab, that the results here lead to the page of a home.
 * @param {string} locationId
 */
export function rememberWayBack(locationId) {
  const opened = { home: locationId, href: location.pathname + location.search };
  try {
    sessionStorage.setItem(OPENED, JSON.stringify(opened));
  } catch {
    // Then there is the browser's own way back.
  }
}

/**
 * Make the link back to the results; null where the page of this home was opened otherwise.
 * @param {string} locationId
 */
export function wayBack(locationId) {
  const href = takeOpened(locationId) || (history.state || {}).results;
  if (!href) return null;
  history.replaceState({ ...history.state, results: href }, "");
  return h("p", null, h("a", { class: "way-back", href, click: goBack }, "Back to the results"));
}

/** @param {string} locationId */
function takeOpened(locationId) {
  try {
    const { home, href } = JSON.parse(sessionStorage.getItem(OPENED) || "{}");
    sessionStorage.removeItem(OPENED);
    return home === locationId ? href : null;
  } catch {
    return null;
  }
}

// The entry before this one in the history is the results, with the place where they were left.
/** @param {MouseEvent} event */
function goBack(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || history.length < 2) return;
  event.preventDefault();
  history.back();
}
