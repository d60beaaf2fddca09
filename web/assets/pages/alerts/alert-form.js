// The form for a new alert; a search's address fills it in: "Tell me when one opens".

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
import { CATEGORIES, FEATURES, RATINGS, SERVICE_USER_BANDS } from "../../text/vocabulary.js";

const RADII = ["1", "3", "5", "10", "15", "20", "30", "50", "100"];

const IDS = {
  near: "alert-near",
  radius_miles: "alert-radius",
  beds: "alert-beds",
  categories: "alert-categories-0",
  service_user_bands: "alert-bands-0",
  features: "alert-features-0",
  min_rating: "alert-rating",
};

const NAMES = {
  near: "Near which postcode",
  radius_miles: "How far",
  beds: "How many beds",
  categories: "Kinds of beds",
  service_user_bands: "Cares for",
  features: "Offers",
  min_rating: "CQC rating",
};

// `wanted`: parameters as a search has them; `onSubmit(body)` creates it; `onFailure(error)` is for
// what is no field's fault.
export function alertForm({ wanted, onSubmit, onFailure }) {
  const place = h("div", null);
  const start = (params) => {
    const create = async (body) => {
      await onSubmit(body);
      start(new URLSearchParams());
    };
    fill(place, formOf(params, create, onFailure));
  };
  start(wanted);
  return place;
}

function formOf(params, onSubmit, onFailure) {
  const several = (name) =>
    params.getAll(name).flatMap((each) => each.split(",").map((value) => value.trim()));
  const radius = params.get("radius_miles") || "10";
  const near = textField({
    id: IDS.near,
    label: NAMES.near,
    hint: "A whole postcode, such as EX2 5DW, or its first half",
    small: true,
    maxlength: 60,
    value: params.get("near") || "",
  });
  const far = selectField({
    id: IDS.radius_miles,
    label: NAMES.radius_miles,
    value: radius,
    options: (RADII.includes(radius) ? RADII : [...RADII, radius]).map((each) => [
      each,
      `Within ${plural(Number(each), "mile")}`,
    ]),
  });
  const kinds = checkboxes({
    id: "alert-categories",
    legend: NAMES.categories,
    hint: "Tick any that would do. None ticked means every kind.",
    options: Object.entries(CATEGORIES),
    checked: several("category"),
  });
  const beds = textField({
    id: IDS.beds,
    label: `${NAMES.beds}, at least`,
    inputmode: "numeric",
    small: true,
    value: params.get("beds") || "1",
  });
  const rating = selectField({
    id: IDS.min_rating,
    label: NAMES.min_rating,
    value: params.get("min_rating") || "",
    options: [
      ["", "Any, or none yet"],
      ...RATINGS.map((each) => [each, each === "Outstanding" ? each : `${each} or better`]),
    ],
  });
  const bands = checkboxes({
    id: "alert-bands",
    legend: NAMES.service_user_bands,
    hint: "The home has to care for all that you tick.",
    options: SERVICE_USER_BANDS.map((each) => [each, each]),
    checked: several("service_user_band"),
  });
  const features = checkboxes({
    id: "alert-features",
    legend: NAMES.features,
    hint: "The home has to offer all that you tick.",
    options: Object.entries(FEATURES),
    checked: several("feature"),
  });
  const more = ["beds", "min_rating", "service_user_band", "feature"];
  const read = () => {
    const value = {
      near: valueOf(near),
      radius_miles: Number(valueOf(far)),
      categories: checkedValues(kinds),
      beds: Number(valueOf(beds)),
      service_user_bands: checkedValues(bands),
      features: checkedValues(features),
      ...(valueOf(rating) && { min_rating: valueOf(rating) }),
    };
    return { value, errors: problemsOf(value) };
  };
  return form({
    name: { "aria-labelledby": "new-alert" },
    content: [
      h("h3", { class: "nhsuk-heading-s", id: "new-alert" }, "New alert"),
      near,
      far,
      kinds,
      details("More wishes", [beds, rating, bands, features], {
        open: more.some((name) => params.has(name)),
      }),
    ],
    submit: "Create alert",
    fields: () =>
      Object.fromEntries(
        Object.keys(IDS).map((each) => [each, { id: IDS[each], name: NAMES[each] }]),
      ),
    ...{ read, onSubmit, onFailure },
  });
}

function problemsOf({ near, beds }) {
  const problems = [];
  if (!near) problems.push({ href: `#${IDS.near}`, text: "Enter a postcode, such as EX2 5DW" });
  if (!Number.isInteger(beds) || beds < 1 || beds > 1000) {
    problems.push({ href: `#${IDS.beds}`, text: "Enter how many beds as a number, such as 2" });
  }
  return problems;
}
