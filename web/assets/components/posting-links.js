// Whether reminders of a home hold links that post without signing in, with what stops and allows them.

import { request } from "../core/api.js";
import { h } from "../core/dom.js";
import { button } from "./button.js";
import { notice } from "./notice.js";

const STOPPED =
  "The links in this home's reminders no longer work. New reminders lead to the sign-in page.";
const ALLOWED = "The next reminders have a new link each. The old ones stay stopped.";

/**
 * Load whether the links of a home are stopped. Throws what keeps it from being loaded.
 * @param {string} locationId
 * @param {ReturnType<typeof import("./status-message.js").statusMessage>} status says what was done
 * @param {() => Promise<unknown>} onChange shows it anew
 */
export async function loadPostingLinks(locationId, status, onChange) {
  const path = `/homes/${encodeURIComponent(locationId)}/links`;
  const { stopped_at } = await request("GET", path);
  const isStopped = Boolean(stopped_at);
  const set = async () => {
    try {
      await request("PUT", path, { body: { allowed: isStopped } });
      await onChange();
    } catch (error) {
      return status.showFailure(error);
    }
    const heading = isStopped ? "Links are allowed again" : "Links are stopped";
    return status.show("success", heading, isStopped ? ALLOWED : STOPPED);
  };
  const change = button(isStopped ? "Allow links again" : "Stop all links in reminders", {
    ...{ kind: "secondary", onClick: set },
  });
  const warning = notice("warning", "Links in reminders are stopped", h("p", null, STOPPED));
  return { isStopped, content: isStopped ? [warning, change] : [change] };
}
