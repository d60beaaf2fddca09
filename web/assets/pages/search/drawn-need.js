// The one need of a search for which a call counts in what a home's card says of requests.

const NAME = "bedboard.draw";
/** For a browser that allows no storage: it lasts as long as the page. */
let saltOfPage = "";

/**
 * Draw it from all that is asked for the person.
 *
 * One need alone, so that nothing that is kept says what one person needs; and the same need at every
 * home and after every post, so that two outcomes do not say it together. Neither what a home has
 * said nor what it answers matters, so no answer is counted more often than another. It
 * is the same whenever a card of this tab is shown, so that a press can be corrected.
 * @param {readonly string[]} asked the needs and the funding of the search
 * @param {string} [salt] another draw for each tab
 * @returns {string | undefined} none where nothing is asked
 */
export function drawnNeed(asked, salt = saltOfTab()) {
  const lots = asked.map((need) => ({ need, lot: number(`${salt} ${need}`) }));
  lots.sort((a, b) => a.lot - b.lot || (a.need < b.need ? -1 : 1));
  return lots.length ? lots[0].need : undefined;
}

/** Give what this tab draws by, which nobody can foresee. */
function saltOfTab() {
  try {
    const kept = sessionStorage.getItem(NAME);
    if (kept) return kept;
    sessionStorage.setItem(NAME, pageSalt());
  } catch {
    // Then the next page of this tab draws anew.
  }
  return pageSalt();
}

function pageSalt() {
  if (!saltOfPage) saltOfPage = String(crypto.getRandomValues(new Uint32Array(1))[0]);
  return saltOfPage;
}

/**
 * Make a number of a text, the same for the same text: FNV-1a, with its last bits mixed into all.
 * @param {string} text
 */
function number(text) {
  let hash = 0x811c9dc5;
  for (const each of text) hash = Math.imul(hash ^ each.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
