// The form of the search: a place, how far, what care; the other filters are folded away.

import { button } from "../../components/button.js";
import { details } from "../../components/details.js";
import { checkbox, checkboxes, inputOf, radios } from "../../components/field.js";
import { selectField, textField } from "../../components/field.js";
import { form } from "../../components/form.js";
import { find, h } from "../../core/dom.js";
import { dayOf, daysLater } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { FUNDING } from "../../text/needs.js";
import { DISTANCES, minRatingInWords, RATINGS, SUITS } from "../../text/vocabulary.js";
import { CARE, CARE_FOR } from "./categories.js";
import { needsPicker } from "./needs-picker.js";
import { AGES, errorsOf, MORE_FILTERS, searchQuery, USUAL_TIME, valueIn } from "./search-query.js";

const LOCATION_TIMEOUT_MS = 15000;

/**
 * Make the form, filled in from a search.
 * @param {URLSearchParams} query
 * @param {{ folded: boolean, onSearch: (query: URLSearchParams) => unknown }} options `folded`
 *   where the results are on the page already
 */
export function searchForm(query, { folded, onSearch }) {
  const read = () => {
    const values = new FormData(find(element, "form", HTMLFormElement));
    const value = searchQuery(new URLSearchParams(/** @type {any} */ (values)));
    return { value, errors: value.has("near") ? [] : errorsOf(value) };
  };
  const needs = needsPicker(query);
  const element = form({
    name: { role: "search", "aria-label": "Find a bed" },
    content: [
      h(
        "div",
        { class: "search__where" },
        placeField(query, () => onSearch(read().value)),
        choice(query, "radius_miles", "Distance", DISTANCES.map(String), milesInWords),
      ),
      h("div", { class: "search__what" }, careForField(query), careField(query)),
      h("div", { class: "search__needs" }, needs.element, needs.all, termsFields(query)),
      moreFilters(query),
      // It is chosen above the results, and stays for the next search.
      h("input", { type: "hidden", name: "sort", value: valueIn(query, "sort") }),
    ],
    submit: button("Search", { className: "search__button", type: "submit" }),
    read,
    onSubmit: (value) => void onSearch(value),
    onFailure: (error) => {
      throw error;
    },
    fields: () => ({}),
  });
  return folded ? foldedAway(element) : element;
}

/** @param {HTMLElement} element */
function foldedAway(element) {
  const panel = h("div", { id: "search-form", class: "card", hidden: true }, element);
  const toggle = button("Change this search", {
    kind: "link",
    className: "search__fold",
    "aria-expanded": "false",
    "aria-controls": "search-form",
    onClick: () => {
      panel.hidden = !panel.hidden;
      toggle.setAttribute("aria-expanded", String(!panel.hidden));
    },
  });
  return h("div", null, toggle, panel);
}

/**
 * @param {URLSearchParams} query
 * @param {() => unknown} onLocation
 */
function placeField(query, onLocation) {
  const field = textField({
    ...{ id: "near", name: "near", value: valueIn(query, "near") },
    label: "Postcode",
    hint: "Where the bed should be near. For example, EX2 5DW",
    ...{ autocapitalize: "characters", spellcheck: "false" },
  });
  const status = h("p", { class: "search__status", role: "status" });
  const locate = () => useLocation(inputOf(field), status, onLocation);
  field.classList.add("search__place");
  field.append(button("Use my location", { kind: "secondary", onClick: locate }), status);
  return field;
}

/**
 * Fill in where the device is. Where it does not say, the person enters a postcode.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} status
 * @param {() => unknown} onLocation
 */
function useLocation(input, status, onLocation) {
  const refused = () => {
    status.textContent = "Your device did not give your location. Enter a postcode instead.";
    input.focus();
  };
  if (!navigator.geolocation) return refused();
  status.textContent = "Finding your location…";
  return navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      status.textContent = "";
      // Three decimals are a hundred metres: no more than is needed.
      input.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
      onLocation();
    },
    refused,
    { timeout: LOCATION_TIMEOUT_MS, maximumAge: LOCATION_TIMEOUT_MS },
  );
}

