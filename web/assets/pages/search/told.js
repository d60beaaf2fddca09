// What teams say of homes, loaded where the results have none of it: where search is public everyone
// gets the same response, and only teams and the council may learn of it.

import { request } from "../../core/api.js";
import { h } from "../../core/dom.js";
import { pathsFor, toldIn } from "./told-of-homes.js";

/**
 * Load it; null where it did not load, and nothing where the results have it or the person may see none.
 * @param {Me | null} me
 * @param {readonly Api.SearchResult[]} homes
 * @param {{ isPublic: boolean }} search
 * @returns {Promise<import("./told-of-homes.js").Told | null>}
 */
export async function loadTold(me, homes, { isPublic }) {
  if (!isPublic || !me || !(me.isCouncil || me.teams.length)) return toldIn([]);
  try {
    return toldIn(await Promise.all(pathsFor(homes).map((path) => request("GET", path))));
  } catch {
    return null; // whatever it is: the results are shown without it
  }
}

/** Say that it did not load, so that nobody takes a bed for one of which nobody said anything. */
export function notLoaded() {
  const text = "Whether teams were told that a bed has gone did not load.";
  return h("p", { class: "placing-stops__missing", role: "status" }, text);
}
