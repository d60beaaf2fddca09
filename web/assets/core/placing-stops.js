// Loads the council's marks "not placing here", for those who may see them.

import { request } from "./api.js";

/** @typedef {ReadonlyMap<string, Api.PlacingStop>} PlacingStops by location id */

/**
 * Load the marks; null where they did not load, and none for who may not see any.
 * @param {Me | null} me
 * @returns {Promise<PlacingStops | null>}
 */
export async function loadPlacingStops(me) {
  if (!me || !(me.isCouncil || me.teams.length)) return new Map();
  try {
    /** @type {Api.PlacingStops} */
    const { placing_stops: stops } = await request("GET", "/placing-stops");
    return new Map(stops.map((each) => [each.location_id, each]));
  } catch {
    return null; // whatever it is: what the marks are laid over is shown without them
  }
}
