// How many homes are up to date, in words and numbers; each leads to those homes in the list.

import { freshnessTag } from "../../components/freshness-tag.js";
import { h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { hrefOf } from "./home-filter.js";

const MEANINGS = [
  ["fresh", "confirmed within the last day"],
  ["ageing", "confirmed within the last week"],
  ["stale", "confirmed more than a week ago"],
  ["never", "have not posted anything yet"],
];

// `showOnly({freshness})` filters the list of homes.
export function figures({ homes, closed, freshness }, showOnly) {
  return h(
    "section",
    { "aria-labelledby": "up-to-date" },
    h("h2", { class: "nhsuk-heading-m", id: "up-to-date" }, "Are the numbers up to date?"),
    h("p", { class: "nhsuk-lede-text lede" }, inWords(homes, freshness.fresh)),
    h(
      "ul",
      { class: "figures" },
      MEANINGS.map(([label, meaning]) => figure(label, freshness[label], meaning, showOnly)),
    ),
    h("p", null, closedInWords(closed)),
  );
}

function inWords(homes, fresh) {
  if (fresh === homes) return "Every home has confirmed its numbers within the last day.";
  const due = homes - fresh;
  return (
    `${fresh} of ${plural(homes, "home")} (${percent(fresh, homes)}) confirmed ` +
    `${fresh === 1 ? "its" : "their"} numbers within the last day. ` +
    `${due} ${due === 1 ? "is" : "are"} not up to date.`
  );
}

function closedInWords(closed) {
  if (!closed) return "Every home is open to admissions.";
  const are = closed === 1 ? "home is" : "homes are";
  return `${closed} ${are} closed to admissions: nothing of theirs is counted as a vacancy.`;
}

function figure(label, count, meaning, showOnly) {
  const show = (event) => {
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
        { class: "figure__link", href: hrefOf({ freshness: label }), click: show },
        "Show ",
        h("span", { class: "nhsuk-u-visually-hidden" }, `${label} homes `),
        "in the list",
      ),
  );
}

// "44%" of 132 in 300; never 0% or 100% of what is neither.
export function percent(part, whole) {
  if (!part || !whole) return "0%";
  if (part === whole) return "100%";
  return `${Math.min(99, Math.max(1, Math.round((100 * part) / whole)))}%`;
}
