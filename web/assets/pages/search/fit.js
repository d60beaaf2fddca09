// What a home says of all that a search asks: the groups above the results, the lines on a card.

import { plural } from "../../text/format.js";

/** @typedef {"yes" | "ask" | "any"} FitShown those that say yes, also those to ask, or all */

const GROUPS = /** @type {const} */ ([
  { fit: "yes", answer: "yes", text: "Says yes to all" },
  { fit: "ask", answer: "ask", text: "Ask about something" },
  { fit: "any", answer: "no", text: "Says no to something" },
]);

/**
 * List the groups of homes, each with its exact number, and whether they are shown.
 * @param {Record<Api.Answer, number>} totals
 * @param {string} shown the `fit` of the search
 */
export function fitGroups(totals, shown) {
  const last = GROUPS.findIndex(({ fit }) => fit === shown);
  return GROUPS.map(({ fit, answer, text }, number) => ({
    ...{ fit, total: totals[answer], text: `${text} (${totals[answer]})` },
    isShown: number <= last,
    isCurrent: number === last,
  }));
}

/**
 * Write how many homes say yes, and how many have to be asked.
 * @param {Record<Api.Answer, number>} totals
 */
export function totalsInWords({ yes, ask }) {
  const all = yes
    ? `${plural(yes, "home says", "homes say")} yes to all`
    : "No home says yes to all";
  return ask ? `${all}, ${ask} to ask first` : all;
}

/**
 * Write what stands on a card for its fit.
 * @param {Api.SearchResult} home
 */
export function fitInWords({ fit, ask = [], not_said: notSaid = [], no = [] }) {
  if (fit === "yes") return "✓ Says yes to all";
  if (fit === "no") return `✕ Says no to ${no.length}`;
  return `? Ask about ${ask.length + notSaid.length}`;
}
