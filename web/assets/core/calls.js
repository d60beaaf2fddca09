// Keeps in this tab which calls were made, until someone says what came of them.

const NAME = "bedboard.calls";

/** After that nobody is asked about a call: the working day is over. */
const ASKED_WITHIN_MS = 12 * 60 * 60 * 1000;

/** @typedef {Record<string, { calledAt: number, saidAt: string }>} Calls by their ids */

/**
 * Note that a home is being called about what it listed.
 * @param {string} id of the call: on a card the home's
 * @param {string} saidAt when the home said it
 * @param {number} [now]
 */
export function noteCall(id, saidAt, now = Date.now()) {
  const calls = read();
  if (calls[id] && calls[id].saidAt === saidAt && now - calls[id].calledAt < 60000) return;
  write({ ...calls, [id]: { calledAt: now, saidAt } });
}

/**
 * Give when a home was called about what it listed, in milliseconds since 1970.
 * @param {string} id
 * @param {string} saidAt
 * @param {number} [now]
 */
export function lastCall(id, saidAt, now = Date.now()) {
  const call = read()[id];
  return call && call.saidAt === saidAt && now - call.calledAt < ASKED_WITHIN_MS
    ? call.calledAt
    : null;
}

/** @param {string} id */
export function forgetCall(id) {
  const { [id]: _, ...others } = read();
  write(others);
}

/** @returns {Calls} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) || "{}");
  } catch {
    return {};
  }
}

/** @param {Calls} calls */
function write(calls) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(calls));
  } catch {
    // Then the question is not asked again after the page was reloaded.
  }
}
