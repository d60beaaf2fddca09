// Whether the home admits anyone: close it (a reason, a date if known) or reopen it.

import { button } from "../../components/button.js";
import { checkedValues, radios, textField, valueOf } from "../../components/field.js";
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

/**
 * Make the panel that closes the home: the reason, the date if known, then the button that does it.
 * @param {OnSet} onSet
 */
function closePanel(onSet) {
  const today = dayOf(new Date());
  const reasons = radios({
    ...{ id: "closure_reason", name: "closure_reason" },
    legend: "Why are you closing?",
    options: Object.entries(CLOSURE_REASONS),
  });
  const day = textField({
    id: "expected_date",
    label: "Date you expect to reopen (if you know it)",
    type: "date",
    small: true,
    min: today,
    max: daysLater(today, FARTHEST_DAYS),
  });
  const close = () => {
    const [reason] = checkedValues(reasons);
    return onSet({ status: "closed", reason, expected_date: valueOf(day) || undefined });
  };
  return h(
    "div",
    { id: "admission-panel", class: "card" },
    reasons,
    day,
    h("p", null, "Hospital teams will see no vacancies here until you reopen."),
    button("Close the home now", { kind: "warning", onClick: close }),
  );
}
