// Sends a change so that it is written once, whatever the network does: it is stored on the phone
// before it is sent, and sent with the same idempotency key until there is a response.

import { request, newIdempotencyKey } from "../../core/api.js";
import { NoResponse, Refusal, SignInNeeded } from "../../core/failures.js";
import { removeUnsent, storeUnsent } from "./drafts.js";

/**
 * @typedef {import("./drafts.js").UnsentChange} UnsentChange
 *
 * What came of sending a change: the home as it was saved, the home as someone else has saved it
 * meanwhile, the refusal, or why the change waits.
 * @typedef {object} Outcome
 * @property {Api.Home} [saved]
 * @property {Api.Home} [outdated]
 * @property {Refusal} [refusal]
 * @property {"network" | "sign-in"} [waiting]
 * @property {NoResponse} [failure] why there was no response
 */

/**
 * Make a change that is ready to be sent.
 * @param {import("./bed-counts.js").EditableHome} home
 * @param {Pick<UnsentChange, "body" | "lines" | "edits" | "is_draft">} content
 * @returns {UnsentChange}
 */
export function newChange(home, content) {
  return {
    key: newIdempotencyKey(),
    location_id: home.location_id,
    home_name: home.name,
    version: home.version,
    made_at: new Date().toISOString(),
    ...content,
  };
}

/**
 * Send a change. It stays stored while it waits.
 * @param {Me} me
 * @param {UnsentChange} change
 * @returns {Promise<Outcome>}
 */
export async function deliver(me, change) {
  storeUnsent(me, change);
  const outcome = await attempt(change);
  if (!outcome.waiting) removeUnsent(me, change);
  return outcome;
}

/**
 * @param {UnsentChange} change
 * @returns {Promise<Outcome>}
 */
async function attempt({ key, location_id, version, body, made_at }) {
  const path = `/homes/${encodeURIComponent(location_id)}/vacancies`;
  /** @type {Record<string, string>} */
  const headers = { "Idempotency-Key": key, "If-Match": `"${version}"` };
  const seconds = Math.round((Date.now() - Date.parse(made_at)) / 1000);
  // Counts that waited for the network are as old as they are: nobody takes Monday's for today's.
  if (seconds >= 60) headers["Observed-Ago"] = String(seconds);
  try {
    return {
      saved: body
        ? await request("PUT", path, { body, headers })
        : await request("POST", `${path}/confirm`, { headers }),
    };
  } catch (error) {
    if (error instanceof NoResponse) return { waiting: "network", failure: error };
    if (error instanceof SignInNeeded) return { waiting: "sign-in" };
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 412) return { outdated: error.problem.current };
    return { refusal: error };
  }
}
