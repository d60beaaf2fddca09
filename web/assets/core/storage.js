// What this phone keeps after the tab is closed: bed counts and keys of requests, never a token.

const PREFIX = "bedboard.";
/** @type {Map<string, any>} Used where the browser allows no storage; it ends with the page. */
const fallback = new Map();

/**
 * @param {string} name
 * @returns {any} null where nothing is kept
 */
export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) || "null");
  } catch {
    return fallback.get(name) || null;
  }
}

/**
 * @param {string} name
 * @param {unknown} value kept as JSON
 */
export function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    fallback.set(name, value);
  }
}

/** @param {string} name */
export function forget(name) {
  fallback.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Then nothing was kept.
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
    // Then only the page itself keeps anything.
  }
  return all.filter((each) => each.startsWith(start));
}
