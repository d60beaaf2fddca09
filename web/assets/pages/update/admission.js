// Whether the home admits anyone: close it (a date if known, a reason) or reopen it, in two taps.

import { button } from "../../components/button.js";
import { textField, valueOf } from "../../components/field.js";
import { h } from "../../core/dom.js";
import { dayOf, daysLater } from "../../text/dates.js";
import { admissionInWords, CLOSURE_REASONS } from "../../text/vocabulary.js";
import { FARTHEST_DAYS } from "./bed-counts.js";

/** @typedef {(admissionStatus: Api.AdmissionStatus) => unknown} OnSet */

/**
 * Make the section about admissions.
 * @param {Api.AdmissionStatus} admissionStatus as it is now
 * @param {OnSet} onSet called once the person has decided
 */
export function admissionSection(admissionStatus, onSet) {
  const closed = admissionStatus.status === "closed";
  const panel = closed ? reopenPanel(onSet) : closePanel(onSet);
  panel.hidden = true;
  const toggle = button(closed ? "Reopen to admissions" : "Close to admissions", {
    kind: "secondary",
    "aria-expanded": "false",
    "aria-controls": "admission-panel",
    onClick: () => {
      panel.hidden = !panel.hidden;
      toggle.setAttribute("aria-expanded", String(!panel.hidden));
    },
  });
  return h(
    "section",
    { "aria-labelledby": "admission-heading" },
    h("h2", { class: "nhsuk-heading-m", id: "admission-heading" }, "Admissions"),
    h("p", null, h("strong", null, admissionInWords(admissionStatus)), "."),
    toggle,
    panel,
  );
}

/** @param {OnSet} onSet */
function reopenPanel(onSet) {
  return h(
    "div",
    { id: "admission-panel", class: "card" },
    h("p", null, "Hospital teams will see your vacancies again."),
    button("Yes, reopen now", { onClick: () => onSet({ status: "open" }) }),
  );
}

/** @param {OnSet} onSet */
function closePanel(onSet) {
  const today = dayOf(new Date());
  const day = textField({
    id: "expected_date",
    label: "Date you expect to reopen (if you know it)",
    type: "date",
    small: true,
    min: today,
    max: daysLater(today, FARTHEST_DAYS),
  });
  const close = (/** @type {string} */ reason) =>
    onSet({ status: "closed", reason, expected_date: valueOf(day) || undefined });
  return h(
    "div",
    { id: "admission-panel", class: "card" },
    day,
    h(
      "p",
      { id: "reasons-label" },
      h("strong", null, "Choose a reason. This closes the home now."),
    ),
    h(
      "div",
      { class: "reasons", role: "group", "aria-labelledby": "reasons-label" },
      Object.entries(CLOSURE_REASONS).map(([reason, text]) =>
        button(text, { kind: "secondary", onClick: () => close(reason) }),
      ),
    ),
  );
}
