// What stands above the results: how many there are, what was searched for, and other views of them.

import { button } from "../../components/button.js";
import { h } from "../../core/dom.js";
import { when } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { createAlert } from "./create-alert.js";
import { filtersOf, placeInWords, whereInWords } from "./filters.js";
import { fitGroups, totalsInWords } from "./fit.js";
import { searchLink } from "./search-link.js";
import { ORDERS, valueIn, withValue } from "./search-query.js";

/** @typedef {import("./results.js").ResultsOptions} Options */

/** @param {Options} options */
export function heading({ query, response: { near, total, totals } }) {
  const text = totals
    ? totalsInWords(totals)
    : homesInWords(query, total, placeInWords(near.label));
  return h("h2", { class: "nhsuk-heading-m results__heading" }, text);
}

/** @param {Options} options */
export function wordsOfSearch({ query, response: { near, as_of, notices = [] }, go }) {
  return h(
    "div",
    { class: "results__search" },
    h("p", null, `${whereInWords(query, near.label)}. Correct at ${when(as_of)}.`),
    near.approximate &&
      h(
        "p",
        null,
        `Distances are from the middle of ${near.label}. For exact distances, enter a full postcode.`,
      ),
    notices.map((each) => h("p", null, each)),
    filterButtons(query, go),
  );
}

/**
 * @param {URLSearchParams} query
 * @param {number} total
 * @param {string} place
 */
function homesInWords(query, total, place) {
  const homes = total ? plural(total, "home") : "No home";
  if (valueIn(query, "include_full") === "true") return `${homes} near ${place}`;
  return `${homes} ${total > 1 ? "have" : "has"} a bed that fits`;
}

/**
 * Make a button for each filter, which searches again without it.
 * @param {URLSearchParams} query
 * @param {Options["go"]} go
 */
function filterButtons(query, go) {
  const filters = filtersOf(query);
  if (!filters.length) return h("p", null, "Any kind of bed.");
  return h(
    "ul",
    { class: "filters", "aria-label": "Filters" },
    filters.map(({ text, query: other }) =>
      h(
        "li",
        null,
        button(`${text} ✕`, {
          ...{ kind: "link", className: "filters__remove", "aria-label": `Remove filter: ${text}` },
          onClick: () => go(other),
        }),
      ),
    ),
  );
}

/** @param {Options} options */
export function actions({ query, response, me, refresh }) {
  const kind = /** @type {const} */ ("secondary");
  return h(
    "div",
    { class: "results__actions" },
    me && me.teams.length > 0 && createAlert(query, response.near, me.teams),
    button("Refresh", { kind, onClick: () => void refresh() }),
    response.total > 0 && button("Print this list", { kind, onClick: () => window.print() }),
  );
}

/** @param {Options} options */
export function views({ query, response: { total, totals }, go }) {
  return h(
    "div",
    { class: "results__views" },
    totals && groups(totals, query, go),
    total > 1 && orders(query, go),
  );
}

/**
 * Make the links to the homes that say yes, also to those to ask, or to all.
 * @param {Record<Api.Answer, number>} totals
 * @param {URLSearchParams} query
 * @param {Options["go"]} go
 */
function groups(totals, query, go) {
  return h(
    "nav",
    { class: "results__groups", "aria-label": "What the homes say" },
    fitGroups(totals, valueIn(query, "fit")).map(({ fit, total, text, isShown, isCurrent }) => {
      if (!total || isCurrent) return h("strong", { "aria-current": isCurrent && "true" }, text);
      return searchLink(withValue(query, "fit", fit), isShown ? text : `${text}: show`, go);
    }),
  );
}

/**
 * Make what stands under the list: the way to the homes that say no.
 * @param {Options} options
 */
export function afterList({ query, response: { totals }, go }) {
  if (!totals || !totals.no || valueIn(query, "fit") === "any") return [];
  const text = `Show ${plural(totals.no, "home that says", "homes that say")} no to something`;
  return [h("p", null, searchLink(withValue(query, "fit", "any"), text, go))];
}

/**
 * Make the links to the same homes in another order.
 * @param {URLSearchParams} query
 * @param {Options["go"]} go
 */
function orders(query, go) {
  const current = valueIn(query, "sort");
  return h(
    "nav",
    { class: "results__orders", "aria-label": "Order of the results" },
    h("span", null, "Order: "),
    Object.entries(ORDERS).map(([order, text]) =>
      order === current
        ? h("strong", { "aria-current": "true" }, text)
        : searchLink(withValue(query, "sort", order), text, go),
    ),
  );
}
