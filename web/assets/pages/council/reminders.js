// Which homes the council may remind now, and what became of those that it asked to. Needs no browser.

import { when } from "../../text/dates.js";
import { listed, plural } from "../../text/format.js";

const QUIET_MS = 20 * 60 * 60 * 1000; // after a post, by the same rule as the API
export const MOST_HOMES = 50; // in one request

/** @typedef {Api.ReminderOutcome["outcome"]} Outcome */

/**
 * Say why a home is not to be reminded now; nothing where it may be.
 * @param {Api.OverviewHome} home
 * @param {Date} now
 */
export function notNow({ reminded_at: reminded, confirmed_at: confirmed }, now) {
  if (reminded) return `Reminded at ${when(reminded, now)}`;
  const isQuiet = confirmed && Number(now) - Date.parse(confirmed) < QUIET_MS;
  return isQuiet ? "Posted in the last 20 hours" : "";
}

/**
 * Split the ids of homes into as many as one request takes.
 * @param {readonly string[]} ids
 */
export function batches(ids) {
  const number = Math.ceil(ids.length / MOST_HOMES);
  return Array.from({ length: number }, (_, each) =>
    ids.slice(each * MOST_HOMES, (each + 1) * MOST_HOMES),
  );
}

/** @type {readonly [outcome: Outcome, line: (names: string) => string][]} */
const NOT_REMINDED = [
  ["reminded_today", (names) => `Reminded today already: ${names}.`],
  ["posted_lately", (names) => `Posted in the last 20 hours: ${names}.`],
  ["nobody", (names) => `Nobody has asked for reminders, so phone them: ${names}.`],
  ["not_in_search", (names) => `No longer in search: ${names}.`],
  ["unknown", (names) => `No longer known: ${names}. Refresh this page.`],
];

/**
 * Write what became of the homes.
 * @param {readonly Api.ReminderOutcome[]} outcomes
 * @param {(locationId: string) => string} nameOf
 */
export function outcomesInWords(outcomes, nameOf) {
  const of = (/** @type {Outcome} */ wanted) =>
    outcomes.filter(({ outcome }) => outcome === wanted).map(({ location_id: id }) => nameOf(id));
  const reminded = of("reminded").length;
  const lines = NOT_REMINDED.flatMap(([outcome, line]) => {
    const names = of(outcome);
    return names.length ? [line(listed(names))] : [];
  });
  return {
    kind: /** @type {"success" | "warning"} */ (reminded ? "success" : "warning"),
    heading: reminded ? `${plural(reminded, "home")} reminded` : "No home was reminded",
    lines,
  };
}
