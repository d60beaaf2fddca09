// For someone with several homes: which home is next.

import { h } from "../../core/dom.js";
import { freshness } from "../../text/freshness.js";

/** @typedef {import("./bed-counts.js").EditableHome} EditableHome */

const URGENCY = ["stale", "ageing", "fresh"];

/**
 * Sort homes: the oldest bed counts first.
 * @template {Pick<EditableHome, "name" | "confirmed_at">} Home
 * @param {readonly Home[]} homes
 * @param {number | Date} [now]
 */
export function byUrgency(homes, now) {
  const rank = (/** @type {Home} */ home) => URGENCY.indexOf(freshness(home.confirmed_at, now));
  return [...homes].sort(
    (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name),
  );
}

/**
 * Find the home whose bed counts are most in need of attention; undefined where none is.
 * @template {Pick<EditableHome, "name" | "confirmed_at">} Home
 * @param {readonly Home[]} homes
 * @param {number | Date} [now]
 */
export function mostUrgent(homes, now) {
  return byUrgency(homes, now).find((each) => freshness(each.confirmed_at, now) !== "fresh");
}

/** @param {string} locationId */
export function updateHref(locationId) {
  return `/update.html?${new URLSearchParams({ home: locationId })}`;
}

/**
 * Make the links to the home that is next, and to all homes; null for someone with one home.
 * @param {readonly string[]} ids of the person's homes
 * @param {string} locationId the home that is done
 * @param {(locationId: string) => EditableHome | null} lastSeen
 */
export function nextHome(ids, locationId, lastSeen) {
  if (ids.length < 2) return null;
  const others = ids.filter((each) => each !== locationId);
  const seen = others.flatMap((each) => lastSeen(each) || []);
  const next = mostUrgent(seen);
  return h(
    "p",
    { class: "next-home" },
    next && h("a", { href: updateHref(next.location_id) }, `Next home: ${next.name}`),
    h("a", { href: "/update.html" }, "All your homes"),
  );
}
