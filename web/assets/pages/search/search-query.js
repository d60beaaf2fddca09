// A search as its address has it: the whole of it, so that it can be shared, kept and gone back to.

import { dayInWords } from "../../text/dates.js";
import { listed, plural } from "../../text/format.js";
import { CATEGORIES, FEATURES } from "../../text/vocabulary.js";
import { categoriesOf, needsOf } from "./needs.js";

export const RADII = [2, 5, 10, 15, 25, 50, 100];
export const AGES = { 24: "the last day", 72: "the last 3 days", 168: "the last week" };

const USUAL = { radius_miles: "10", beds: "1", sort: "distance", include_full: "false" };
const NAMES = [
  "near",
  "radius_miles",
  "need",
  "care",
  "beds",
  "min_rating",
  "feature",
  "max_age_hours",
  "available_by",
  "include_full",
  "sort",
];

// The same search always as the same text: without what is empty, usual or unknown.
export function normalised(given) {
  const asked = new URLSearchParams();
  const named = given.getAll("category").join(",").split(",");
  const meant = needsOf(named.map((each) => each.trim()));
  for (const name of NAMES) {
    let values = given.getAll(name).map((each) => each.trim());
    if (name === "need") values = values.concat(meant.needs);
    if (name === "care" && !values.some(Boolean)) values = [meant.care];
    for (const each of new Set(values)) {
      if (each && each !== USUAL[name]) asked.append(name, each);
    }
  }
  return asked;
}

export function value(asked, name) {
  return asked.get(name) || USUAL[name] || "";
}

export function categories(asked) {
  return categoriesOf(asked.getAll("need"), value(asked, "care"));
}

// What the API is asked.
export function query(asked, more = {}) {
  const sent = new URLSearchParams(asked);
  sent.delete("need");
  sent.delete("care");
  for (const each of categories(asked)) sent.append("category", each);
  for (const [name, each] of Object.entries(more)) sent.set(name, each);
  return `/vacancies?${sent}`;
}

export function hrefOf(asked) {
  return `/search.html?${normalised(asked)}`;
}

// A search but for one thing; null takes it out.
export function changed(asked, name, to) {
  const other = new URLSearchParams(asked);
  other.delete(name);
  for (const each of [].concat(to === null ? [] : to)) other.append(name, each);
  return normalised(other);
}

// An alert of the same search. Alerts know no limit of freshness and no day: they tell of openings.
export function alertOf(asked) {
  const rating = value(asked, "min_rating");
  return {
    near: value(asked, "near"),
    radius_miles: Number(value(asked, "radius_miles")),
    beds: Number(value(asked, "beds")),
    categories: categories(asked),
    features: asked.getAll("feature"),
    ...(rating && { min_rating: rating }),
  };
}

// ["Within 10 miles of EX2 5DW", "dementia nursing"]; `label` is the place as the API writes it.
export function inWords(asked, label = value(asked, "near")) {
  const beds = Number(value(asked, "beds"));
  const age = value(asked, "max_age_hours");
  const day = value(asked, "available_by");
  const rating = value(asked, "min_rating");
  const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
  return [
    `Within ${plural(Number(value(asked, "radius_miles")), "mile")} of ${placeInWords(label)}`,
    categories(asked).length
      ? listed(categories(asked).map((each) => lower(CATEGORIES[each] || each))).replace(
          / and ([^,]+)$/,
          " or $1",
        )
      : "any kind of bed",
    beds > 1 && `${beds} beds or more`,
    rating && (rating === "Outstanding" ? "rated Outstanding" : `rated ${rating} or better`),
    ...asked.getAll("feature").map((each) => lower(FEATURES[each] || each)),
    age && `confirmed in ${AGES[age] || plural(Number(age), "hour")}`,
    day && `free by ${/^\d{4}-\d\d-\d\d$/.test(day) ? dayInWords(day) : day}`,
    value(asked, "include_full") === "true" && "full and closed homes too",
  ].filter(Boolean);
}

// A postcode as it is; of a point, three decimals are a hundred metres.
export function placeInWords(label) {
  if (!label.includes(",")) return label;
  return `the point ${label
    .split(",")
    .map((each) => Number(each).toFixed(3))
    .join(", ")}`;
}
