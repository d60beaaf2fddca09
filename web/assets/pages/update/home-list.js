// Several homes: first those that need attention, the oldest bed counts at the top.

import { freshnessTag } from "../../components/freshness-tag.js";
import { showFailure } from "../../components/page.js";
import { request } from "../../core/api.js";
import { fill, h } from "../../core/dom.js";
import { NoResponse } from "../../core/failures.js";
import { ageInWords, freshness } from "../../text/freshness.js";
import { admissionInWords } from "../../text/vocabulary.js";
import { lastSeen, readUnsent, storeSeen } from "./drafts.js";

/** @typedef {import("./bed-counts.js").EditableHome} EditableHome */

const URGENCY = ["stale", "ageing", "fresh"];

/**
 * Show all homes of the person.
 * @param {HTMLElement} main
 * @param {{ me: Me, signedIn: boolean }} context
 */
export async function showHomes(main, { me, signedIn }) {
  let homes;
  try {
    homes = await Promise.all(me.homes.map((each) => loadHome(me, signedIn, each)));
  } catch (error) {
    return showFailure(main, error);
  }
  homes.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
  const isUpToDate = (/** @type {EditableHome} */ home) =>
    freshness(home.confirmed_at) === "fresh" && !readUnsent(me, home.location_id);
  const upToDate = homes.filter(isUpToDate);
  const others = homes.filter((home) => !isUpToDate(home));
  return fill(
    main,
    h("h1", { class: "nhsuk-heading-l" }, "Your homes"),
    section("Need attention", others, me),
    section("Up to date", upToDate, me),
  );
}

/**
 * Load a home; without a network, give it as it was seen last.
 *
 * Throws where the API refuses it, or it was never seen.
 * @param {Me} me
 * @param {boolean} signedIn
 * @param {string} locationId
 * @returns {Promise<EditableHome>}
 */
async function loadHome(me, signedIn, locationId) {
  try {
    if (!signedIn) throw new NoResponse();
    const home = await request("GET", `/homes/${encodeURIComponent(locationId)}`);
    storeSeen(me, home);
    return home;
  } catch (error) {
    const home = lastSeen(me, locationId);
    if (error instanceof NoResponse && home) return home;
    throw error;
  }
}

/** @param {EditableHome} home */
function rank(home) {
  return URGENCY.indexOf(freshness(home.confirmed_at));
}

/**
 * @param {string} heading
 * @param {readonly EditableHome[]} homes
 * @param {Me} me
 */
function section(heading, homes, me) {
  if (!homes.length) return null;
  return [
    h("h2", { class: "nhsuk-heading-m" }, `${heading} (${homes.length})`),
    h(
      "ul",
      { class: "homes" },
      homes.map((home) => item(home, Boolean(readUnsent(me, home.location_id)))),
    ),
  ];
}

/**
 * @param {EditableHome} home
 * @param {boolean} hasUnsent
 */
function item(home, hasUnsent) {
  const href = `/update.html?${new URLSearchParams({ home: home.location_id })}`;
  const closed = home.admission_status.status === "closed";
  return h(
    "li",
    { class: "card" },
    h("a", { href }, home.name),
    freshnessTag(freshness(home.confirmed_at), ageInWords(home.confirmed_at)),
    closed && h("p", null, admissionInWords(home.admission_status)),
    hasUnsent && h("p", null, h("strong", null, "You have a change that is not sent yet.")),
  );
}
