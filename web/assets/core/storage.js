// Stores on this phone what outlives the tab: bed counts and idempotency keys, never a token. Each
// value has a last moment, after which it is as if it had never been stored.

const PREFIX = "bedboard.";
/** @type {Map<string, string>} For a browser that allows no storage: it lasts as long as the page. */
const fallback = new Map();

/**
 * Read a value.
 * @param {string} name
 * @param {number} [now]
 * @returns {any} null where there is none, or its last moment has passed
 */
export function read(name, now = Date.now()) {
  const stored = parse(textOf(name));
  if (!stored) return null;
  if (stored.until > now) return stored.value;
  forget(name);
  return null;
}

/**
 * Store a value, as JSON.
 * @param {string} name
 * @param {unknown} value
 * @param {number} until its last moment, in milliseconds since 1970
 */
export function write(name, value, until) {
  const text = JSON.stringify({ until, value });
  try {
    localStorage.setItem(PREFIX + name, text);
  } catch {
    fallback.set(name, text);
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
    const stored = Object.keys(localStorage).filter((each) => each.startsWith(PREFIX));
    all.push(...stored.map((each) => each.slice(PREFIX.length)));
  } catch {
    // Then there are only the page's own.
  }
  return all.filter((each) => each.startsWith(start));
}

/**
 * Remove every value whose last moment has passed, whoever stored it.
 * @param {number} [now]
 */
export function forgetExpired(now = Date.now()) {
  for (const name of names("")) read(name, now);
}

/** @param {string} name */
function textOf(name) {
  try {
    return localStorage.getItem(PREFIX + name) || fallback.get(name);
  } catch {
    return fallback.get(name);
  }
}

/**
 * @param {string | undefined} text
 * @returns {{ until: number, value: any } | null}
 */
function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
