// Makes elements. What comes from people or the API becomes text, never markup.

/** @typedef {Record<string, any> | null} Attributes a function listens to the event of that name */

/**
 * Make an element of HTML.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Children} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes, ...children) {
  return complete(document.createElement(tag), attributes, children);
}

/**
 * Make an element of a drawing. Its sizes and places are attributes: the site allows no styles in
 * its markup.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Children} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function s(tag, attributes, ...children) {
  return complete(
    document.createElementNS("http://www.w3.org/2000/svg", tag),
    attributes,
    children,
  );
}

/**
 * @template {Element} Made
 * @param {Made} element
 * @param {Attributes | undefined} attributes
 * @param {Children[]} children
 * @returns {Made}
 */
function complete(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  append(element, children);
  return element;
}

/**
 * Replace what is inside an element.
 * @template {Element} Filled
 * @param {Filled} element
 * @param {...Children} children
 * @returns {Filled}
 */
export function fill(element, ...children) {
  element.textContent = "";
  append(element, children);
  return element;
}

/**
 * @param {Element} element
 * @param {Children[]} children
 */
function append(element, children) {
  /** @type {any[]} */
  const nested = children;
  for (const child of nested.flat(Infinity)) {
    if (child != null && child !== false) element.append(child);
  }
}

/**
 * Find an element that has to be there.
 *
 * Throws where there is none, or one of another kind.
 * @template {Element} Wanted
 * @param {ParentNode} place
 * @param {string} selector
 * @param {new () => Wanted} kind such as HTMLInputElement
 * @returns {Wanted}
 */
export function find(place, selector, kind) {
  const element = place.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`${selector} is not on the page`);
}

/**
 * Move the focus, and so a screen reader, to an element that is no field or button.
 * @param {HTMLElement} element
 */
export function focusOn(element) {
  element.setAttribute("tabindex", "-1");
  element.focus();
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
}

/**
 * Move the focus to an answer that was waited for, unless someone has gone on to a field meanwhile.
 * @param {HTMLElement} element
 */
export function focusOnAnswer(element) {
  if (!fieldInUse()) focusOn(element);
}

/** Give the field that someone is filling in, if there is one. */
export function fieldInUse() {
  const active = document.activeElement;
  return active instanceof HTMLElement && active.matches("input, select, textarea") ? active : null;
}
