// The part of the results that says what to try instead.

import { button } from "../../components/button.js";
import { placingTag } from "../../components/placing-tag.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { placeInWords } from "./filters.js";
import { searchLink } from "./search-link.js";
import { FARTHEST, helpfulSuggestions } from "./suggestions.js";

/** Where fewer homes say yes, near misses are shown without a press. */
const FEW = 3;

/**
 * Make the list of other searches that find homes. It fills itself where few homes say yes, and on
 * one press otherwise.
 * @param {import("./results.js").ResultsOptions} options
 */
export function suggestionsPlace(options) {
  const { response, query, go } = options;
  const place = h("div", { class: "near-misses" });
  const load = () => {
    fill(place, h("p", { role: "status" }, "Looking for homes that nearly fit…"));
    return show(place, options).catch(() => {
      const again = button("Try again", { kind: "secondary", onClick: () => go(query) });
      fill(place, h("p", { role: "alert" }, "We could not look for other homes."), again);
    });
  };
  const fitting = response.totals ? response.totals.yes : response.total;
  if (fitting < FEW) load();
  else fill(place, button("Show near misses", { kind: "secondary", onClick: load }));
  return place;
}

/**
 * @param {HTMLElement} place
 * @param {import("./results.js").ResultsOptions} options
 */
async function show(place, { query, response, stops, me, go }) {
  const isEmpty = !response.total;
  const get = (/** @type {string} */ path) => request("GET", path, { anonymous: !me });
  const all = await helpfulSuggestions(query, { isEmpty, get });
  const where = placeInWords(response.near.label);
  const items = all.map(({ text, more, query: other, nearest }) =>
    h(
      "li",
      null,
      searchLink(other, text, go),
      `: ${more}`,
      stops && nearest && placingTag(stops.get(nearest)),
    ),
  );
  const none = isEmpty
    ? `Bedboard lists no homes within ${FARTHEST} miles of ${where}. Check the postcode.`
    : "No home lacks only one thing.";
  const heading = isEmpty ? "Try one of these searches" : "Near misses: one thing given up";
  fill(
    place,
    h("h3", { class: "nhsuk-heading-s" }, items.length ? heading : "Near misses"),
    items.length ? h("ul", { class: "suggestions" }, items) : h("p", null, none),
  );
}
