// Sends the answers that wait on this phone from another page, which then says what is odd about them.

import { notice } from "../../components/notice.js";
import { h } from "../../core/dom.js";
import { readTold, send } from "./unsent.js";

/**
 * Send what waits for a home. Give a notice where the API warned of it; the page of the answers shows the
 * same once more, beside each need.
 *
 * Throws SignInNeeded and Refusal.
 * @param {Me} me
 * @param {string} locationId
 */
export async function sendWaiting(me, locationId) {
  await send(me, locationId);
  const { warnings } = readTold(me, locationId);
  if (!warnings.length) return undefined;
  const href = `/declare.html?${new URLSearchParams({ home: locationId })}`;
  return notice(
    "warning",
    "Check your answers about whom you take",
    h("p", null, "The answers that waited on this phone were sent. These look odd:"),
    h(
      "ul",
      null,
      warnings.map(({ message }) => h("li", null, message)),
    ),
    h("p", null, h("a", { href }, "Check your answers")),
  );
}
