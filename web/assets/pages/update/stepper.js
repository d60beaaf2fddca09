// A number with a big minus and a big plus; it can be typed, too.

import { h } from "../../core/dom.js";
import { wholeNumber } from "./bed-counts.js";

// `said` and `of` name it for those who hear it: "accepting", "Dementia nursing".
export function stepper({ id, label, said, of, value, most, describedBy, onChange }) {
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
  const by = (step, sign, words) =>
    h(
      "button",
      {
        type: "button",
        class: "stepper__button",
        "aria-label": `${words} ${said}, ${of}`,
        click: () => {
          const next = (wholeNumber(input.value) || 0) + step;
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
    h("div", { class: "stepper__row" }, by(-1, "−", "One fewer"), input, by(1, "+", "One more")),
  );
}
