// How far to trust a home's bed counts, by the same limits as the API.

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** @type {[string, number][]} */
const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
];

export const FRESH_FOR = DAY;
export const AGEING_FOR = 7 * DAY;

/**
 * Say whether counts that were confirmed then are fresh, ageing or stale.
 * @param {string | null | undefined} confirmedAt
 * @param {number | Date} [now]
 * @returns {Api.Freshness}
 */
export function freshness(confirmedAt, now = Date.now()) {
  if (!confirmedAt) return "stale";
  const age = Number(now) - Date.parse(confirmedAt);
  if (age > AGEING_FOR) return "stale";
  return age <= FRESH_FOR ? "fresh" : "ageing";
}

/**
 * Write how long ago they were confirmed, in whole units, rounded down: "confirmed 3 days ago".
 * @param {string | null | undefined} confirmedAt
 * @param {number | Date} [now]
 */
export function ageInWords(confirmedAt, now = Date.now()) {
  if (!confirmedAt) return "never confirmed";
  const age = Math.max(0, Number(now) - Date.parse(confirmedAt));
  for (const [unit, length] of UNITS) {
    const count = Math.floor(age / length);
    if (count) return `confirmed ${count} ${unit}${count > 1 ? "s" : ""} ago`;
  }
  return "confirmed just now";
}
