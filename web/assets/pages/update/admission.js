// Whether the home admits anybody: close it (a day if known, a reason) or open it again, two taps.

import { button } from "../../components/button.js";
import { h } from "../../core/dom.js";
import { admissionInWords, CLOSURE_REASONS } from "../../text/vocabulary.js";
import { dayInWords, dayOf, daysLater } from "../../text/dates.js";

// `onSet(admission_status)`: the person has decided.
export function admission({ home, onSet }) {
  const now = home.admission_status;
  const closed = now.status === "closed";
  const panel = closed ? reopening(onSet) : closing(onSet);
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
    h("p", null, h("strong", null, admissionInWords(now)), "."),
    toggle,
    panel,
  );
}

function reopening(onSet) {
  return h(
    "div",
    { id: "admission-panel", class: "card" },
    h("p", null, "Hospital teams will be offered the beds that you are accepting for."),
    button("Yes, reopen now", { onClick: () => onSet({ status: "open" }) }),
  );
}

function closing(onSet) {
  const today = dayOf(new Date());
  const day = h("input", {
    id: "expected_date",
    class: "nhsuk-input nhsuk-input--width-10",
    type: "date",
    min: today,
    max: daysLater(today, 366),
  });
  const close = (reason) => {
    const expected_date = day.value || undefined;
    onSet({ status: "closed", reason, expected_date });
  };
  return h(
    "div",
    { id: "admission-panel", class: "card" },
    h(
      "div",
      { class: "nhsuk-form-group" },
      h(
        "label",
        { class: "nhsuk-label", for: "expected_date" },
        "Expected to reopen on (if known)",
      ),
      day,
    ),
    h(
      "p",
      { id: "reasons-label" },
      h("strong", null, "Why? Choosing a reason closes the home now."),
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

// What cannot be about it; `today` as "2026-11-22".
export function problemsOfAdmission({ expected_date }, today) {
  const last = daysLater(today, 366);
  if (!expected_date || (expected_date >= today && expected_date <= last)) return [];
  const text = `The day you expect to reopen is between today and ${dayInWords(last)}`;
  return [{ href: "#expected_date", text }];
}
