// Sends a change so that it is written once, whatever the network does: it is kept on the phone
// before it is sent, and sent with the same idempotency key until there is an answer.

import { request, newIdempotencyKey } from "../../core/api.js";
import { NoResponse, Refusal, SignInNeeded } from "../../core/failures.js";
import { dropWaiting, keepWaiting } from "./drafts.js";

// `body` null: "this is still right". `lines` say the change in words; `edits` are for taking it
// back into the form.
export function prepared(home, { body = null, lines = [], edits = {} }) {
  return {
    key: newIdempotencyKey(),
    location_id: home.location_id,
    home_name: home.name,
    version: home.version,
    made_at: new Date().toISOString(),
    ...{ body, lines, edits },
  };
}

// One of {saved: home}, {outdated: home}, {refused: Refusal}, {waiting: why}: "network", "sign-in".
export async function deliver(me, entry) {
  keepWaiting(me, entry);
  const result = await attempt(entry);
  if (!result.waiting) dropWaiting(me, entry);
  return result;
}

async function attempt({ key, location_id, version, body, made_at }) {
  const path = `/homes/${encodeURIComponent(location_id)}/vacancies`;
  const headers = { "Idempotency-Key": key, "If-Match": `"${version}"` };
  const seconds = Math.round((Date.now() - Date.parse(made_at)) / 1000);
  // What waited for the network is as old as it is: nobody shall take Monday's numbers for today's.
  if (seconds >= 60) headers["Observed-Ago"] = String(seconds);
  try {
    return {
      saved: body
        ? await request("PUT", path, { body, headers })
        : await request("POST", `${path}/confirm`, { headers }),
    };
  } catch (error) {
    if (error instanceof NoResponse) return { waiting: "network" };
    if (error instanceof SignInNeeded) return { waiting: "sign-in" };
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 412) return { outdated: error.problem.current };
    return { refused: error };
  }
}
