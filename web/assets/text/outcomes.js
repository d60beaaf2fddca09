// What came of calls, and what teams were told against a listing, in words.

import { when } from "./dates.js";
import { lowerFirst } from "./format.js";
import { CATEGORIES } from "./vocabulary.js";

/** @type {readonly (readonly [Api.CallResult, string])[]} What can come of a team's call. */
export const TEAM_RESULTS = [
  ["pursuing", "We are pursuing it"],
  ["gone", "It has gone"],
  ["not_for_this_person", "Not for this person"],
  ["no_answer", "No answer"],
  ["wrong_number", "Wrong number"],
];

/** @type {readonly (readonly [Api.CallResult, string])[]} What can come of a call of the audit. */
export const AUDIT_RESULTS = [
  ["there", "A bed is there"],
  ["gone", "It has gone"],
  ["no_answer", "No answer"],
  ["wrong_number", "Wrong number"],
];

/**
 * Write what teams were told: "A team was told at 10:40am today that it has gone."
 * @param {Api.Gone} gone
 * @param {number | Date} [now]
 */
export function goneInWords({ teams, told_at: at, disputed: isDisputed }, now) {
  const last = when(at, now);
  if (teams === 1) return `A team was told at ${last} that it has gone.`;
  const many = `${teams} teams were told that it has gone, the last at ${last}.`;
  return isDisputed ? `Disputed: ${many}` : many;
}

/**
 * Ask the home's staff about a bed that teams were told is gone.
 * @param {Api.Dispute} dispute
 * @param {number | Date} [now]
 */
export function stillFreeInWords({ category, gone: { teams, told_at: at } }, now) {
  const who = teams === 1 ? "A hospital team was told" : `${teams} hospital teams were told`;
  const kind = `${lowerFirst(CATEGORIES[category])} bed`;
  return `${who} at ${when(at, now)} that your ${kind} has gone. Is it still free?`;
}
