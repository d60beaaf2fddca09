// What teams were told against listings, laid over the results where the response has none of it: where
// search is public everyone gets the same response, and only teams and the council may learn of it.

import { request } from "../../core/api.js";
import { h } from "../../core/dom.js";

/** @typedef {ReadonlyMap<string, Api.Gone>} ToldGone by listing */

/**
 * Load it; null where it did not load, and nothing where the results have it or the person may see none.
 * @param {Me | null} me
 * @param {{ isPublic: boolean }} search
 * @returns {Promise<ToldGone | null>}
 */
export async function loadToldGone(me, { isPublic }) {
  if (!isPublic || !me || !(me.isCouncil || me.teams.length)) return new Map();
  try {
    /** @type {{ disputes: Api.Dispute[] }} */
    const { disputes } = await request("GET", "/disputes");
    return new Map(disputes.map((each) => [listing(each.location_id, each), each.gone]));
  } catch {
    return null; // whatever it is: the results are shown without it
  }
}

/**
 * Return the home with what teams were told against the listing that its card is about.
 * @param {Api.SearchResult} home
 * @param {ToldGone | null} told
 */
export function withToldGone(home, told) {
  const { location_id: id, chance_basis: basis } = home;
  const gone = told && basis && told.get(listing(id, basis));
  return gone ? { ...home, gone } : home;
}

/** Say that it did not load, so that nobody takes a bed for one of which nobody said anything. */
export function notLoaded() {
  const text = "Whether teams were told that a bed has gone did not load.";
  return h("p", { class: "placing-stops__missing", role: "status" }, text);
}

/**
 * Name a listing: a later post of the home is another one.
 * @param {string} id the home's
 * @param {{ category: string, said_at: string }} said
 */
function listing(id, { category, said_at: saidAt }) {
  return `${id} ${category} ${saidAt}`;
}
