// The frame of every page: a header with the council's name and the menu, and a footer.

import { initHeader } from "../vendor/nhsuk-frontend.js";
import { fill, find, h } from "./dom.js";
import { PAGES } from "./menu.js";
import { signIn, signOut } from "./sign-in.js";

/**
 * Put the frame around the page.
 * @param {Council} council
 * @param {Me | null} me who is signed in, or was here last
 * @param {boolean} signedIn whether there is a token
 */
export function showFrame(council, me, signedIn) {
  document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
  if (council.colour)
    document.documentElement.style.setProperty("--council-colour", council.colour);
  find(document, "header", HTMLElement).replaceWith(header(council, me, signedIn));
  fill(find(document, "footer", HTMLElement), footer(council, signedIn));
  initHeader();
}

/**
 * @param {Council} council
 * @param {Me | null} me
 * @param {boolean} signedIn
 */
function header(council, me, signedIn) {
  return h(
    "header",
    { class: "nhsuk-header", role: "banner", "data-module": "nhsuk-header" },
    h(
      "div",
      { class: "nhsuk-header__container nhsuk-width-container" },
      h(
        "div",
        { class: "nhsuk-header__service" },
        h(
          "a",
          { class: "nhsuk-header__service-name brand", href: "/" },
          "Bedboard",
          h("span", { class: "brand__council" }, council.name),
        ),
      ),
      h(
        "nav",
        { class: "nhsuk-header__account", "aria-label": "Account" },
        h("ul", { class: "nhsuk-header__account-list" }, account(signedIn)),
      ),
    ),
    me && menu(PAGES.filter((page) => page.isFor(me))),
  );
}

/** @param {boolean} signedIn */
function account(signedIn) {
  const text = signedIn ? "Sign out" : "Sign in";
  const act = () => (signedIn ? signOut() : signIn());
  return h(
    "li",
    { class: "nhsuk-header__account-item" },
    h("button", { type: "button", class: "nhsuk-header__account-button", click: act }, text),
  );
}

/** @param {import("./menu.js").Page[]} pages */
function menu(pages) {
  if (pages.length < 2) return null;
  const item = (/** @type {import("./menu.js").Page} */ { href, text }) => {
    const here = location.pathname === href;
    const current = here ? " nhsuk-header__navigation-item--current" : "";
    return h(
      "li",
      { class: `nhsuk-header__navigation-item${current}` },
      h(
        "a",
        { class: "nhsuk-header__navigation-link", href, "aria-current": here && "page" },
        text,
      ),
    );
  };
  return h(
    "nav",
    { class: "nhsuk-header__navigation", "aria-label": "Menu" },
    h(
      "div",
      { class: "nhsuk-header__navigation-container nhsuk-width-container" },
      h("ul", { class: "nhsuk-header__navigation-list" }, pages.map(item), moreMenu()),
    ),
  );
}

// The design system's script moves the pages here that a narrow screen has no room for.
function moreMenu() {
  const button = h(
    "button",
    { type: "button", class: "nhsuk-header__menu-toggle nhsuk-header__navigation-link" },
    h("span", { class: "nhsuk-u-visually-hidden" }, "Browse "),
    "More",
  );
  return h("li", { class: "nhsuk-header__menu", hidden: true }, button);
}

/**
 * @param {Council} council
 * @param {boolean} signedIn
 */
function footer(council, signedIn) {
  return h(
    "div",
    { class: "nhsuk-width-container" },
    h("p", { class: "nhsuk-body-s" }, council.name, council.contact && `. ${council.contact}`),
    h("p", { class: "nhsuk-body-s" }, "Bedboard does not hold patient data. Do not enter any."),
    footLinks([
      [signedIn ? "/second-step.html" : "", "Second step when you sign in"],
      [council.privacy_url, "Privacy"],
      [council.accessibility_url, "Accessibility statement"],
    ]),
  );
}

/** @param {[string, string][]} pages */
function footLinks(pages) {
  const named = pages.filter(([href]) => href);
  if (!named.length) return null;
  const item = (/** @type {[string, string]} */ [href, text]) =>
    h("li", null, h("a", { href }, text));
  return h("ul", { class: "foot-links" }, named.map(item));
}
