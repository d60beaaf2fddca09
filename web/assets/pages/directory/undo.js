// For a day after an import: bring back the homes that it removed from search.

import { confirmButton } from "../../components/confirm-button.js";
import { notice } from "../../components/notice.js";
import { showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, focusOn, h } from "../../core/dom.js";
import { NoResponse } from "../../core/failures.js";
import { when } from "../../text/dates.js";
import { plural } from "../../text/format.js";

/**
 * Make the section, or nothing where the import removed no home or its day is over.
 * @param {Pick<Api.ImportReport, "import_id" | "undo_until">} report
 */
export function undoSection({ import_id: id, undo_until: until }) {
  if (!until || new Date(until) <= new Date()) return null;
  const result = h("div", null);
  let restored = 0;
  /** @type {Set<string>} */
  const moved = new Set();
  let offset = 0;

  async function undo() {
    fill(result, h("p", { role: "status" }, "Bringing the homes back…"));
    try {
      for (let next = /** @type {number | null} */ (offset); next !== null;) {
        offset = next;
        const path = `/imports/${encodeURIComponent(id)}/undo?offset=${offset}`;
        /** @type {{ restored: string[], moved: string[], next_offset: number | null }} */
        const answer = await request("POST", path);
        restored += answer.restored.length;
        for (const each of answer.moved) moved.add(each);
        next = answer.next_offset;
      }
    } catch (error) {
      if (!(error instanceof NoResponse)) showFailure(result, error);
      else fill(result, notice("error", "No connection", h("p", null, "Try again.")));
      return false;
    }
    const count = `${plural(restored, "home")} came back, with everything that staff posted.`;
    const done = notice("success", "The removals are undone", h("p", null, count), movedList());
    fill(section, done);
    focusOn(done);
    return true;
  }

  /** List the homes that stay as they are: each would be in search twice. */
  function movedList() {
    if (!moved.size) return null;
    const link = (/** @type {string} */ old) =>
      h("a", { href: `/successor.html?${new URLSearchParams({ old })}` }, old);
    const items = Array.from(moved, (each) => h("li", null, link(each)));
    return [
      h(
        "p",
        null,
        "These have a new location ID, so they stay as they are. To bring one back, ",
        "take its new ID back first, then open this report and undo again:",
      ),
      h("ul", { class: "nhsuk-list nhsuk-list--bullet ids" }, items),
    ];
  }

  const section = h(
    "section",
    null,
    h("h2", { class: "nhsuk-heading-m" }, "Undo the removals"),
    h(
      "p",
      null,
      "If the file was wrong, you can bring back the homes that this import removed from search, ",
      `until ${when(until)}. The other changes of the import stay.`,
    ),
    confirmButton("Bring the homes back", {
      ...{ of: "that this import removed", yes: "Yes, bring them back", no: "Cancel" },
      onConfirm: undo,
    }),
    result,
  );
  return section;
}