/** @param {URLSearchParams} query */
function careForField(query) {
  return checkboxes({
    ...{ id: "care_for", name: "care_for", small: true },
    legend: "What is the care for?",
    hint: "Select everything that would fit. Select nothing to see all beds.",
    options: Object.entries(CARE_FOR),
    checked: query.getAll("care_for"),
  });
}

/**
 * Make the fields of who pays, and of when someone is to be admitted.
 * @param {URLSearchParams} query
 */
function termsFields(query) {
  const today = dayOf(new Date());
  const [day, time] = valueIn(query, "admit_by").split("T");
  return h(
    "div",
    { class: "search__terms" },
    choice(query, "funding", "Who pays", ["", ...Object.keys(FUNDING)], fundingInWords),
    h(
      "fieldset",
      { class: "nhsuk-fieldset search__admit" },
      h("legend", { class: "nhsuk-fieldset__legend" }, "Admit by (leave empty for any time)"),
      textField({
        ...{ id: "admit_day", name: "admit_day", type: "date", label: "Day" },
        ...{ min: today, max: daysLater(today, 31), value: day },
      }),
      textField({
        ...{ id: "admit_time", name: "admit_time", type: "time", label: "Time" },
        value: (time || USUAL_TIME).slice(0, 5),
      }),
    ),
  );
}

/** @param {URLSearchParams} query */
function careField(query) {
  return radios({
    ...{ id: "care", name: "care", small: true },
    legend: "Type of care",
    options: Object.entries(CARE),
    checked: [valueIn(query, "care")],
  });
}

/** @param {URLSearchParams} query */
function moreFilters(query) {
  const content = [
    h(
      "div",
      { class: "search__filters" },
      choice(query, "suits", "Who the bed is for", Object.keys(SUITS), suitsInWords),
      choice(query, "min_rating", "CQC rating", ["", ...RATINGS.slice(1).reverse()], ratingInWords),
      choice(
        query,
        "max_age_hours",
        "Bed counts confirmed",
        ["", ...Object.keys(AGES)],
        ageInWords,
      ),
      dayField(query),
      choice(query, "beds", "Number of beds", ["1", "2", "3", "4", "5"], bedsInWords),
    ),
    checkbox({
      ...{ id: "include_full", name: "include_full", value: "true", small: true },
      label: "Include homes that are full or closed",
      checked: valueIn(query, "include_full") === "true",
    }),
  ];
  return details("More filters", content, { open: MORE_FILTERS.some((name) => query.has(name)) });
}

/**
 * Make a list to choose from. A value of the address that the list lacks is added.
 * @param {URLSearchParams} query
 * @param {string} name
 * @param {string} label
 * @param {readonly string[]} values
 * @param {(value: string) => string} inWords
 */
function choice(query, name, label, values, inWords) {
  const value = valueIn(query, name);
  const all = values.includes(value) ? values : [...values, value];
  const options = all.map((each) => /** @type {const} */ ([each, inWords(each)]));
  return selectField({ id: name, name, label, options, value });
}

/** @param {URLSearchParams} query */
function dayField(query) {
  const today = dayOf(new Date());
  return textField({
    ...{ id: "available_by", name: "available_by", type: "date" },
    label: "Free by (leave empty for now)",
    ...{ min: today, max: daysLater(today, 366), value: valueIn(query, "available_by") },
  });
}

/** @param {string} miles */
const milesInWords = (miles) => `Within ${plural(Number(miles), "mile")}`;
/** @param {string} funding */
const fundingInWords = (funding) => (funding ? FUNDING[funding] || funding : "Not decided");
/** @param {string} suits */
const suitsInWords = (suits) => (SUITS[suits] || suits).replace(" only", "");
/** @param {string} rating */
const ratingInWords = (rating) => (rating ? minRatingInWords(rating) : "Any");
/** @param {string} hours */
const ageInWords = (hours) =>
  hours ? `In ${AGES[hours] || plural(Number(hours), "hour")}` : "At any time";
/** @param {string} beds */
const bedsInWords = (beds) => (beds === "1" ? "1" : `${beds} or more`);
