// How often the list was right, in words: a rate is never said without its range and its calls.

import { dayInWords } from "./dates.js";
import { plural } from "./format.js";

/**
 * Write a share of some calls as a percentage. All and none are said of nothing less.
 * @param {number} share from 0 to 1
 */
export function percent(share) {
  const rounded = Math.round(100 * share);
  if (rounded === 100 && share < 1) return "99%";
  if (rounded === 0 && share > 0) return "1%";
  return `${rounded}%`;
}

/**
 * Count the calls that a shown rate is of: 93 where 93% of 100 calls found a bed.
 * @param {Api.ShownRate} rate
 */
export function countOf({ rate, n }) {
  return Math.round(rate * n);
}

/**
 * Tell whether there are enough calls for the API to show the rate.
 * @param {Api.Rate} rate
 * @returns {rate is Api.ShownRate}
 */
export function isShown(rate) {
  return rate.rate !== undefined;
}

/**
 * Write where the true rate lies, 9 times in 10: "88% to 97%".
 * @param {Api.ShownRate} rate
 */
export function rangeInWords({ low, high }) {
  return `${percent(low)} to ${percent(high)}`;
}

/**
 * Name the month of a day: "November 2026".
 * @param {string} day
 */
export function monthInWords(day) {
  return dayInWords(day).replace(/^\d+ /, "");
}

/**
 * Say of the whole list how often it was right, to everyone.
 * @param {Api.PublishedTruth} published
 */
export function publicTruthInWords({ first, last, truth, ...calls }) {
  const [from, to] = [first, last].map(monthInWords);
  const when = from === to ? `In ${to}` : `From ${from} to ${to}`;
  return (
    `${when}, ${countOf(truth)} of ${truth.n} listings that the council checked by telephone still had a bed. ` +
    `The true rate is likely between ${percent(truth.low)} and ${percent(truth.high)}. ` +
    missedInWords(calls)
  );
}

/**
 * Say how many drawn calls tell nothing of the list, which belongs beside every rate of them.
 * @param {Pick<Api.AuditCalls, "unanswered" | "uncalled">} calls
 */
export function missedInWords({ unanswered, uncalled }) {
  const answered = unanswered
    ? `${plural(unanswered, "call was", "calls were")} not answered.`
    : "All calls that were made were answered.";
  return uncalled ? `${answered} ${plural(uncalled, "was", "were")} not made.` : answered;
}
