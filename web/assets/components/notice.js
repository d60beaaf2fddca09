// Boxes that say something: the error summary, what went wrong, what went well.

import { focusOn, h } from "../core/dom.js";

// The design system's error summary; `errors` are {text, href}, href of the field ("#id") or null.
export function errorSummary(errors, title = "There is a problem") {
  const summary = h(
    "div",
    { class: "nhsuk-error-summary", tabindex: "-1" },
    h(
      "div",
      { role: "alert" },
      h("h2", { class: "nhsuk-error-summary__title" }, title),
      h(
        "div",
        { class: "nhsuk-error-summary__body" },
        h(
          "ul",
          { class: "nhsuk-list nhsuk-error-summary__list" },
          errors.map(({ text, href }) =>
            h("li", null, href ? h("a", { href, click: toField }, text) : text),
          ),
        ),
      ),
    ),
  );
  return summary;
}

function toField(event) {
  const field = document.querySelector(event.currentTarget.getAttribute("href"));
  if (!field) return;
  event.preventDefault();
  const closed = field.closest("details:not([open])");
  if (closed) closed.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
}

// Takes the place of the summary before it, and the reader there.
export function showSummary(place, summary) {
  const before = place.querySelector(".nhsuk-error-summary");
  if (before) before.remove();
  if (!summary) return;
  place.prepend(summary);
  summary.scrollIntoView();
  focusOn(summary);
  document.title = document.title.replace(/^(Error: )?/, "Error: ");
}

// `kind`: "good", "waiting" or "wrong"; the heading says it in words.
export function notice(kind, heading, ...content) {
  return h(
    "section",
    { class: `notice notice--${kind}`, role: kind === "wrong" ? "alert" : "status" },
    h("h2", { class: "nhsuk-heading-m notice__heading" }, heading),
    content,
  );
}

// A refusal of the API as lines of words; `nameOf` says a field's name as people know it.
export function refusalInWords({ status, problem }, nameOf = (field) => field) {
  if (status === 403) return ["You are not allowed to do this. Ask your council for access."];
  if (status === 404) return ["There is no such thing here. It may have been removed."];
  if (problem.errors && problem.errors.length) {
    return problem.errors.map(({ field, detail }) => `${nameOf(field)}: ${detail}`);
  }
  return [problem.detail || `Bedboard refused this (status ${status}).`];
}

// The error message at each field, as the design system has it; those of before go.
export function markFields(place, errors) {
  for (const mark of place.querySelectorAll(".nhsuk-error-message")) mark.remove();
  for (const field of place.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.classList.remove("nhsuk-input--error");
  }
  for (const { text, href } of errors) {
    const field = href && place.querySelector(href);
    if (!field) continue;
    field.setAttribute("aria-invalid", "true");
    field.classList.add("nhsuk-input--error");
    const label = place.querySelector(`label[for="${field.id}"]`);
    const hidden = h("span", { class: "nhsuk-u-visually-hidden" }, "Error: ");
    label.append(h("span", { class: "nhsuk-error-message" }, hidden, text));
  }
}
