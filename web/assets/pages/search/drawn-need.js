// The one need of a search for which a call counts in what the home's card says of requests.

/**
 * Draw it from what the home leaves open, or else from all that is asked.
 *
 * One need alone, so that nothing that is kept says what one person needs. It does not depend on what
 * the home answers, so that no answer is counted more often than another; and it is the same whenever
 * the card is shown, so that a press can be corrected.
 * @param {readonly string[]} asked the needs and the funding of the search
 * @param {Api.HomeFit & { location_id: string }} home
 * @param {string} saidAt when the home said what it lists
 * @returns {string | undefined} none where nothing is asked
 */
export function drawnNeed(asked, { location_id: id, ask = [], not_said: notSaid = [] }, saidAt) {
  const open = asked.filter((each) => ask.includes(each) || notSaid.includes(each));
  const from = [...(open.length ? open : asked)].sort();
  return from[number(`${id} ${saidAt}`) % from.length];
}

/**
 * Make a number of a text, the same for the same text.
 * @param {string} text
 */
function number(text) {
  return [...text].reduce((sum, each) => (31 * sum + each.charCodeAt(0)) % 1000003, 7);
}
