// The way back from a home's page to the list that it was opened from.

import { h } from "../core/dom.js";

const OPENED = "bedboard.opened";

/**
 * Remember, in this tab, that the list here leads to the page of a home.
 * @param {string} locationId
 * @param {string} text what the link back says
 */
export function rememberWayBack(locationId, text) {
  const opened = { home: locationId, href: location.pathname + location.search, text };
  try {
    sessionStorage.setItem(OPENED, JSON.stringify(opened));
  } catch {
    // Then there is the browser's own way back.
  }
}

/**
 * Make the link back to the list; null where the page of this home was opened otherwise.
 * @param {string} locationId
 */
export function wayBack(locationId) {
  const list = takeOpened(locationId) || (history.state || {}).list;
  if (!list) return null;
  history.replaceState({ ...history.state, list }, "");
  return h("p", null, h("a", { class: "way-back", href: list.href, click: goBack }, list.text));
}

/** @param {string} locationId */
function takeOpened(locationId) {
  try {
    const { home, ...list } = JSON.parse(sessionStorage.getItem(OPENED) || "{}");
    sessionStorage.removeItem(OPENED);
    return home === locationId ? list : null;
  } catch {
    return null;
  }
}

// The entry before this one in the history is the list, with the place where it was left.
/** @param {MouseEvent} event */
function goBack(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || history.length < 2) return;
  event.preventDefault();
  history.back();
}
