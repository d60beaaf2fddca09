// Waits for the report on an import: how long that takes depends on the file.

import { request } from "../../core/api.js";
import { NoResponse } from "../../core/failures.js";

const DEADLINE_MS = 20 * 60000;
const SOON_MS = 60000;
const FIRST_MS = 500;
const LONGEST_MS = 5000;

// The report, or null where there is none by the deadline; `say(words)` meanwhile.
// Throws Refusal, SignInNeeded.
export async function reportOn(id, say) {
  const started = Date.now();
  for (let pause = FIRST_MS; ; pause = Math.min(pause * 1.5, LONGEST_MS)) {
    try {
      const told = await request("GET", pathOf(id));
      if (told.state === "reported") return told;
      const waited = Date.now() - started;
      if (waited > DEADLINE_MS) return null;
      say(waited < SOON_MS ? SOON : LONGER);
    } catch (error) {
      if (!(error instanceof NoResponse)) throw error;
      if (Date.now() - started > DEADLINE_MS) throw error;
      say("The file has arrived. There is no connection at this moment; this page goes on asking.");
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

const SOON = "It has arrived, and is being checked row by row. This takes seconds to minutes.";
const LONGER =
  "Still being read: all of England's register takes some minutes. You may leave this page and " +
  "come back to it.";

// `wanted`: {only, offset, limit}
export function pathOf(id, wanted = {}) {
  const query = new URLSearchParams(wanted).toString();
  return `/imports/${encodeURIComponent(id)}${query && `?${query}`}`;
}
