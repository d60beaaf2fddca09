// A link to another search.

import { h } from "../../core/dom.js";
import { hrefOf } from "./search-query.js";

/**
 * Make a link to another search, which replaces this one without loading the page again.
 * @param {URLSearchParams} query
 * @param {string} text
 * @param {(query: URLSearchParams) => unknown} go
 */
export function searchLink(query, text, go) {
  /** @param {MouseEvent} event */
  const click = (event) => {
    // A new tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(query);
  };
  return h("a", { href: hrefOf(query), click }, text);
}
