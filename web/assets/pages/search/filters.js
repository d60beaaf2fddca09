// A search in words: where, and each filter with the search that is left without it.

import { dayInWords, dayWithWeekday } from "../../text/dates.js";
import { lowerFirst, plural, withinInWords } from "../../text/format.js";
import { inSentence, requirementInWords } from "../../text/requirements.js";
import { minRatingInWords, SUITS } from "../../text/vocabulary.js";
import { CARE_FOR } from "./categories.js";
import { AGES, valueIn, withoutValue } from "./search-query.js";

/** @typedef {{ text: string, query: URLSearchParams }} Filter `query` is the search without it */

/**
 * Write where a search looks: "Within 10 miles of EX2 5DW".
 * @param {URLSearchParams} query
 * @param {string} [place] as the API writes it
 */
export function whereInWords(query, place = valueIn(query, "near")) {
  return withinInWords(Number(valueIn(query, "radius_miles")), placeInWords(place));
}

/**
 * List the filters of a search, in the order of the form.
 * @param {URLSearchParams} query
 * @returns {Filter[]}
 */
export function filtersOf(query) {
  return Object.entries(WORDS).flatMap(([name, inWords]) =>
    query.getAll(name).map((value) => ({
      text: inWords(value),
      query: withoutValue(query, name, value),
    })),
  );
}

/** @type {Record<string, (value: string) => string>} */
const WORDS = {
  care_for: (value) => /** @type {Record<string, string>} */ (CARE_FOR)[value] || value,
  care: (value) => (value === "nursing" ? "Nursing" : "Residential"),
  need: requirementInWords,
  would_like: (value) => `Would like: ${inSentence(requirementInWords(value))}`,
  funding: requirementInWords,
  admit_by: (value) => `Admitted by ${momentInWords(value)}`,
  min_rating: (value) => `Rated ${minRatingInWords(value)}`,
  max_age_hours: (value) => `Confirmed in ${AGES[value] || plural(Number(value), "hour")}`,
  available_by: (value) => `Free by ${/^\d{4}-\d\d-\d\d$/.test(value) ? dayInWords(value) : value}`,
  suits: (value) => `Bed for ${lowerFirst(SUITS[value] || value).replace(" only", "")}`,
  beds: (value) => `${value} beds or more`,
  include_full: () => "Including full and closed homes",
};

/**
 * Write a day and time in England: "4pm on Friday 28 November" for "2026-11-28T16:00".
 * @param {string} moment
 */
export function momentInWords(moment) {
  const [, day, hour, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)$/.exec(moment) || [];
  if (!day) return moment;
  const half = Number(hour) < 12 ? "am" : "pm";
  const minutes = minute === "00" ? "" : `:${minute}`;
  return `${Number(hour) % 12 || 12}${minutes}${half} on ${dayWithWeekday(day)}`;
}

/**
 * Write a place: a postcode, or a point with three decimals, which are a hundred metres.
 * @param {string} label
 */
export function placeInWords(label) {
  if (!label.includes(",")) return label;
  const decimals = label.split(",").map((each) => Number(each).toFixed(3));
  return `the point ${decimals.join(", ")}`;
}
