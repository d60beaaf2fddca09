// What teams say of homes: which requests ask for it, and how it is laid over the results.

const MOST_HOMES = 25; // of one request

/**
 * @typedef {object} Told
 * @property {ReadonlyMap<string, Api.Gone>} gone by listing
 * @property {readonly Api.RequestsOfHome[]} requests how homes answered the last requests
 */

/** @typedef {{ disputes: Api.Dispute[], requests: Api.RequestsOfHome[] }} Answer */

/**
 * Return the paths of the requests that ask for what teams say of these homes.
 *
 * No path says what is needed: beside the homes near a place that may be of one person.
 * @param {readonly { location_id: string }[]} homes
 * @returns {string[]}
 */
export function pathsFor(homes) {
  const ids = homes.map((each) => each.location_id);
  const count = Math.ceil(ids.length / MOST_HOMES);
  return Array.from({ length: count }, (_, part) => {
    const first = part * MOST_HOMES;
    const asked = ids.slice(first, first + MOST_HOMES).map((id) => ["home", id]);
    return `/disputes?${new URLSearchParams(asked)}`;
  });
}

/**
 * Put the answers to these requests together.
 * @param {readonly Answer[]} answers
 * @returns {Told}
 */
export function toldIn(answers) {
  const disputes = answers.flatMap((each) => each.disputes);
  return {
    gone: new Map(disputes.map((each) => [listing(each), each.gone])),
    requests: answers.flatMap((each) => each.requests),
  };
}

/**
 * Return the home with what teams say of what its card is about.
 * @param {Api.SearchResult} home
 * @param {Told | null} told
 * @param {readonly string[]} asked the needs and the funding of the search
 * @returns {Api.SearchResult}
 */
export function withTold(home, told, asked) {
  const { location_id: id, chance_basis: basis } = home;
  if (!told) return home;
  const gone = basis && told.gone.get(listing({ ...basis, location_id: id }));
  const things = [...(basis ? [basis.category] : []), ...asked];
  const requests = things.flatMap((thing) =>
    told.requests.filter((each) => each.location_id === id && each.asked === thing),
  );
  return { ...home, ...(gone && { gone }), ...(requests.length && { requests }) };
}

/**
 * Name a listing: a later post of the home is another one.
 * @param {{ location_id: string, category: string, said_at: string }} said
 */
function listing({ location_id: id, category, said_at: saidAt }) {
  return `${id} ${category} ${saidAt}`;
}
