// The design system's form fields, each with its label and, where there is one, its hint.

import { find, h } from "../core/dom.js";

/**
 * @typedef {object} FieldOptions
 * @property {string} id
 * @property {string} label
 * @property {string} [of] what it is about, added to the label for a screen reader
 * @property {string} [hint]
 * @property {string} [value]
 *
 * @typedef {readonly [value: string, text: string]} Option
 *
 * @typedef {object} ChoiceOptions
 * @property {string} id each box has this id with its number: "bands-0"
 * @property {string} legend
 * @property {string} [hint]
 * @property {readonly Option[]} options
 * @property {readonly string[]} [checked] the values that are chosen at first
 * @property {string} [name] for FormData
 * @property {boolean} [small]
 */

/**
 * Make a field of one line.
 * @param {FieldOptions & { small?: boolean } & Record<string, any>} options others are attributes
 */
export function textField({ id, label, of, hint, small, ...attributes }) {
  const width = small ? " nhsuk-input--width-10" : "";
  return group({ id, label, of, hint }, (describedBy) =>
    h("input", {
      ...{ id, class: `nhsuk-input${width}`, type: "text", autocomplete: "off" },
      ...{ "aria-describedby": describedBy, ...attributes },
    }),
  );
}

/**
 * Make a field of several lines.
 * @param {FieldOptions & Record<string, any>} options others are attributes
 */
export function textArea({ id, label, of, hint, value, ...attributes }) {
  return group({ id, label, of, hint }, (describedBy) =>
    h(
      "textarea",
      { id, class: "nhsuk-textarea", "aria-describedby": describedBy, ...attributes },
      value || "",
    ),
  );
}

/**
 * Make a field in which one of a list is chosen.
 * @param {FieldOptions & { options: readonly Option[] } & Record<string, any>} options others are
 *   attributes
 */
export function selectField({ id, label, of, hint, options, value, ...attributes }) {
  return group({ id, label, of, hint }, (describedBy) =>
    h(
      "select",
      { id, class: "nhsuk-select", "aria-describedby": describedBy, ...attributes },
      options.map(([each, text]) => h("option", { value: each, selected: each === value }, text)),
    ),
  );
}

/**
 * Make boxes of which any number may be ticked; `checkedValues` gives those.
 * @param {ChoiceOptions} options
 */
export function checkboxes(options) {
  return choices("checkbox", "checkboxes", options);
}

/**
 * Make buttons of which one is chosen.
 * @param {ChoiceOptions & { name: string }} options
 */
export function radios(options) {
  return choices("radio", "radios", options);
}

/**
 * Make a single box to tick, without a legend.
 * @param {{ id: string, label: string, small?: boolean } & Record<string, any>} options others are
 *   attributes
 */
export function checkbox({ id, label, small, ...attributes }) {
  return h(
    "div",
    { class: `nhsuk-checkboxes${small ? " nhsuk-checkboxes--small" : ""}` },
    item("checkbox", "checkboxes", label, { id, ...attributes }),
  );
}

/**
 * Give the values that are chosen among boxes.
 * @param {Element} element
 */
export function checkedValues(element) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    element.querySelectorAll("input:checked")
  );
  return Array.from(boxes, (box) => box.value);
}

/**
 * Give what is typed or chosen in a field, without the space around it.
 * @param {Element} element
 */
export function valueOf(element) {
  return inputOf(element).value.trim();
}

/**
 * Find the input in a field.
 * @param {Element} element
 * @returns {HTMLInputElement}
 */
export function inputOf(element) {
  const input = find(element, "input, select, textarea", HTMLElement);
  return /** @type {HTMLInputElement} */ (input);
}

/**
 * @param {FieldOptions} options
 * @param {(describedBy: string | undefined) => Element} input
 */
function group({ id, label, of, hint }, input) {
  const hintId = hint && `${id}-hint`;
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h(
      "label",
      { class: "nhsuk-label", for: id },
      label,
      of && h("span", { class: "nhsuk-u-visually-hidden" }, `: ${of}`),
    ),
    hint && h("p", { class: "nhsuk-hint", id: hintId }, hint),
    input(hintId),
  );
}

/**
 * @param {string} type
 * @param {string} block
 * @param {ChoiceOptions} options
 */
function choices(type, block, { id, legend, hint, options, checked = [], name, small }) {
  const hintId = hint && `${id}-hint`;
  const size = small ? ` nhsuk-${block}--small` : "";
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h(
      "fieldset",
      { class: "nhsuk-fieldset", id, "aria-describedby": hintId },
      h("legend", { class: "nhsuk-fieldset__legend nhsuk-fieldset__legend--s" }, legend),
      hint && h("p", { class: "nhsuk-hint", id: hintId }, hint),
      h(
        "div",
        { class: `nhsuk-${block}${size} boxes` },
        options.map(([value, text], number) =>
          item(type, block, text, {
            ...{ id: `${id}-${number}`, name, value, checked: checked.includes(value) },
          }),
        ),
      ),
    ),
  );
}

/**
 * @param {string} type
 * @param {string} block
 * @param {string} text
 * @param {Record<string, any>} attributes
 */
function item(type, block, text, attributes) {
  return h(
    "div",
    { class: `nhsuk-${block}__item` },
    h("input", { class: `nhsuk-${block}__input`, type, ...attributes }),
    h("label", { class: `nhsuk-label nhsuk-${block}__label`, for: attributes.id }, text),
  );
}
