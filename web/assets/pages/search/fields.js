// The design system's fields, filled in from a search.

import { h } from "../../core/dom.js";
import { value } from "./search-query.js";

// A value that the address has and the list has not is shown as it is.
export function choice(asked, name, label, options) {
  const chosen = value(asked, name);
  const known = options.some(([each]) => each === chosen);
  const all = known ? options : [...options, [chosen, chosen]];
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h("label", { class: "nhsuk-label", for: name }, label),
    h(
      "select",
      { id: name, name, class: "nhsuk-select" },
      all.map(([each, text]) => h("option", { value: each, selected: each === chosen }, text)),
    ),
  );
}

export function fieldset(legend, hint, kind, options, more = "") {
  const id = `${legend.toLowerCase().replace(/[^a-z]+/g, "-")}hint`;
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h(
      "fieldset",
      { class: "nhsuk-fieldset", "aria-describedby": hint && id },
      h("legend", { class: "nhsuk-fieldset__legend nhsuk-fieldset__legend--s" }, legend),
      hint && h("div", { class: "nhsuk-hint", id }, hint),
      h("div", { class: `nhsuk-${kind} nhsuk-${kind}--small ${more}` }, options),
    ),
  );
}

export function option(type, name, each, text, checked) {
  const kind = type === "radio" ? "radios" : "checkboxes";
  const id = `${name}-${each || "any"}`;
  return h(
    "div",
    { class: `nhsuk-${kind}__item` },
    h("input", { class: `nhsuk-${kind}__input`, id, name, type, value: each, checked }),
    h("label", { class: `nhsuk-label nhsuk-${kind}__label`, for: id }, text),
  );
}
