// The changes of a home, newest first, a page at a time.

import { button } from "../../components/button.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { SignInNeeded } from "../../core/failures.js";
import { when } from "../../text/dates.js";
import { changeInWords } from "./change-in-words.js";

const PAGE_SIZE = 10;

/**
 * Make the list of changes. It fills itself; without them the rest of the page stays as it is.
 * @param {string} locationId
 */
export function history(locationId) {
  const list = h("ol", { class: "history" });
  const foot = h("div", { "aria-live": "polite" }, h("p", null, "Loading…"));

  /** @param {string} [cursor] */
  async function load(cursor) {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(cursor && { cursor }) });
    const path = `/homes/${encodeURIComponent(locationId)}/changes?${query}`;
    try {
      /** @type {Api.HomeChanges} */
      const { changes, next_cursor } = await request("GET", path, { anonymous: true });
      const items = changes.map(item);
      list.append(...items);
      fill(foot, next_cursor && loadButton("Show older changes", next_cursor));
      if (cursor && items.length) focusOn(items[0]);
      if (!list.children.length) fill(foot, h("p", null, "No changes yet."));
    } catch (error) {
      const text =
        error instanceof SignInNeeded ? "Sign in to see the changes." : "The changes did not load.";
      fill(foot, h("p", null, text), loadButton("Try again", cursor));
    }
  }

  /**
   * @param {string} text
   * @param {string} [cursor]
   */
  function loadButton(text, cursor) {
    return button(text, { kind: "secondary", onClick: () => load(cursor) });
  }

  load();
  return [list, foot];
}

/** @param {Api.HomeChange} change */
function item(change) {
  const [heading, lines] = changeInWords(change);
  return h(
    "li",
    null,
    h("strong", null, heading),
    ` at ${when(change.changed_at)}`,
    lines.length > 0 &&
      h(
        "ul",
        { class: "nhsuk-list nhsuk-list--bullet" },
        lines.map((line) => h("li", null, line)),
      ),
  );
}
