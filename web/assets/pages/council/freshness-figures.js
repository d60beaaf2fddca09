// How many homes have up-to-date bed counts. Each figure leads to its homes in the list.

import { freshnessTag } from "../../components/freshness-tag.js";
import { h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { addressOf, percentage } from "./homes.js";

/** @typedef {Api.Freshness | "never"} Label */

/** @type {readonly (readonly [label: Label, meaning: string])[]} */
const MEANINGS = [
  ["fresh", "confirmed in the last day"],
  ["ageing", "confirmed in the last week"],
  ["stale", "confirmed more than a week ago"],
  ["never", "no bed counts posted yet"],
];

/**
 * Make the section.
 * @param {Api.Totals} totals
 * @param {(filter: { freshness: Label }) => void} showOnly filters the list of homes
 */
export function freshnessFigures({ homes, closed, freshness }, showOnly) {
  return h(
    "section",
    { "aria-labelledby": "up-to-date" },
    h("h2", { class: "nhsuk-heading-m", id: "up-to-date" }, "Are the bed counts up to date?"),
    h("p", { class: "nhsuk-lede-text lede" }, freshnessInWords(homes, freshness.fresh)),
    h(
      "ul",
      { class: "figures" },
      MEANINGS.map(([label, meaning]) => figure(label, freshness[label], meaning, showOnly)),
    ),
    h("p", null, closedInWords(closed)),
  );
}

/**
 * Write how many of the homes are up to date.
 * @param {number} homes
 * @param {number} fresh
 */
export function freshnessInWords(homes, fresh) {
  if (fresh === homes) return "Every home has confirmed its bed counts in the last day.";
  const due = homes - fresh;
  return (
    `${fresh} of ${plural(homes, "home")} (${percentage(fresh, homes)}) confirmed ` +
    `${fresh === 1 ? "its" : "their"} bed counts in the last day. ` +
    `${due} ${due === 1 ? "is" : "are"} not up to date.`
  );
}

/**
 * Write how many homes are closed.
 * @param {number} closed
 */
export function closedInWords(closed) {
  if (!closed) return "Every home is open to admissions.";
  return closed === 1
    ? "1 home is closed to admissions. Its beds do not count as vacancies."
    : `${closed} homes are closed to admissions. Their beds do not count as vacancies.`;
}

/**
 * @param {Label} label
 * @param {number} count
 * @param {string} meaning
 * @param {(filter: { freshness: Label }) => void} showOnly
 */
function figure(label, count, meaning, showOnly) {
  const show = (/** @type {Event} */ event) => {
    event.preventDefault();
    showOnly({ freshness: label });
  };
  return h(
    "li",
    { class: "figure" },
    h("span", { class: "figure__number" }, count),
    freshnessTag(label, meaning),
    count > 0 &&
      h(
        "a",
        { class: "figure__link", href: addressOf({ freshness: label }), click: show },
        "Show homes",
        h("span", { class: "nhsuk-u-visually-hidden" }, `: ${meaning}`),
      ),
  );
}
