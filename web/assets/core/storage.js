// What this phone keeps after the tab is closed: numbers and keys of requests, never a token.

const PREFIX = "bedboard.";
const fallback = new Map(); // where the browser allows no storage it lasts as long as the page

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return fallback.get(name) || null;
  }
}

export function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    fallback.set(name, value);
  }
}

export function forget(name) {
  fallback.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // then there was nothing
  }
}

export function names(start) {
  const found = [...fallback.keys()];
  try {
    found.push(...Object.keys(localStorage).map((each) => each.slice(PREFIX.length)));
  } catch {
    // only what the page keeps
  }
  return found.filter((each) => each.startsWith(start));
}
