// Searches that differ in one thing from one that found no homes.

import { listed } from "../../text/format.js";
import { DISTANCES, FEATURES } from "../../text/vocabulary.js";
import { AGES, categoriesOf, valueIn, withValue } from "./search-query.js";

/** The API searches no farther, and no council is as wide. */
export const FARTHEST = DISTANCES[DISTANCES.length - 1];

/**
 * @typedef {object} Suggestion
 * @property {string} text
 * @property {URLSearchParams} query
 *
 * @typedef {Suggestion & { total: number }} HelpfulSuggestion one that finds so many homes
 *
 * @typedef {(query: URLSearchParams, more?: Record<string, string>) => Promise<Api.SearchResults>
 *   } SearchHomes finds the first home, and how many there are
 */

/**
 * Find the nearest home that fits, however far it is, and the searches to try instead.
 *
 * One search follows the other: at once, each would start a function of its own.
 * @param {URLSearchParams} query one that found no homes
 * @param {SearchHomes} searchHomes
 */
export async function helpfulSuggestions(query, searchHomes) {
  /** @type {HelpfulSuggestion[]} */
  const suggestions = [];
  const wider = await widened(query, searchHomes);
  if (wider) suggestions.push(wider.suggestion);
  /** @type {Suggestion[]} */
  const empty = [];
  for (const suggestion of suggestionsFor(query)) {
    const { total } = await searchHomes(suggestion.query);
    if (total) suggestions.push({ ...suggestion, total });
    else empty.push(suggestion);
  }
  if (!suggestions.length) {
    for (const { text, query: other } of empty) {
      const found = await widened(other, searchHomes);
      if (!found) continue;
      const { suggestion } = found;
      suggestions.push({
        ...suggestion,
        text: `${text}, within ${milesOf(suggestion.query)} miles`,
      });
    }
  }
  if (!suggestions.length) {
    const near = new URLSearchParams({ near: valueIn(query, "near"), include_full: "true" });
    const every = withMiles(near, FARTHEST);
    const { total } = await searchHomes(every);
    const text = `Show every home within ${FARTHEST} miles`;
    if (total) suggestions.push({ text, query: every, total });
  }
  return { nearest: wider && wider.nearest, suggestions };
}

/**
 * Look farther away, until something is found; null where nothing is, as far as the API looks.
 * @param {URLSearchParams} query
 * @param {SearchHomes} searchHomes
 */
async function widened(query, searchHomes) {
  const farther = DISTANCES.filter((miles) => miles > milesOf(query));
  if (!farther.length) return null;
  const widest = withMiles(query, FARTHEST);
  const { results, total } = await searchHomes(widest, { sort: "distance" });
  if (!total) return null;
  const [nearest] = results;
  for (const miles of farther.filter((each) => each >= nearest.distance_miles)) {
    const other = withMiles(query, miles);
    const count = miles === FARTHEST ? total : (await searchHomes(other)).total;
    const suggestion = { text: `Search within ${miles} miles`, query: other, total: count };
    if (count) return { nearest, suggestion };
  }
  return null;
}

/** @param {URLSearchParams} query */
function milesOf(query) {
  return Number(valueIn(query, "radius_miles"));
}

/**
 * @param {URLSearchParams} query
 * @param {number} miles
 */
function withMiles(query, miles) {
  return withValue(query, "radius_miles", String(miles));
}

/**
 * List the searches that have one filter less.
 * @param {URLSearchParams} query
 * @returns {Suggestion[]}
 */
export function suggestionsFor(query) {
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
