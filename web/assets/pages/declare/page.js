// Whom a home takes: its staff answer needs group by group, and say on which terms they admit.

import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { NoResponse } from "../../core/failures.js";
import { isSignedIn } from "../../core/sign-in.js";
import { edited, warningsAfter } from "./answers.js";
import { showOverview } from "./overview.js";
import { showUnsigned } from "./unsigned.js";
import {
  forgetUnsigned,
  keepUnsigned,
  lastSeen,
  readDraft,
  readUnsent,
  readTold,
  readUnsigned,
  send,
  storeDraft,
  storeSeen,
  takeTold,
} from "./unsent.js";

/** @typedef {import("./answers.js").DeclarationEdit} DeclarationEdit */

const homeInAddress = new URLSearchParams(location.search).get("home");

openPage({ isFor: (me) => me.homes.length > 0, offline: true }, async (main, { me, signedIn }) => {
  const locationId = homeInAddress || (me.homes.length === 1 && me.homes[0]);
  if (!locationId) return chooseHome(main, me);
  if (!me.homes.includes(locationId)) {
    const why = "Your account does not have access to this home. If you need it, ask your council.";
    const message = notice("error", "No access", h("p", null, why));
    return fill(main, h("h1", null, "Whom you take"), message);
  }
  const home = await load(me, locationId, signedIn);
  const entered = signedIn && readUnsigned(locationId);
  if (!entered) return show(main, me, home, signedIn);
  return showUnsigned(main, {
    ...{ home, edit: entered },
    onSend: async () => {
      const { home: now } = await save(me, home, entered, true);
      forgetUnsigned(locationId);
      show(main, me, now, true);
    },
    onDelete: () => {
      forgetUnsigned(locationId);
      show(main, me, home, true);
    },
  });
});

/**
 * Load the home, after sending what still waits. Without a connection it is as this phone saw it last.
 *
 * Throws NoResponse where it never saw it.
 * @param {Me} me
 * @param {string} locationId
 * @param {boolean} signedIn
 * @returns {Promise<Api.Home>}
 */
async function load(me, locationId, signedIn) {
  try {
    if (!signedIn) throw new NoResponse();
    const sent = readUnsent(me, locationId) ? await send(me, locationId) : null;
    const home = sent || (await request("GET", `/homes/${encodeURIComponent(locationId)}`));
    storeSeen(me, home);
    return { ...home, warnings: readTold(me, locationId).warnings };
  } catch (error) {
    const seen = lastSeen(me, locationId);
    if (error instanceof NoResponse && seen) return seen;
    throw error;
  }
}

/**
 * Show how far the home has come, with what was answered and is not sent yet.
 * @param {HTMLElement} main
 * @param {Me} me
 * @param {Api.Home} home
 * @param {boolean} signedIn
 */
function show(main, me, home, signedIn) {
  // Without a sign-in nobody knows whose hand the phone is in: another's answers are not shown.
  const waiting = signedIn
    ? (readUnsent(me, home.location_id) || {}).edit
    : readUnsigned(home.location_id);
  showOverview(main, {
    home: waiting ? edited(home, waiting) : home,
    waits: waiting ? (signedIn ? "connection" : "sign-in") : "",
    onSend: (edit, shown) => save(me, shown, edit, signedIn),
    takeTold: () => (signedIn ? takeTold(me, home.location_id) : { warnings: [], notices: [] }),
    readDraft: (group) => (signedIn ? readDraft(me, home.location_id, group) : null),
    onDraft: (group, chosen) =>
      signedIn ? storeDraft(me, home.location_id, group, chosen) : undefined,
  });
}

/**
 * Save an edit. Give the home as it is then, and for what the edit still waits.
 * @param {Me} me
 * @param {Api.Home} home
 * @param {DeclarationEdit} edit
 * @param {boolean} signedIn
 * @returns {Promise<import("./overview.js").Sent>}
 */
async function save(me, home, edit, signedIn) {
  const { location_id: locationId } = home;
  if (!signedIn || !(await isSignedIn(me))) {
    // Whoever enters this may be someone else. So it waits until a person says that it is right.
    keepUnsigned(locationId, edit);
    return { home: edited(home, edit), waits: "sign-in" };
  }
  const saved = await send(me, locationId, edit);
  if (saved) storeSeen(me, saved);
  const waiting = readUnsent(me, locationId);
  const odd = (saved && saved.warnings) || [];
  const warnings = warningsAfter(home.warnings || [], edit, odd);
  const now = { ...(saved || edited(home, edit)), warnings };
  return { home: waiting ? edited(now, waiting.edit) : now, waits: waiting ? "connection" : "" };
}

/**
 * List the homes of someone who works for several.
 * @param {HTMLElement} main
 * @param {Me} me
 */
async function chooseHome(main, me) {
  const { homes } = me;
  const links = homes.map((each) =>
    h("a", { href: `/declare.html?${new URLSearchParams({ home: each })}` }, each),
  );
  const items = links.map((link) => h("li", { class: "card" }, link));
  fill(main, h("h1", null, "Whom you take"), h("ul", { class: "homes" }, items));
  // The list is there at once; the names follow.
  await Promise.allSettled(
    homes.map(async (each, number) => {
      const seen = lastSeen(me, each);
      if (seen) links[number].textContent = seen.name;
      const { name } = await request("GET", `/homes/${encodeURIComponent(each)}`);
      links[number].textContent = name;
    }),
  );
}
