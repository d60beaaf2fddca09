// How long ago a home confirmed its bed counts.

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** @type {[string, number][]} */
const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
];

const DUE_AFTER = 20 * HOUR; // no reminder comes before that, by the same rule as the API

/**
 * Say whether counts that were confirmed then may be asked about again.
 * @param {string | null | undefined} confirmedAt
 * @param {number | Date} [now]
 */
export function isDue(confirmedAt, now = Date.now()) {
  return !confirmedAt || Number(now) - Date.parse(confirmedAt) >= DUE_AFTER;
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
