// The form for a new alert; a search's address fills it in: "Tell me when one opens".

import { fill, h } from "../../core/dom.js";
import { Refusal } from "../../core/failures.js";
import { checkboxes, errorsAtFields, selectField, textField } from "../../components/field.js";
import { tickedIn, valueOf } from "../../components/field.js";
import { errorSummary, markFields, showSummary } from "../../components/notice.js";
import { plural } from "../../text/plural.js";
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

// `wanted`: parameters as a search has them; `onSend(body)` creates it; `onFail(error)` is for
// what is no field's fault.
export function alertForm({ wanted, onSend, onFail }) {
  const place = h("div", null);
  const start = (params) => {
    fill(place, form(params, send));
  };
  async function send(body, problems) {
    const button = place.querySelector("button[type=submit]");
    show(problems);
    if (problems.length || button.disabled) return;
    button.disabled = true;
    try {
      await onSend(body);
      start(new URLSearchParams());
    } catch (error) {
      const found = error instanceof Refusal && errorsAtFields(error, IDS, NAMES);
      if (!found) return onFail(error);
      show(found);
    } finally {
      button.disabled = false;
    }
  }
  const show = (problems) => {
    markFields(place, problems);
    showSummary(place, problems.length ? errorSummary(problems) : null);
  };
  start(wanted);
  return place;
}

function form(params, send) {
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
    ticked: several("category"),
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
    ticked: several("service_user_band"),
  });
  const features = checkboxes({
    id: "alert-features",
    legend: NAMES.features,
    hint: "The home has to offer all that you tick.",
    options: Object.entries(FEATURES),
    ticked: several("feature"),
  });
  const more = ["beds", "min_rating", "service_user_band", "feature"];
  const submit = (event) => {
    event.preventDefault();
    const body = {
      near: valueOf(near),
      radius_miles: Number(valueOf(far)),
      categories: tickedIn(kinds),
      beds: Number(valueOf(beds)),
      service_user_bands: tickedIn(bands),
      features: tickedIn(features),
      ...(valueOf(rating) && { min_rating: valueOf(rating) }),
    };
    send(body, problemsOf(body));
  };
  return h(
    "form",
    { novalidate: true, submit, "aria-labelledby": "new-alert" },
    h("h3", { class: "nhsuk-heading-s", id: "new-alert" }, "New alert"),
    near,
    far,
    kinds,
    h(
      "details",
      { class: "nhsuk-details", open: more.some((name) => params.has(name)) },
      h(
        "summary",
        { class: "nhsuk-details__summary" },
        h("span", { class: "nhsuk-details__summary-text" }, "More wishes"),
      ),
      h("div", { class: "nhsuk-details__text" }, beds, rating, bands, features),
    ),
    h("button", { type: "submit", class: "nhsuk-button" }, "Create alert"),
  );
}

function problemsOf({ near, beds }) {
  const problems = [];
  if (!near) problems.push({ href: `#${IDS.near}`, text: "Enter a postcode, such as EX2 5DW" });
  if (!Number.isInteger(beds) || beds < 1 || beds > 1000) {
    problems.push({ href: `#${IDS.beds}`, text: "Enter how many beds as a number, such as 2" });
  }
  return problems;
}
