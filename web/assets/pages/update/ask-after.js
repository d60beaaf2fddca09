// The one need that is asked after a post, if teams lately searched for one that the home has not said. What
// goes wrong with it shows nothing: the post is saved. Its words load only where there is something to ask.

import { request } from "../../core/api.js";
import { h } from "../../core/dom.js";
import { names } from "../../core/storage.js";
import { storeSeen } from "./drafts.js";

const PATIENCE_MS = 2500;

/**
 * Make the place of the question, and fill it once there is one.
 * @param {Me} me
 * @param {Api.Home} home as it was posted; it takes the version that an answer gives it
 */
export function askAfter(me, home) {
  const place = h("div", { class: "ask-one", hidden: true });
  fillIn(place, me, home).catch(() => {});
  return place;
}

/**
 * @param {HTMLElement} place
 * @param {Me} me
 * @param {Api.Home} home
 */
async function fillIn(place, me, home) {
  const locationId = home.location_id;
  const { wanted } = await request("GET", `/homes/${encodeURIComponent(locationId)}/demand`);
  if (!wanted.some((/** @type {{ said: Api.Answer | null }} */ { said }) => !said)) return;
  const { askOne } = await import("../declare/ask-one.js");
  const onSaved = (/** @type {Api.Home} */ saved) => {
    // Else the next post would meet its own answer as someone else's change.
    if (saved.version === home.version + 1) home.version = saved.version;
    storeSeen(me, saved);
  };
  askOne(place, { me, locationId, wanted, onSaved });
}

/**
 * Send the answers for a home that still wait: the page that they came from may be closed. It comes before
 * the home is loaded, but nobody waits for it long. Give a notice where some look odd.
 * @param {Me} me
 * @param {string} locationId
 * @returns {Promise<HTMLElement | undefined>}
 */
export async function sendAnswers(me, locationId) {
  if (!names(`declaration.${me.id}.${locationId}`).length) return undefined;
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const sent = import("../declare/send-waiting.js").then((each) =>
    each.sendWaiting(me, locationId),
  );
  return Promise.race([sent.catch(() => {}), patience]);
}
