// Searches that differ in one thing from one that found no homes.

import { listed } from "../../text/format.js";
import { DISTANCES, FEATURES } from "../../text/vocabulary.js";
import { AGES, categoriesOf, valueIn, withValue } from "./search-query.js";

const LIMIT = 8;
const WIDER_LIMIT = 3;

/**
 * @typedef {object} Suggestion
 * @property {string} text
 * @property {URLSearchParams} query
 * @property {boolean} [isWider] whether it looks farther away
 */

/**
 * List the searches to try, those that look farther away first.
 * @param {URLSearchParams} query
 * @returns {Suggestion[]}
 */
export function suggestionsFor(query) {
  return [...wider(query), ...withoutAFilter(query)].slice(0, LIMIT);
}

/**
 * Find the suggestions that find homes, and of those that look farther away only the nearest.
 *
 * One search follows the other: at once, each would start a function of its own.
 * @param {URLSearchParams} query
 * @param {(query: URLSearchParams) => Promise<number>} countHomes
 */
export async function helpfulSuggestions(query, countHomes) {
  const helpful = [];
  for (const suggestion of suggestionsFor(query)) {
    if (suggestion.isWider && helpful.length) continue;
    const total = await countHomes(suggestion.query);
    if (total) helpful.push({ ...suggestion, total });
  }
  return helpful;
}

/**
 * @param {URLSearchParams} query
 * @returns {Suggestion[]}
 */
function wider(query) {
  const radius = Number(valueIn(query, "radius_miles"));
  return DISTANCES.filter((miles) => miles > radius)
    .slice(0, WIDER_LIMIT)
    .map((miles) => ({
      isWider: true,
      text: `Search within ${miles} miles`,
      query: withValue(query, "radius_miles", String(miles)),
    }));
}

/**
 * @param {URLSearchParams} query
 * @returns {Suggestion[]}
 */
function withoutAFilter(query) {
  const rating = valueIn(query, "min_rating");
  const age = valueIn(query, "max_age_hours");
  const features = query.getAll("feature");
  const without = (/** @type {string} */ name) => withValue(query, name, null);
  const suggestions = [
    categoriesOf(query).length > 0 && {
      text: "Include all kinds of bed",
      query: withValue(without("need"), "care", null),
    },
    valueIn(query, "care") && {
      text: "Include care with or without a nurse",
      query: without("care"),
    },
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
    features.length > 1 && {
      text: `Search without ${listed(features.map(quoted))}`,
      query: without("feature"),
    },
    ...features.map((feature) => ({
      text: `Search without ${quoted(feature)}`,
      query: withValue(
        query,
        "feature",
        features.filter((each) => each !== feature),
      ),
    })),
  ];
  return /** @type {Suggestion[]} */ (suggestions.filter(Boolean));
}

/** @param {string} feature */
function quoted(feature) {
  return `“${FEATURES[feature] || feature}”`;
}
