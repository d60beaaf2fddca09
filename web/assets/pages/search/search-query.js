// A search, as the query string of the page's address: it can be shared, kept and gone back to.

import { careOf, categoriesOf } from "./categories.js";

/** How lately a home has to have confirmed its bed counts, by hours. */
export const AGES = /** @type {Record<string, string>} */ ({
  24: "the last day",
  72: "the last 3 days",
  168: "the last week",
});

/** The time of day by which someone is to be admitted, unless another is given. */
export const USUAL_TIME = "16:00";

/** @type {Record<string, string>} */
const DEFAULTS = {
  radius_miles: "10",
  beds: "1",
  sort: "best",
  include_full: "false",
  fit: "ask",
  suits: "any",
};

/** The orders of the results. An uncertain bed next door is a call that is likely to be wasted. */
export const ORDERS = /** @type {Record<string, string>} */ ({
  best: "Best first",
  distance: "Nearest",
  freshness: "Last confirmed",
});

/** The filters that the form folds away. */
export const MORE_FILTERS = [
  "suits",
  "beds",
  "min_rating",
  "max_age_hours",
  "available_by",
  "include_full",
];
/** What a home may say yes or no to. */
const REQUIREMENTS = ["need", "funding", "admit_by"];
const NAMES = [
  ...["near", "radius_miles", "care_for", "care", ...REQUIREMENTS, "would_like"],
  ...[...MORE_FILTERS, "fit", "sort"],
];

/**
 * Read the query of a search, always in the same form: nothing in it is empty, a default or unknown.
 * @param {URLSearchParams} parameters as an address or the form has them; they may also name bed
 *   categories, as the API does
 */
export function searchQuery(parameters) {
  const query = new URLSearchParams();
  const named = listOf(parameters, "category");
  const { careFor, care } = careOf(named);
  for (const name of NAMES) {
    let values = valuesOf(parameters, name);
    if (name === "care_for") values = values.concat(careFor);
    if (name === "care" && !values.some(Boolean)) values = [care];
    if (name === "sort") values = values.filter((each) => each in ORDERS);
    // What must be so is no wish as well.
    if (name === "would_like")
      values = values.filter((each) => !query.getAll("need").includes(each));
    for (const each of new Set(values)) {
      if (each && each !== DEFAULTS[name]) query.append(name, each);
    }
  }
  if (!hasRequirements(query)) query.delete("fit");
  return query;
}

/**
 * @param {URLSearchParams} parameters
 * @param {string} name
 */
function valuesOf(parameters, name) {
  if (name === "need" || name === "would_like") return listOf(parameters, name);
  if (name !== "admit_by") return parameters.getAll(name).map((each) => each.trim());
  // The form has a field for the day and one for the time.
  const day = parameters.get("admit_day");
  const time = parameters.get("admit_time") || USUAL_TIME;
  return [day ? `${day}T${time}` : parameters.get("admit_by") || ""];
}

/**
 * Read a list, whose values the API takes one by one or with commas between them.
 * @param {URLSearchParams} parameters
 * @param {string} name
 */
function listOf(parameters, name) {
  const values = parameters.getAll(name).join(",").split(",");
  return values.map((each) => each.trim()).filter(Boolean);
}

/**
 * Tell whether homes are asked for anything that they may say yes or no to.
 * @param {URLSearchParams} query
 */
export function hasRequirements(query) {
  return REQUIREMENTS.some((name) => query.has(name));
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
 * Copy a query without one value of a parameter that may have several.
 * @param {URLSearchParams} query
 * @param {string} name
 * @param {string} value
 */
export function withoutValue(query, name, value) {
  const others = query.getAll(name).filter((each) => each !== value);
  return withValue(query, name, others);
}

/**
 * Give the path of the API that answers a search.
 * @param {URLSearchParams} query
 * @param {Record<string, string>} [more] other parameters, such as `cursor`
 */
export function requestPath(query, more = {}) {
  return `/vacancies?${parametersOf(query, more)}`;
}

/**
 * Give the path of the API for homes that lack one thing that a search asks.
 *
 * What says no to something is a near miss, not a result that there is already.
 * @param {URLSearchParams} query
 */
export function nearMissesPath(query) {
  return `/vacancies/near-misses?${parametersOf(withValue(query, "fit", null), {})}`;
}

/**
 * @param {URLSearchParams} query
 * @param {Record<string, string>} more
 */
function parametersOf(query, more) {
  const parameters = new URLSearchParams(query);
  parameters.delete("care_for");
  parameters.delete("care");
  parameters.set("sort", valueIn(query, "sort"));
  for (const each of categoriesOf(query)) parameters.append("category", each);
  for (const [name, value] of Object.entries(more)) parameters.set(name, value);
  return parameters;
}

/**
 * Make an alert for a search. An alert has no limit of age and no day: it is about vacancies to come.
 * @param {URLSearchParams} query
 */
export function alertOf(query) {
  const [rating, funding] = [valueIn(query, "min_rating"), valueIn(query, "funding")];
  return {
    near: valueIn(query, "near"),
    radius_miles: Number(valueIn(query, "radius_miles")),
    beds: Number(valueIn(query, "beds")),
    categories: categoriesOf(query),
    needs: query.getAll("need"),
    ...(funding && { funding }),
    ...(rating && { min_rating: rating }),
  };
}

const POSTCODE = "a postcode, like EX2 5DW, or the first part of one, like EX2";

/** @type {Record<string, string>} */
const ERRORS = {
  radius_miles: "Enter a distance of more than 0 and no more than 100 miles",
  beds: "Enter the number of beds as a whole number, such as 2",
  min_rating: "Choose a CQC rating from the list",
  max_age_hours: "Choose from the list when bed counts were confirmed",
  available_by: "Enter a day between today and a year from now",
  need: "Remove the need that is not on the list",
  would_like: "Remove the need that is not on the list",
  funding: "Choose who pays from the list",
  admit_by: "Enter a day and time between now and 31 days from now",
};

/** @type {Record<string, string>} The fields that have another id than the parameter's name. */
const FIELDS = { need: "needs-find", would_like: "needs-find", admit_by: "admit_day" };

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
    return text ? { href: `#${FIELDS[field] || field}`, text } : { text: `${field}: ${detail}` };
  });
}
