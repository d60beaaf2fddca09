// What to try instead: near misses, and searches with one filter less where no home was found.

import { plural } from "../../text/format.js";
import { DISTANCES } from "../../text/vocabulary.js";
import { nearMissInWords } from "./near-misses.js";
import { AGES, nearMissesPath, requestPath, valueIn, withValue } from "./search-query.js";

/** @typedef {import("./near-misses.js").Suggestion} Suggestion */

/** The API searches no farther, and no council is as wide. */
export const FARTHEST = DISTANCES[DISTANCES.length - 1];

/**
 * Find searches that find more homes. One request follows the other: at once, each would start a
 * function of its own.
 * @param {URLSearchParams} query
 * @param {{ isEmpty: boolean, get: (path: string) => Promise<any> }} options `isEmpty` where it found
 *   no homes; `get` asks the API
 * @returns {Promise<Suggestion[]>}
 */
export async function helpfulSuggestions(query, { isEmpty, get }) {
  /** @type {(other: URLSearchParams) => Promise<Api.SearchResults>} */
  const search = (other) => get(requestPath(other, { limit: "1" }));
  const { near_misses: misses } = await get(nearMissesPath(query));
  const found = /** @type {Api.NearMiss[]} */ (misses).map((each) => nearMissInWords(query, each));
  if (!isEmpty) return found;
  for (const { text, query: other } of withoutAFilter(query)) {
    const { total } = await search(other);
    if (total) found.push({ text, more: plural(total, "home"), query: other });
  }
  if (found.length) return found;
  const near = { near: valueIn(query, "near"), include_full: "true" };
  const every = withValue(new URLSearchParams(near), "radius_miles", String(FARTHEST));
  const { total } = await search(every);
  const text = `Show every home within ${FARTHEST} miles`;
  return total ? [{ text, more: plural(total, "home"), query: every }] : [];
}

/**
 * List the searches that have one filter less, of those that no near miss gives up.
 * @param {URLSearchParams} query
 * @returns {{ text: string, query: URLSearchParams }[]}
 */
export function withoutAFilter(query) {
  const rating = valueIn(query, "min_rating");
  const age = valueIn(query, "max_age_hours");
  const without = (/** @type {string} */ name) => withValue(query, name, null);
  const suits = valueIn(query, "suits");
  const suggestions = [
    suits !== "any" && { text: "Include beds whoever they are for", query: without("suits") },
    valueIn(query, "include_full") !== "true" && {
      text: "Include homes that are full or closed",
      query: withValue(query, "include_full", "true"),
    },
    age && {
      text: `Include bed counts older than ${(AGES[age] || `${age} hours`).replace("the last", "a")}`,
      query: without("max_age_hours"),
    },
    rating && {
      text:
        rating === "Outstanding"
          ? "Include all CQC ratings"
          : `Include homes rated below ${rating}`,
      query: without("min_rating"),
    },
    Number(valueIn(query, "beds")) > 1 && { text: "Search for 1 bed", query: without("beds") },
  ];
  return suggestions.flatMap((each) => each || []);
}
