// A search, as the query string of the page's address: it can be shared, kept and gone back to.

import { dayInWords } from "../../text/dates.js";
import { either, lowerFirst, plural, withinInWords } from "../../text/format.js";
import { CATEGORIES, FEATURES, minRatingInWords } from "../../text/vocabulary.js";

/** What a person needs care for, each in one or two bed categories. */
export const NEEDS = {
  general: "Old age or frailty",
  dementia: "Dementia",
  learning_disability: "Learning disability or autism",
  mental_health: "Mental health",
  physical_disability: "Physical disability, younger adult",
  short_stay: "A short stay: discharge to assess, reablement or respite",
};

export const CARE = {
  "": "Either",
  nursing: "Nursing: a nurse day and night",
  residential: "Residential: care without a nurse",
};

/** How lately a home has to have confirmed its bed counts, by hours. */
export const AGES = /** @type {Record<string, string>} */ ({
  24: "the last day",
  72: "the last 3 days",
  168: "the last week",
});

/** @type {Record<string, string>} Needs of one category, the same with and without a nurse. */
const SINGLE_CATEGORIES = {
  physical_disability: "young_physically_disabled",
  short_stay: "transitional",
};

/** @type {Record<string, string>} */
const DEFAULTS = { radius_miles: "10", beds: "1", sort: "best", include_full: "false" };

/** The orders of the results. A stale home next door is a call that is likely to be wasted. */
export const ORDERS = /** @type {Record<string, string>} */ ({
  best: "Best first",
  distance: "Nearest",
  freshness: "Last confirmed",
});

/** The filters that the form folds away. */
export const MORE_FILTERS = [
  "beds",
  "min_rating",
  "feature",
  "max_age_hours",
  "available_by",
  "include_full",
];
const NAMES = ["near", "radius_miles", "need", "care", ...MORE_FILTERS, "sort"];

/**
 * Read the query of a search, always in the same form: nothing in it is empty, a default or unknown.
 * @param {URLSearchParams} parameters as an address or the form has them; they may also name bed
 *   categories, as the API does
 */
export function searchQuery(parameters) {
  const query = new URLSearchParams();
  const named = parameters.getAll("category").join(",").split(",");
  const { needs, care } = needsOf(named.map((each) => each.trim()));
  for (const name of NAMES) {
    let values = parameters.getAll(name).map((each) => each.trim());
    if (name === "need") values = values.concat(needs);
    if (name === "care" && !values.some(Boolean)) values = [care];
    if (name === "sort") values = values.filter((each) => each in ORDERS);
    for (const each of new Set(values)) {
      if (each && each !== DEFAULTS[name]) query.append(name, each);
    }
  }
  return query;
}

/**
 * Give the value of one parameter, or its default.
 * @param {URLSearchParams} query
 * @param {string} name
 */
export function valueIn(query, name) {
  return query.get(name) || DEFAULTS[name] || "";
}

/** @param {URLSearchParams} query */
export function hrefOf(query) {
  return `/search.html?${searchQuery(query)}`;
}

/**
 * Copy a query with other values of one parameter; null takes it out.
 * @param {URLSearchParams} query
 * @param {string} name
 * @param {string | readonly string[] | null} values
 */
export function withValue(query, name, values) {
  const copy = new URLSearchParams(query);
  copy.delete(name);
  for (const each of [values || []].flat()) copy.append(name, each);
  return searchQuery(copy);
}

/**
 * List the bed categories that would do; none means any.
 * @param {URLSearchParams} query
 */
export function categoriesOf(query) {
  return categoriesFor(query.getAll("need"), valueIn(query, "care"));
}

/**
 * List the bed categories of some needs and a kind of care; none means any.
 * @param {readonly string[]} needs keys of `NEEDS`
 * @param {string} care a key of `CARE`
 * @returns {Api.BedCategory[]}
 */
export function categoriesFor(needs, care) {
  if (!needs.length && !care) return [];
  const all = needs.length ? needs : Object.keys(NEEDS).filter((each) => !SINGLE_CATEGORIES[each]);
  const kinds = care ? [care] : ["nursing", "residential"];
  const categories = all.map(
    (need) => SINGLE_CATEGORIES[need] || kinds.map((kind) => `${need}_${kind}`),
  );
  return /** @type {Api.BedCategory[]} */ (categories.flat());
}

