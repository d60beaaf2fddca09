// Content that is folded away under a line that opens it.

import { h } from "../core/dom.js";

/**
 * @typedef {object} DetailsOptions
 * @property {boolean} [open] whether it is open at first
 * @property {string} [of] what it is about, for a screen reader
 * @property {string} [className] more classes
 * @property {(event: Event) => unknown} [onToggle]
 */

/**
 * Make details of the design system.
 * @param {string} summary
 * @param {Children} content
 * @param {DetailsOptions} [options]
 */
export function details(summary, content, { open = false, of, className, onToggle } = {}) {
  return h(
    "details",
    {
      class: ["nhsuk-details", className].filter(Boolean).join(" "),
      open,
      toggle: onToggle,
    },
    h(
      "summary",
      { class: "nhsuk-details__summary" },
      h(
        "span",
        { class: "nhsuk-details__summary-text" },
        summary,
        of && h("span", { class: "nhsuk-u-visually-hidden" }, `: ${of}`),
      ),
    ),
    h("div", { class: "nhsuk-details__text" }, content),
  );
}
