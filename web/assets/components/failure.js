// Says why a page could not show what it is for, and offers the way on.

import { fill, h } from "../core/dom.js";
import { NoResponse, Refusal, SignInNeeded } from "../core/failures.js";
import { signIn } from "../core/sign-in.js";
import { refusalInWords } from "../text/refusal.js";
import { button } from "./button.js";
import { notice } from "./notice.js";

/**
 * Replace what is in a place by what went wrong, or go to the sign-in page.
 *
 * Throws what is no failure of a request, after saying so.
 * @param {HTMLElement} place
 * @param {unknown} error
 */
export function showFailure(place, error) {
  if (error instanceof SignInNeeded) return signIn();
  const again = button("Try again", { onClick: () => location.reload() });
  if (error instanceof NoResponse) {
    const why = h("p", null, "Bedboard could not be reached. Check your connection.");
    fill(place, notice("error", "No connection", why, again));
  } else if (error instanceof Refusal) {
    const lines = refusalInWords(error).map((line) => h("p", null, line));
    fill(place, notice("error", "That did not work", lines));
  } else {
    const why = h("p", null, "This page has a fault. Trying again may help.");
    fill(place, notice("error", "Something went wrong", why, again));
  }
  if (!document.querySelector("main h1")) place.prepend(h("h1", null, pageName()));
  if (!(error instanceof NoResponse || error instanceof Refusal)) throw error;
  return undefined;
}

/** Give what the page is called in its title: "Alerts" for "Alerts – Bedboard". */
function pageName() {
  return document.title.replace(/^Error: /, "").split(" – ")[0];
}
