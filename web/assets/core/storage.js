// Stores on this phone what outlives the tab: bed counts and idempotency keys, never a token.

const PREFIX = "bedboard.";
/** @type {Map<string, any>} For a browser that allows no storage: it lasts as long as the page. */
const fallback = new Map();

/**
 * Read a value.
 * @param {string} name
 * @returns {any} null where there is none
 */
export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) || "null");
  } catch {
    return fallback.get(name) || null;
  }
}

/**
 * Store a value, as JSON.
 * @param {string} name
 * @param {unknown} value
 */
export function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    fallback.set(name, value);
  }
}

/**
 * Remove a value.
 * @param {string} name
 */
export function forget(name) {
  fallback.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Then nothing is stored.
  }
}

/**
 * List the names that begin with a text.
 * @param {string} start
 * @returns {string[]}
 */
export function names(start) {
  const all = [...fallback.keys()];
  try {
    all.push(...Object.keys(localStorage).map((each) => each.slice(PREFIX.length)));
  } catch {
    // Then there are only the page's own.
  }
  return all.filter((each) => each.startsWith(start));
}