/**
 * Give the needs and the kind of care of some bed categories. These may mean a few categories more.
 * @param {readonly string[]} categories
 */
export function needsOf(categories) {
  const single = Object.keys(SINGLE_CATEGORIES).filter((need) =>
    categories.includes(SINGLE_CATEGORIES[need]),
  );
  const needs = new Set();
  const kinds = new Set();
  for (const category of categories) {
    const [, need, kind] = /^(.+)_(nursing|residential)$/.exec(category) || [];
    if (!(need in NEEDS)) continue;
    needs.add(need);
    kinds.add(kind);
  }
  return { needs: [...needs, ...single], care: kinds.size === 1 ? [...kinds][0] : "" };
}

/**
 * Give the path of the API that answers a search.
 * @param {URLSearchParams} query
 * @param {Record<string, string>} [more] other parameters, such as `cursor`
 */
export function requestPath(query, more = {}) {
  const parameters = new URLSearchParams(query);
  parameters.delete("need");
  parameters.delete("care");
  parameters.set("sort", valueIn(query, "sort"));
  for (const each of categoriesOf(query)) parameters.append("category", each);
  for (const [name, value] of Object.entries(more)) parameters.set(name, value);
  return `/vacancies?${parameters}`;
}

/**
 * Make an alert for a search. An alert has no limit of age and no day: it is about vacancies to come.
 * @param {URLSearchParams} query
 */
export function alertOf(query) {
  const rating = valueIn(query, "min_rating");
  return {
    near: valueIn(query, "near"),
    radius_miles: Number(valueIn(query, "radius_miles")),
    beds: Number(valueIn(query, "beds")),
    categories: categoriesOf(query),
    features: query.getAll("feature"),
    ...(rating && { min_rating: rating }),
  };
}

/**
 * Write a search: where, then what: "Within 10 miles of EX2 5DW", "dementia nursing".
 * @param {URLSearchParams} query
 * @param {string} [place] as the API writes it
 * @returns {[where: string, ...filters: string[]]}
 */
export function searchInWords(query, place = valueIn(query, "near")) {
  const beds = Number(valueIn(query, "beds"));
  const age = valueIn(query, "max_age_hours");
  const day = valueIn(query, "available_by");
  const rating = valueIn(query, "min_rating");
  const categories = categoriesOf(query).map((each) => lowerFirst(CATEGORIES[each] || each));
  const filters = [
    either(categories) || "any kind of bed",
    beds > 1 && `${beds} beds or more`,
    rating && `rated ${minRatingInWords(rating)}`,
    ...query.getAll("feature").map((each) => lowerFirst(FEATURES[each] || each)),
    age && `confirmed in ${AGES[age] || plural(Number(age), "hour")}`,
    day && `free by ${/^\d{4}-\d\d-\d\d$/.test(day) ? dayInWords(day) : day}`,
    valueIn(query, "include_full") === "true" && "including full and closed homes",
  ];
  return [
    withinInWords(Number(valueIn(query, "radius_miles")), placeInWords(place)),
    .../** @type {string[]} */ (filters.filter(Boolean)),
  ];
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

const POSTCODE = "a postcode, like EX2 5DW, or the first part of one, like EX2";

/** @type {Record<string, string>} */
const ERRORS = {
  radius_miles: "Enter a distance of more than 0 and no more than 100 miles",
  beds: "Enter the number of beds as a whole number, such as 2",
  min_rating: "Choose a CQC rating from the list",
  max_age_hours: "Choose from the list when bed counts were confirmed",
  available_by: "Enter a day between today and a year from now",
};

/**
 * Write what is wrong with a search, each at its field.
 * @param {URLSearchParams} query
 * @param {readonly { field: string, detail: string }[]} [errors] those of the API
 * @returns {FieldError[]}
 */
export function errorsOf(query, errors = []) {
  const near = valueIn(query, "near");
  if (!near) return [{ href: "#near", text: `Enter ${POSTCODE}` }];
  return errors.map(({ field, detail }) => {
    const text =
      field === "near" ? `We do not know the place “${near}”. Enter ${POSTCODE}` : ERRORS[field];
    return text ? { href: `#${field}`, text } : { text: `${field}: ${detail}` };
  });
}
