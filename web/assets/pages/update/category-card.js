// One bed category: how many beds it accepts for, and, one tap further, everything else.

import { details } from "../../components/details.js";
import { h } from "../../core/dom.js";
import { dayOf, daysLater } from "../../text/dates.js";
import { plural } from "../../text/format.js";
import { CATEGORIES, CATEGORY_HINTS, NOT_AVAILABLE_REASONS } from "../../text/vocabulary.js";
import { fieldsOf, occupied, wholeNumber } from "./bed-counts.js";
import { stepper } from "./stepper.js";

// `onChange(name, text)`; returns {element, show(fields, changed)}.
export function card({ category, home, edits, isNew, onChange }) {
  const id = (name) => `${category}-${name}`;
  const fields = fieldsOf(home, edits, category);
  const most = home.registered_beds || 1000;
  const name = CATEGORIES[category];
  const number = (field, label, said) =>
    stepper({
      id: id(field),
      label,
      said,
      of: name,
      value: fields[field],
      most,
      describedBy: id("accepting-left"),
      onChange: (text) => onChange(field, text),
    });
  const left = h("p", { class: "card__left", id: id("accepting-left"), "aria-live": "polite" });
  const reason = reasonField(id("not_available_reason"), name, fields, onChange);
  const capacity = number("maximum_capacity", "Beds of this category in all", "beds in all");
  const more = details(
    "Reserved, not offered, total",
    [
      number("reserved", "Reserved for somebody", "reserved"),
      number("not_available", "Empty, but not offered", "not offered"),
      reason,
      !isNew && capacity,
      dayField(id("available_from"), name, fields, onChange),
    ],
    { of: name },
  );
  const element = h(
    "section",
    { class: "card", "aria-labelledby": id("name") },
    h("h3", { class: "nhsuk-heading-s", id: id("name") }, name),
    CATEGORY_HINTS[category] && h("p", { class: "nhsuk-hint" }, CATEGORY_HINTS[category]),
    isNew && capacity,
    number("accepting", "Accepting now", "accepting"),
    left,
    more,
  );

  const show = (now, changed) => {
    const inside = occupied(now);
    left.textContent = leftInWords(now, inside);
    left.classList.toggle("card__left--wrong", inside === null || inside < 0);
    reason.hidden = !wholeNumber(now.not_available);
    element.classList.toggle("card--changed", changed);
  };
  show(fields, Boolean(edits[category]));
  return { element, show };
}

// "16 of 20 occupied, 1 reserved"
function leftInWords(fields, inside) {
  if (inside === null) return "Enter whole numbers, such as 2.";
  if (inside < 0) return `${plural(-inside, "bed")} too many.`;
  const all = wholeNumber(fields.maximum_capacity);
  if (!all) return "No beds: this category will leave your list.";
  const parts = [`${inside} of ${plural(all, "bed")} occupied`];
  if (wholeNumber(fields.reserved)) parts.push(`${wholeNumber(fields.reserved)} reserved`);
  if (wholeNumber(fields.not_available))
    parts.push(`${wholeNumber(fields.not_available)} not offered`);
  return parts.join(", ");
}

function reasonField(id, category, fields, onChange) {
  const select = h(
    "select",
    {
      id,
      class: "nhsuk-select",
      change: () => onChange("not_available_reason", select.value),
    },
    Object.entries({ "": "Choose a reason", ...NOT_AVAILABLE_REASONS }).map(([value, text]) =>
      h("option", { value, selected: value === fields.not_available_reason }, text),
    ),
  );
  return h(
    "div",
    { class: "nhsuk-form-group" },
    h(
      "label",
      { class: "nhsuk-label", for: id },
      "Why are they not offered?",
      h("span", { class: "nhsuk-u-visually-hidden" }, ` ${category}`),
    ),
    select,
  );
}

function dayField(id, category, fields, onChange) {
  const today = dayOf(new Date());
  const input = h("input", {
    id,
    class: "nhsuk-input nhsuk-input--width-10",
    type: "date",
    min: today,
    max: daysLater(today, 366),
    value: fields.available_from >= today ? fields.available_from : "",
    "aria-describedby": `${id}-hint`,
    change: () => onChange("available_from", input.value),
  });
  return h(
    "div",
    { class: "nhsuk-form-group nhsuk-u-margin-bottom-0" },
    h(
      "label",
      { class: "nhsuk-label", for: id },
      "Next bed comes free on",
      h("span", { class: "nhsuk-u-visually-hidden" }, `: ${category}`),
    ),
    h("p", { class: "nhsuk-hint", id: `${id}-hint` }, "If you know it"),
    input,
  );
}
