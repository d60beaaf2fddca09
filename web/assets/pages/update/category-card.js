// One bed category: how many beds it accepts for and, folded away, its other bed counts.

import { details } from "../../components/details.js";
import { inputOf, selectField, textField, valueOf } from "../../components/field.js";
import { h } from "../../core/dom.js";
import { ageInWords, dayOf, daysLater } from "../../text/dates.js";
import {
  CATEGORIES,
  CATEGORY_HINTS,
  COUNTS,
  LIKELIHOODS,
  NOT_AVAILABLE_REASONS,
  SUITS,
} from "../../text/vocabulary.js";
import {
  FARTHEST_DAYS,
  fieldsOf,
  MOST_BEDS,
  occupied,
  usageInWords,
  wholeNumber,
} from "./bed-counts.js";

/**
 * @typedef {import("./bed-counts.js").CountName} CountName
 * @typedef {import("./bed-counts.js").FieldName} FieldName
 *
 * @typedef {object} CardOptions
 * @property {Api.BedCategory} category
 * @property {import("./bed-counts.js").EditableHome} home
 * @property {import("./bed-counts.js").Edits} edits
 * @property {(name: FieldName, text: string) => unknown} onChange
 *
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {(fields: import("./bed-counts.js").Fields, changed: boolean) => void} show shows what
 *   follows from the fields
 */

/**
 * Make the card of a category. One that is being added shows its total first.
 * @param {CardOptions} options
 * @returns {Card}
 */
export function categoryCard({ category, home, edits, onChange }) {
  const id = (/** @type {string} */ name) => `${category}-${name}`;
  const fields = fieldsOf(home, edits, category);
  const isNew = !home.beds[category];
  const name = CATEGORIES[category];
  const count = (/** @type {CountName} */ field, /** @type {string} */ label) =>
    stepper({
      id: id(field),
      label,
      noun: COUNTS[field],
      of: name,
      value: fields[field],
      most: home.registered_beds || MOST_BEDS,
      describedBy: id("accepting-left"),
      onChange: (text) => onChange(field, text),
    });
  const usage = h("p", { class: "card__left", id: id("accepting-left"), "aria-live": "polite" });
  const total = count("maximum_capacity", "Total beds in this category");
  const reason = selectField({
    id: id("not_available_reason"),
    label: "Why are they not offered?",
    of: name,
    options: [["", "Choose a reason"], ...Object.entries(NOT_AVAILABLE_REASONS)],
    value: fields.not_available_reason,
    change: () => onChange("not_available_reason", valueOf(reason)),
  });
  const today = dayOf(new Date());
  const nextFree = textField({
    id: id("available_from"),
    label: "Date of the next free bed",
    of: name,
    hint: "Leave blank if you do not know",
    type: "date",
    small: true,
    min: today,
    max: daysLater(today, FARTHEST_DAYS),
    value: fields.available_from >= today ? fields.available_from : "",
    change: () => onChange("available_from", inputOf(nextFree).value),
  });
  const suits = selectField({
    id: id("suits"),
    label: "Who can have the free beds?",
    of: name,
    options: Object.entries(SUITS),
    value: fields.suits,
    change: () => onChange("suits", valueOf(suits)),
  });
  const element = h(
    "section",
    { class: "card", "aria-labelledby": id("name") },
    h("h3", { class: "nhsuk-heading-s", id: id("name") }, name),
    said(home, category),
    CATEGORY_HINTS[category] && h("p", { class: "nhsuk-hint" }, CATEGORY_HINTS[category]),
    isNew && total,
    count("accepting", "Accepting now"),
    usage,
    details(
      "Reserved, not offered and total",
      [
        count("reserved", "Reserved for someone"),
        count("not_available", "Empty, but not offered"),
        reason,
        !isNew && total,
        nextFree,
        suits,
      ],
      { of: name },
    ),
  );

  /** @type {Card["show"]} */
  const show = (now, changed) => {
    const inUse = occupied(now);
    usage.textContent = usageInWords(now);
    usage.classList.toggle("card__left--wrong", inUse === null || inUse < 0);
    reason.hidden = !wholeNumber(now.not_available);
    element.classList.toggle("card--changed", changed);
  };
  show(fields, Boolean(edits[category]));
  return { element, show };
}

/**
 * Say when the home last said the counts, and how likely teams are told that a bed is still there.
 * @param {import("./bed-counts.js").EditableHome} home
 * @param {Api.BedCategory} category
 */
function said({ said_at: saidAt = {}, listings = [] }, category) {
  const at = saidAt[category];
  const listing = listings.find((each) => each.chance_basis.category === category);
  if (!at) return null;
  const age = ageInWords(at).replace("confirmed", "Said");
  const word = listing && ` Hospital teams see: ${LIKELIHOODS[listing.likelihood].toLowerCase()}.`;
  return h("p", { class: "nhsuk-hint" }, `${age}.`, word);
}

/**
 * @typedef {object} StepperOptions
 * @property {string} id
 * @property {string} label
 * @property {string} noun what the buttons add one of, for a screen reader: "accepting"
 * @property {string} of what it is about, for a screen reader: "Dementia nursing"
 * @property {string} value
 * @property {number} most
 * @property {string} describedBy
 * @property {(text: string) => unknown} onChange
 */

/**
 * Make a number with a large minus and a large plus, which can also be typed.
 * @param {StepperOptions} options
 */
function stepper({ id, label, noun, of, value, most, describedBy, onChange }) {
  const input = h("input", {
    id,
    class: "nhsuk-input",
    type: "text",
    inputmode: "numeric",
    pattern: "[0-9]*",
    maxlength: "4",
    autocomplete: "off",
    "aria-describedby": describedBy,
    value,
    input: () => onChange(input.value.trim()),
    focus: () => input.select(),
  });
  const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ text) =>
    h(
      "button",
      {
        type: "button",
        class: "stepper__button",
        "aria-label": `${text} ${noun}, ${of}`,
        click: () => {
          const next = (wholeNumber(input.value) || 0) + by;
          input.value = String(Math.min(most, Math.max(0, next)));
          onChange(input.value);
        },
      },
      sign,
    );
  return h(
    "div",
    { class: "stepper" },
    h(
      "label",
      { class: "stepper__label", for: id },
      label,
      h("span", { class: "nhsuk-u-visually-hidden" }, `: ${of}`),
    ),
    h(
      "div",
      { class: "stepper__row" },
      step(-1, "−", "One fewer"),
      input,
      step(1, "+", "One more"),
    ),
  );
}
