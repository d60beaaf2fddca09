// What the council changed of its mark on a home, newest first: for the council alone.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { daysInWords } from "../../components/placing-tag.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { when } from "../../text/dates.js";

const PAGE_SIZE = 20;

/**
 * Make the history, folded away. It fills itself each time that it is opened.
 * @param {string} path of the home
 */
export function markHistory(path) {
  const list = h("ol", { class: "history" });
  const foot = h("div", { "aria-live": "polite" });

  /** @param {string} [cursor] */
  async function load(cursor) {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(cursor && { cursor }) });
    fill(foot, h("p", null, "Loading…"));
    try {
      /** @type {Api.PlacingStopChanges} */
      const page = await request("GET", `${path}/placing-stop/changes?${query}`);
      const items = page.changes.map(item);
      if (cursor) list.append(...items);
      else fill(list, items);
      fill(foot, page.next_cursor && more("Show older changes", page.next_cursor));
      if (cursor && items.length) focusOn(items[0]);
      if (!list.children.length) fill(foot, h("p", null, "This home was never marked."));
    } catch {
      fill(foot, h("p", null, "The changes did not load."), more("Try again", cursor));
    }
  }

  /**
   * @param {string} text
   * @param {string} [cursor]
   */
  function more(text, cursor) {
    return button(text, { kind: "secondary", small: true, onClick: () => load(cursor) });
  }

  /** @param {Event} event */
  function onToggle({ target }) {
    if (target instanceof HTMLDetailsElement && target.open) load();
  }
  return details("Earlier changes of this mark", [list, foot], { onToggle });
}

/** @param {Api.PlacingStopChanges["changes"][number]} change */
function item({ changed_at: at, is }) {
  const what = is ? `Not placing here ${daysInWords(is)}` : "Mark taken back";
  return h("li", null, h("strong", null, what), `, at ${when(at)}`);
}
