// What teams say of homes, laid over the results where the response has none of it: where search is
// public everyone gets the same response, and only teams and the council may learn of it.

import { request } from "../../core/api.js";
import { h } from "../../core/dom.js";

/**
 * @typedef {object} Told
 * @property {ReadonlyMap<string, Api.Gone>} gone by listing
 * @property {readonly Api.RequestsOfHome[]} requests how homes answered the last requests
 */

/**
 * Load it; null where it did not load, and nothing where the results have it or the person may see none.
 * @param {Me | null} me
 * @param {{ isPublic: boolean }} search
 * @returns {Promise<Told | null>}
 */
export async function loadTold(me, { isPublic }) {
  if (!isPublic || !me || !(me.isCouncil || me.teams.length)) {
    return { gone: new Map(), requests: [] };
  }
  try {
    /** @type {{ disputes: Api.Dispute[], requests: Api.RequestsOfHome[] }} */
    const { disputes, requests } = await request("GET", "/disputes");
    const gone = disputes.map((each) => /** @type {const} */ ([listing(each), each.gone]));
    return { gone: new Map(gone), requests };
  } catch {
    return null; // whatever it is: the results are shown without it
  }
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

/** Say that it did not load, so that nobody takes a bed for one of which nobody said anything. */
export function notLoaded() {
  const text = "Whether teams were told that a bed has gone did not load.";
  return h("p", { class: "placing-stops__missing", role: "status" }, text);
}

/**
 * Name a listing: a later post of the home is another one.
 * @param {{ location_id: string, category: string, said_at: string }} said
 */
function listing({ location_id: id, category, said_at: saidAt }) {
  return `${id} ${category} ${saidAt}`;
}
