// For someone with several homes: which home is next.

import { h } from "../../core/dom.js";
import { isDue } from "../../text/dates.js";

/** @typedef {import("./bed-counts.js").EditableHome} EditableHome */

/**
 * Sort homes: those first whose answer tells most, then those that confirmed longest ago. What an answer
 * tells is known of a home that was loaded, and not of one that was just saved.
 * @template {Pick<EditableHome, "name" | "confirmed_at" | "reminder_value">} Home
 * @param {readonly Home[]} homes
 */
export function byUrgency(homes) {
  const moment = (/** @type {Home} */ { confirmed_at: at }) => (at ? Date.parse(at) : 0);
  const value = (/** @type {Home} */ { reminder_value: tells = 0 }) => tells;
  return [...homes].sort(
    (one, other) =>
      value(other) - value(one) ||
      moment(one) - moment(other) ||
      one.name.localeCompare(other.name),
  );
}

/**
 * Find the home whose answer tells most; undefined where none is due.
 * @template {Pick<EditableHome, "name" | "confirmed_at" | "reminder_value">} Home
 * @param {readonly Home[]} homes
 * @param {number | Date} [now]
 */
export function mostUrgent(homes, now) {
  return byUrgency(homes).find((each) => isDue(each.confirmed_at, now));
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
