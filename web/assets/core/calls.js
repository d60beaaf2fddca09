// Keeps in this tab which calls were made, until someone says what came of them.

const NAME = "bedboard.calls";

/** After that nobody is asked about a call: the working day is over. */
const ASKED_WITHIN_MS = 12 * 60 * 60 * 1000;

/** A second press within this time is of the same call. */
const SAME_CALL_WITHIN_MS = 60 * 1000;

/**
 * @typedef {{ category: Api.BedCategory, said_at: string, listed: number }} CalledListing what a
 *   home listed, as it was seen before the call
 * @typedef {{ calledAt: number, listing: CalledListing }} NotedCall `calledAt` in milliseconds
 *   since 1970
 * @typedef {Record<string, NotedCall>} Calls by their ids
 */

/**
 * Note that a home is being called about what it listed.
 * @param {string} id of the call: on a card the home's
 * @param {CalledListing} listing
 * @param {number} [calledAt]
 */
export function noteCall(id, { category, said_at, listed }, calledAt = Date.now()) {
  const { [id]: last, ...others } = read();
  const isSameListing =
    last && last.listing.said_at === said_at && last.listing.category === category;
  if (isSameListing && calledAt - last.calledAt < SAME_CALL_WITHIN_MS) return;
  write({ ...others, [id]: { calledAt, listing: { category, said_at, listed } } });
}

/**
 * Give the call that somebody is still to be asked about, whatever the home has posted since: the
 * call itself is often why it posts.
 * @param {string} id
 * @param {number} [now]
 * @returns {NotedCall | null}
 */
export function notedCall(id, now = Date.now()) {
  const call = read()[id];
  return call && now - call.calledAt < ASKED_WITHIN_MS ? call : null;
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
