// Near misses: what a search would find with exactly one thing of it given up.

import { dayWithWeekday } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { milesInWords } from "../../text/miles.js";
import { inSentence, requirementInWords } from "../../text/requirements.js";
import { CATEGORIES } from "../../text/vocabulary.js";
import { categoriesOf } from "./categories.js";
import { withoutValue, withValue } from "./search-query.js";

/**
 * `nearest` is the id of the nearest home that it finds, where that is known.
 * @typedef {{ text: string, more: string, query: URLSearchParams, nearest?: string }} Suggestion
 */

/**
 * Write a near miss: what is given up, what that finds, and the search for it.
 * @param {URLSearchParams} query
 * @param {Api.NearMiss} miss
 * @returns {Suggestion}
 */
export function nearMissInWords(query, miss) {
  const { nearest, total } = miss;
  const { text, query: other } = relaxed(query, miss);
  const isFarther = miss.relaxed === "radius";
  const where = isFarther
    ? nearest.name
    : `${nearest.name}, ${milesInWords(nearest.distance_miles)}`;
  const says = !isFarther && nearest.fit === "ask" ? ", to ask first" : "";
  const more = `${plural(total, "more home")}. Nearest: ${where}${says}`;
  return { text, more, query: other, nearest: nearest.location_id };
}

/**
 * @param {URLSearchParams} query
 * @param {Api.NearMiss} miss
 */
function relaxed(query, miss) {
  const { nearest } = miss;
  switch (miss.relaxed) {
    case "requirement": {
      const name = miss.requirement;
      return { text: withoutInWords(name), query: withoutRequirement(query, name) };
    }
    case "category": {
      const [kinds] = [Object.keys(nearest.free).map((each) => CATEGORIES[each] || each)];
      const other = withValue(withValue(query, "care_for", null), "care", null);
      return { text: `Another kind of bed: ${kinds.join(", ")}`, query: other };
    }
    case "radius": {
      const says = { yes: ", says yes to all", ask: ", to ask first", no: "" };
      const fit = nearest.fit ? says[nearest.fit] : "";
      const other = withValue(query, "radius_miles", String(miss.radius_miles));
      return { text: `${milesInWords(nearest.distance_miles)} away${fit}`, query: other };
    }
    default: {
      const other = withValue(query, "available_by", miss.available_by);
      return { text: `A bed from ${dayWithWeekday(firstDay(query, miss))}`, query: other };
    }
  }
}

/** @param {string} name */
function withoutInWords(name) {
  return name === "admit_by"
    ? "At a later time"
    : `Without ${inSentence(requirementInWords(name))}`;
}

/**
 * @param {URLSearchParams} query
 * @param {string} name
 */
function withoutRequirement(query, name) {
  if (name === "admit_by") return withValue(query, name, null);
  return query.get("funding") === name
    ? withValue(query, "funding", null)
    : withoutValue(query, "need", name);
}

/**
 * Give the first day on which the nearest home has a bed that the search is for.
 * @param {URLSearchParams} query
 * @param {Api.NearMiss & { relaxed: "date" }} miss
 */
function firstDay(query, { nearest, available_by: last }) {
  const wanted = categoriesOf(query);
  const announced = /** @type {[Api.BedCategory, string][]} */ (
    Object.entries(nearest.available_from || {})
  );
  const days = announced.filter(([each]) => !wanted.length || wanted.includes(each));
  return days.map(([, day]) => day).sort()[0] || last;
}
