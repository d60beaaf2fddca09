// The design system's error summary, and the message at each field that it names.

import { focusOn, h } from "../core/dom.js";

const SUMMARY = ".nhsuk-error-summary";

/** @type {MutationObserver | undefined} */
let titleObserver;

/**
 * @typedef {object} ErrorSummaryOptions
 * @property {string} [title]
 * @property {ParentNode} [fields] where the fields are, if not where the summary is
 */

/**
 * Show what is wrong at the top of a place and at its fields; without errors, clear what was shown.
 * A page has one summary: that of what the person did last.
 * @param {HTMLElement} place
 * @param {FieldError[]} errors
 * @param {ErrorSummaryOptions} [options]
 */
export function showErrors(place, errors, { title = "There is a problem", fields = place } = {}) {
  clearErrors();
  if (!errors.length) return;
  markFields(fields, errors);
  const summary = summaryOf(errors, title);
  place.prepend(summary);
  summary.scrollIntoView();
  focusOn(summary);
  document.title = `Error: ${document.title}`;
  // Whatever takes the summary off the page takes its word out of the title.
  observer().observe(document.body, { childList: true, subtree: true });
}

/** Clear the summary of the page, and the messages at its fields. */
export function clearErrors() {
  for (const summary of document.querySelectorAll(SUMMARY)) summary.remove();
  for (const mark of document.querySelectorAll(".nhsuk-error-message")) mark.remove();
  for (const field of document.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.classList.remove("nhsuk-input--error");
  }
  clearTitle();
}

function clearTitle() {
  document.title = document.title.replace(/^Error: /, "");
  observer().disconnect();
}

function observer() {
  titleObserver =
    titleObserver ||
    new MutationObserver(() => {
      if (!document.querySelector(SUMMARY)) clearTitle();
    });
  return titleObserver;
}

/**
 * @param {FieldError[]} errors
 * @param {string} title
 */
function summaryOf(errors, title) {
  return h(
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
            h("li", null, href ? h("a", { href, click: goToField }, text) : text),
          ),
        ),
      ),
    ),
  );
}

/** @param {MouseEvent} event */
function goToField(event) {
  const link = /** @type {HTMLElement} */ (event.currentTarget);
  const field = document.querySelector(link.getAttribute("href") || "");
  if (!(field instanceof HTMLElement)) return;
  event.preventDefault();
  const closed = field.closest("details");
  if (closed) closed.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
}

/**
 * @param {ParentNode} place
 * @param {FieldError[]} errors
 */
function markFields(place, errors) {
  for (const { text, href } of errors) {
    const field = href && place.querySelector(href);
    if (!field) continue;
    field.setAttribute("aria-invalid", "true");
    field.classList.add("nhsuk-input--error");
    const label = place.querySelector(`label[for="${field.id}"]`);
    const hidden = h("span", { class: "nhsuk-u-visually-hidden" }, "Error: ");
    if (label) label.append(h("span", { class: "nhsuk-error-message" }, hidden, text));
  }
}
