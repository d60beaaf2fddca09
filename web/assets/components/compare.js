// Someone else saved first: both versions side by side, for the person to choose.

import { h } from "../core/dom.js";
import { button } from "./button.js";
import { notice } from "./notice.js";

/**
 * @typedef {object} CompareOptions
 * @property {string} intro
 * @property {[what: string, mine: string, theirs: string][]} rows
 * @property {string} mineText the button that continues with one's own
 * @property {() => unknown} onMine
 * @property {() => unknown} onTheirs
 */

/**
 * Ask which of two versions is right.
 * @param {CompareOptions} options
 */
export function compare({ intro, rows, mineText, onMine, onTheirs }) {
  const head = (/** @type {string} */ text) => h("th", { scope: "col" }, text);
  return notice(
    "warning",
    "Someone else has saved changes",
    h("p", null, intro),
    h(
      "table",
      { class: "compare nhsuk-u-margin-bottom-4" },
      h("thead", null, h("tr", null, h("td"), head("Yours"), head("Theirs"))),
      h(
        "tbody",
        null,
        rows.map(([what, ...versions]) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, what),
            versions.map((each) => h("td", null, each)),
          ),
        ),
      ),
    ),
    h(
      "div",
      { class: "actions" },
      button(mineText, { onClick: onMine }),
      button("Keep theirs", { kind: "link", onClick: onTheirs }),
    ),
  );
}
