// Builds elements. What comes from people or the API becomes text, never markup.

export function h(tag, attributes, ...children) {
  return made(document.createElement(tag), attributes, children);
}

// The same of a drawing: sizes and places are attributes, for style has no place in markup.
export function s(tag, attributes, ...children) {
  return made(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function made(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  add(element, children);
  return element;
}

export function fill(element, ...children) {
  element.textContent = "";
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child != null && child !== false) element.append(child);
  }
}

// Where the reader's eyes and screen reader should be now.
export function focusOn(element) {
  element.setAttribute("tabindex", "-1");
  element.focus();
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
}
