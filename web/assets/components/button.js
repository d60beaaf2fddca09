// A button of the design system, and what says that something is being done where that takes longer
// than a moment. A page says it in one place, which stays while the page's content is replaced.

import { h } from "../core/dom.js";

const PATIENCE_MS = 400;

/** @type {HTMLElement | undefined} */
let place;
let running = 0;

/**
 * @typedef {object} ButtonOptions
 * @property {"primary" | "secondary" | "warning" | "link"} [kind] "link" looks like a link
 * @property {boolean} [small]
 * @property {string} [of] what it is about, for a screen reader: "Delete: Within 10 miles of EX2"
 * @property {(event: MouseEvent) => unknown} [onClick] while its promise is open, pressing again does nothing
 * @property {string} [className] more classes
 * @property {"button" | "submit"} [type]
 */

/** @type {Record<string, string>} */
const CLASSES = {
  primary: "nhsuk-button",
  secondary: "nhsuk-button nhsuk-button--secondary",
  warning: "nhsuk-button nhsuk-button--warning",
  link: "as-link",
};

/**
 * Make a button.
 * @param {string} text
 * @param {ButtonOptions & Record<string, any>} [options] others are attributes
 * @returns {HTMLButtonElement}
 */
export function button(text, options = {}) {
  const {
    kind = "primary",
    small,
    of,
    onClick,
    className,
    type = "button",
    ...attributes
  } = options;
  const classes = [CLASSES[kind], small && "nhsuk-button--small", className].filter(Boolean);
  const element = h(
    "button",
    { type, class: classes.join(" "), "aria-label": of && `${text}: ${of}`, ...attributes },
    text,
  );
  if (onClick) element.addEventListener("click", once(element, onClick));
  return element;
}

/**
 * Keep a button from being pressed again before what it does is done. It stays in focus meanwhile.
 * @param {HTMLButtonElement} element
 * @param {(event: MouseEvent) => unknown} act
 */
function once(element, act) {
  let busy = false;
  return async (/** @type {MouseEvent} */ event) => {
    if (busy) return;
    const result = act(event);
    if (!(result instanceof Promise)) return;
    busy = true;
    element.setAttribute("aria-disabled", "true");
    try {
      await withProgress(result);
    } finally {
      busy = false;
      element.removeAttribute("aria-disabled");
    }
  };
}

/**
 * Say that something is being done until it is.
 * @template Result
 * @param {Promise<Result>} work
 * @param {string} [text]
 * @returns {Promise<Result>} the work itself
 */
export async function withProgress(work, text = "Please wait…") {
  if (!place) {
    // It is on the page before it says anything: only then do screen readers read it out.
    place = h("p", { class: "progress", "aria-live": "polite" });
    document.body.append(place);
  }
  const shown = place;
  running += 1;
  const timer = setTimeout(() => (shown.textContent = text), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    running -= 1;
    if (!running) shown.textContent = "";
  }
}
