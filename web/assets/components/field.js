// The design system's form fields, each with its label and, where there is one, its hint.

import { h } from "../core/dom.js";

export function textField({ id, label, hint, small, ...attributes }) {
  const width = small ? " nhsuk-input--width-10" : "";
  return group(id, label, hint, (describedBy) =>
    h("input", {
      ...{ id, class: `nhsuk-input${width}`, type: "text", autocomplete: "off" },
      ...{ "aria-describedby": describedBy, ...attributes },
    }),
  );
}

export function textArea({ id, label, hint, value, ...attributes }) {
  return group(id, label, hint, (describedBy) =>
    h(
      "textarea",
      { id, class: "nhsuk-textarea", "aria-describedby": describedBy, ...attributes },
      value || "",
    ),
  );
}

// `options`: [value, text] each
export function selectField({ id, label, hint, options, value, ...attributes }) {
  return group(id, label, hint, (describedBy) =>
    h(
      "select",
      { id, class: "nhsuk-select", "aria-describedby": describedBy, ...attributes },
      options.map(([each, text]) => h("option", { value: each, selected: each === value }, text)),
    ),
  );
}

// `options`: [value, text] each; `ticked`: values. What is ticked: `tickedIn(element)`.
export function checkboxes({ id, legend, hint, options, ticked = [] }) {
  const hintId = hint && `${id}-hint`;
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
        { class: "nhsuk-checkboxes boxes" },
        options.map(([value, text], number) =>
          h(
            "div",
            { class: "nhsuk-checkboxes__item" },
            h("input", {
              ...{ class: "nhsuk-checkboxes__input", type: "checkbox", id: `${id}-${number}` },
              ...{ value, checked: ticked.includes(value) },
            }),
            h(
              "label",
              { class: "nhsuk-label nhsuk-checkboxes__label", for: `${id}-${number}` },
              text,
            ),
          ),
        ),
      ),
    ),
  );
}

export function tickedIn(element) {
  return Array.from(element.querySelectorAll("input:checked"), (box) => box.value);
}

export function valueOf(element) {
  return element.querySelector("input, select, textarea").value.trim();
}

// What is wrong with each field, of a refusal by the API; `ids`: {field: id of the input}.
export function errorsAtFields({ problem }, ids, names) {
  if (!problem.errors || !problem.errors.length) return null;
  return problem.errors.map(({ field, detail }) => {
    const name = field.split(".", 1)[0];
    const said = detail.replace(/^Value error, /, "");
    return { text: `${names[name] || name}: ${said}`, href: ids[name] ? `#${ids[name]}` : null };
  });
}

function group(id, label, hint, input) {
  const hintId = hint && `${id}-hint`;
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h("label", { class: "nhsuk-label", for: id }, label),
    hint && h("p", { class: "nhsuk-hint", id: hintId }, hint),
    input(hintId),
  );
}
