// Whom a home takes: its staff answer needs group by group, and say on which terms it admits.

import { notice } from "../../components/notice.js";
import { openPage } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { edited, warningsAfter } from "./answers.js";
import { showOverview } from "./overview.js";
import { readUnsent, send } from "./unsent.js";

const homeInAddress = new URLSearchParams(location.search).get("home");

openPage({ isFor: (me) => me.homes.length > 0 }, async (main, { me }) => {
  const locationId = homeInAddress || (me.homes.length === 1 && me.homes[0]);
  if (!locationId) return chooseHome(main, me.homes);
  if (!me.homes.includes(locationId)) {
    const why = "Your account does not have access to this home. If you need it, ask your council.";
    const message = notice("error", "No access", h("p", null, why));
    return fill(main, h("h1", null, "Whom you take"), message);
  }
  return open(main, me, locationId);
});

/**
 * Load the home, after sending what still waits, and show how far it has come.
 * @param {HTMLElement} main
 * @param {Me} me
 * @param {string} locationId
 */
async function open(main, me, locationId) {
  const sent = readUnsent(me, locationId) ? await send(me, locationId) : null;
  const home = sent || (await request("GET", `/homes/${encodeURIComponent(locationId)}`));
  const waiting = readUnsent(me, locationId);
  showOverview(main, {
    home: waiting ? edited(home, waiting.edit) : home,
    isWaiting: Boolean(waiting),
    onSend: (edit, shown) => save(me, shown, edit),
  });
}

/**
 * Save an edit. Give the home as it is then, whether the edit still waits for the network, and what the
 * API warned of.
 * @param {Me} me
 * @param {Api.Home} home
 * @param {import("./answers.js").DeclarationEdit} edit
 */
async function save(me, home, edit) {
  const saved = await send(me, home.location_id, edit);
  const waiting = readUnsent(me, home.location_id);
  const told = (saved && saved.warnings) || [];
  const warnings = warningsAfter(home.warnings || [], edit, told);
  const now = { ...(saved || edited(home, edit)), warnings };
  return { home: waiting ? edited(now, waiting.edit) : now, isWaiting: Boolean(waiting), told };
}

/**
 * List the homes of someone who works for several.
 * @param {HTMLElement} main
 * @param {readonly string[]} homes their location ids
 */
async function chooseHome(main, homes) {
  const links = homes.map((each) =>
    h("a", { href: `/declare.html?${new URLSearchParams({ home: each })}` }, each),
  );
  const items = links.map((link) => h("li", { class: "card" }, link));
  fill(main, h("h1", null, "Whom you take"), h("ul", { class: "homes" }, items));
  // The list is there at once; the names follow.
  await Promise.all(
    homes.map(async (each, number) => {
      const { name } = await request("GET", `/homes/${encodeURIComponent(each)}`);
      links[number].textContent = name;
    }),
  );
}
