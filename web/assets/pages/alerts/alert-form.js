// The form for a new alert. The address may fill it in with the parameters of the API's search.

import { details } from "../../components/details.js";
import {
  checkboxes,
  checkedValues,
  selectField,
  textField,
  valueOf,
} from "../../components/field.js";
import { form } from "../../components/form.js";
import { fill, h } from "../../core/dom.js";
import { plural } from "../../text/format.js";
import { FUNDING, GROUPS, NEEDS } from "../../text/needs.js";
import {
  CATEGORIES,
  DISTANCES,
  minRatingInWords,
  RATINGS,
  SERVICE_USER_BANDS,
} from "../../text/vocabulary.js";

const BEDS_LIMIT = 1000;
const MORE_FILTERS = ["beds", "min_rating", "service_user_band", "funding"];

/** The fields, by their names in the API. */
const FIELDS = {
  near: { id: "alert-near", name: "Postcode" },
  radius_miles: { id: "alert-radius", name: "Distance" },
  beds: { id: "alert-beds", name: "Number of beds" },
  categories: { id: "alert-categories-0", name: "Kinds of bed" },
  service_user_bands: { id: "alert-bands-0", name: "Who the home must care for" },
  needs: { id: "alert-needs", name: "What the person needs" },
  funding: { id: "alert-funding", name: "Who pays" },
  min_rating: { id: "alert-rating", name: "CQC rating" },
};

/**
 * @typedef {object} NewAlert
 * @property {string} near
 * @property {number} radius_miles
 * @property {number} beds
 * @property {string[]} categories
 * @property {string[]} service_user_bands
 * @property {string[]} needs
 * @property {string} [funding]
 * @property {string} [min_rating]
 *
 * @typedef {object} AlertFormOptions
 * @property {URLSearchParams} parameters what fills it in at first
 * @property {(alert: NewAlert) => unknown} onSubmit
 * @property {(error: unknown) => unknown} onFailure called where no field is to blame
 */

/**
 * Make the form. It is empty again once an alert was created.
 * @param {AlertFormOptions} options
 */
export function alertForm({ parameters, onSubmit, onFailure }) {
  const place = h("div", null);
  /** @param {URLSearchParams} current */
  const show = (current) => {
    /** @param {NewAlert} alert */
    const create = async (alert) => {
      await onSubmit(alert);
      show(new URLSearchParams());
    };
    fill(place, filledForm({ parameters: current, onSubmit: create, onFailure }));
  };
  show(parameters);
  return place;
}

/** @param {AlertFormOptions} options */
function filledForm({ parameters, onSubmit, onFailure }) {
  const near = textField({
    id: FIELDS.near.id,
    label: FIELDS.near.name,
    hint: "Where the bed should be near. For example, EX2 5DW or EX2",
    small: true,
    maxlength: 60,
    value: parameters.get("near") || "",
  });
  const radius = radiusField(parameters.get("radius_miles") || "10");
  const categories = checkboxes({
    id: "alert-categories",
    legend: FIELDS.categories.name,
    hint: "Select all that would fit. Select none for any kind.",
    options: Object.entries(CATEGORIES),
    checked: listIn(parameters, "category"),
  });
  const beds = textField({
    id: FIELDS.beds.id,
    label: FIELDS.beds.name,
    hint: "How many beds of one kind, at least",
    inputmode: "numeric",
    small: true,
    value: parameters.get("beds") || "1",
  });
  const rating = selectField({
    id: FIELDS.min_rating.id,
    label: FIELDS.min_rating.name,
    value: parameters.get("min_rating") || "",
    options: [["", "Any, or not rated yet"], ...RATINGS.map(ratingOption)],
  });
  const bands = checkboxes({
    id: "alert-bands",
    legend: FIELDS.service_user_bands.name,
    hint: "The home has to care for everyone you select.",
    options: SERVICE_USER_BANDS.map((each) => /** @type {Option} */ ([each, each])),
    checked: listIn(parameters, "service_user_band"),
  });
  const funding = selectField({
    id: FIELDS.funding.id,
    label: FIELDS.funding.name,
    value: parameters.get("funding") || "",
    options: [["", "Any"], ...Object.entries(FUNDING)],
  });
  const needs = needsField(listIn(parameters, "need"));
  const read = () => {
    const value = {
      near: valueOf(near),
      radius_miles: Number(valueOf(radius)),
      categories: checkedValues(categories),
      beds: Number(valueOf(beds)),
      service_user_bands: checkedValues(bands),
      needs: checkedValues(needs),
      ...(valueOf(funding) && { funding: valueOf(funding) }),
      ...(valueOf(rating) && { min_rating: valueOf(rating) }),
    };
    return { value, errors: errorsOf(value) };
  };
  return form({
    name: { "aria-labelledby": "new-alert" },
    content: [
      h("h3", { class: "nhsuk-heading-s", id: "new-alert" }, "New alert"),
      near,
      radius,
      categories,
      needs,
      details("More filters", [beds, rating, funding, bands], {
        open: MORE_FILTERS.some((name) => parameters.has(name)),
      }),
    ],
    submit: "Create alert",
    fields: () => FIELDS,
    ...{ read, onSubmit, onFailure },
  });
}

/** @typedef {import("../../components/field.js").Option} Option */

/**
 * Make the boxes for needs, group by group; a group with a chosen need is open.
 * @param {readonly string[]} chosen
 */
function needsField(chosen) {
  const ids = Object.keys(NEEDS);
  const groups = Object.entries(GROUPS).map(([group, label]) => {
    const members = ids.filter((id) => NEEDS[id].group === group);
    const boxes = checkboxes({
      id: `alert-needs-${group}`,
      legend: label,
      options: members.map((id) => /** @type {Option} */ ([id, NEEDS[id].label])),
      checked: chosen,
    });
    return details(label, [boxes], { open: members.some((id) => chosen.includes(id)) });
  });
  return h(
    "div",
    { id: FIELDS.needs.id, tabindex: "-1" },
    h("p", { class: "nhsuk-label" }, FIELDS.needs.name),
    h("p", { class: "nhsuk-hint" }, "A home that says no to one of these sends no message."),
    groups,
  );
}

/** @type {(rating: string) => Option} */
const ratingOption = (rating) => [rating, minRatingInWords(rating)];

/**
 * Make the list of distances, with the one of the address where it is another.
 * @param {string} radius
 */
function radiusField(radius) {
  const distances = DISTANCES.map(String);
  const all = distances.includes(radius) ? distances : [...distances, radius];
  return selectField({
    id: FIELDS.radius_miles.id,
    label: FIELDS.radius_miles.name,
    value: radius,
    options: all.map((each) => [each, `Within ${plural(Number(each), "mile")}`]),
  });
}

/**
 * Read a parameter that may be there several times, or once with commas.
 * @param {URLSearchParams} parameters
 * @param {string} name
 */
export function listIn(parameters, name) {
  return parameters.getAll(name).flatMap((each) => each.split(",").map((value) => value.trim()));
}

/**
 * List what is wrong with a new alert. The API knows which postcodes there are.
 * @param {Pick<NewAlert, "near" | "beds">} alert
 */
export function errorsOf({ near, beds }) {
  const errors = [];
  if (!near) errors.push({ href: `#${FIELDS.near.id}`, text: "Enter a postcode, like EX2 5DW" });
  if (!Number.isInteger(beds) || beds < 1 || beds > BEDS_LIMIT) {
    const text = `Enter the number of beds as a whole number, 1 to ${BEDS_LIMIT}`;
    errors.push({ href: `#${FIELDS.beds.id}`, text });
  }
  return errors;
}
